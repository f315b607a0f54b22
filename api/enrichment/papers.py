"""What look-ups hold of the cited works themselves, abstracts and open texts, as documents of the corpus."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from api.enrichment.europepmc import TEXTS
from api.enrichment.requests import Wanted
from api.enrichment.wanted import wanted_of, works_found
from evqa.errors import InputError
from evqa.model import Document, Outline, Reference
from evqa.works.keys import work_key
from evqa.works.records import TEXT, FoundWork, is_fetched
from index.store.lookups import LookUps
from index.writer import CorpusWriter
from ingest.passages import passages
from ingest.works.documents import abstract_document, text_document
from ingest.works.licences import is_free

# Whose abstract is taken, best first: those of MEDLINE are whole and plain.
ORDER = ("europepmc", "library", "openalex", "crossref")


@dataclass
class Papers:
    """How many abstracts and texts were stored new, and how many texts couldn't be read."""

    abstracts: int = 0
    texts: int = 0
    unreadable: int = 0


def store_papers(
    references: Sequence[Reference], outlines: Sequence[Outline], writer: CorpusWriter, abstracts: bool, texts: bool
) -> Papers:
    """Store what is known of works as documents, unless the corpus holds a file of the work itself, or this already."""
    files = {
        (each.document.review, each.document.reference)
        for each in outlines
        if each.document.kind == "paper" and not is_fetched(each.source)
    }
    held = {work_key(each) for each in references if (each.document, each.number) in files}
    wanted = [each for each in wanted_of(references) if each.key not in held]
    stored = frozenset(each.source.sha256 for each in outlines)
    count = Papers()
    for document in _documents(wanted, writer.lookups, (abstracts, texts), count):
        if document.source.sha256 in stored:
            continue
        writer.put(document, passages(document))
        is_text = document.source.media_type == TEXT
        count.texts += is_text
        count.abstracts += not is_text
    return count


def _documents(
    wanted: Iterable[Wanted], lookups: LookUps, chosen: tuple[bool, bool], count: Papers
) -> Iterator[Document]:
    abstracts, texts = chosen
    for each in wanted:
        works = works_found(each.key, lookups)
        text = _text(each, works, lookups, count) if texts else None
        found = text or (_abstract(works) if abstracts else None)
        if found:
            yield found


def _text(wanted: Wanted, works: Sequence[FoundWork], lookups: LookUps, count: Papers) -> Document | None:
    """The kept text of a work, with its licence; None if there is none, or it can't be read."""
    jats = lookups.reply(TEXTS, wanted.key)
    looked = [each for each in lookups.of(wanted.key) if each.source == TEXTS and each.outcome == "found"]
    if not jats or not looked or not works:
        return None
    # A file of the user's own comes without a licence, and needs none.
    license = next((each.license for each in works if is_free(each.license)), None)
    known = works[0].model_copy(update={"source": looked[0].works[0].source, "license": license})
    try:
        return text_document(known, jats)
    except InputError:
        count.unreadable += 1
        return None


def _abstract(works: Sequence[FoundWork]) -> Document | None:
    known = {each.source: each for each in works if each.abstract and each.title}
    best = next((known[source] for source in ORDER if source in known), None)
    return abstract_document(best) if best else None
