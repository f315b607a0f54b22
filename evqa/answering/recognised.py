"""Say with an answer which of its sentences stand on pages whose text was recognised by OCR."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evqa.answering.doubts import shortened
from evqa.corpus.corpus import Corpus
from evqa.derived import derived
from evqa.language.number_list import number_list
from evqa.model import Outline, Passage


def recognised_warnings(passages: Iterable[Passage], corpus: Corpus) -> Iterator[str]:
    """A line for each document of which the passages stand on recognised pages: the pages, and the least confidence."""
    pages = _recognised(corpus.outlines())
    quoted: dict[str, dict[int, float]] = {}
    titles: dict[str, str] = {}
    for passage in passages if pages else ():
        confidence = pages.get(passage.document.id, {}).get(passage.page or 0)
        if confidence is not None:
            quoted.setdefault(passage.document.id, {})[passage.page or 0] = confidence
            titles[passage.document.id] = passage.document.title
    for document, found in quoted.items():
        where = f"page{'s' * (len(found) > 1)} {number_list(found)} of “{shortened(titles[document])}”"
        least = f"confidence {min(found.values()):.2f}"
        yield f"the text of {where} was recognised (OCR, {least}): check it, and its numbers, against the page"


@derived
def _recognised(outlines: Sequence[Outline]) -> Mapping[str, Mapping[int, float]]:
    """The recognised pages of each document that has some, with their confidence."""
    return {
        outline.document.id: {page.page: page.confidence for page in outline.integrity.recognised}
        for outline in outlines
        if outline.integrity.recognised
    }
