"""What a corpus holds: reviews, and the papers that they cite."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evqa.corpus.corpus import Corpus, Filter, Found, Query
from evqa.corpus.wrapped import Wrapped
from evqa.memo import remembered
from evqa.model import Outline, Passage, Reference


class View(Wrapped):
    """A `Corpus` of some of a corpus's documents."""

    def __init__(self, whole: Corpus, outlines: Iterable[Outline]) -> None:
        super().__init__(whole)
        self._outlines = tuple(outlines)
        self._documents = frozenset(outline.document.id for outline in self._outlines)

    def outlines(self) -> Sequence[Outline]:
        """The structure of these documents."""
        return self._outlines

    def references(self) -> Sequence[Reference]:
        """The bibliography entries of these documents."""
        return _entries_of(self._whole.references(), self._outlines)

    def passages(self, within: Filter) -> Sequence[Passage]:
        """Those passages of these documents that the filter lets through."""
        return self._whole.passages(self._here(within))

    def vocabulary(self, papers: bool = False) -> frozenset[str]:
        """Every folded word of the whole corpus; those of cited papers if these are some, or asked for."""
        return self._whole.vocabulary(papers or any(each.document.kind == "paper" for each in self._outlines))

    def retrieve(self, query: Query) -> Found:
        """Candidates for the query in these documents."""
        return self._whole.retrieve(replace(query, within=self._here(query.within)))

    def _here(self, within: Filter) -> Filter:
        asked = within.documents
        return replace(within, documents=self._documents if asked is None else asked & self._documents)


@dataclass(frozen=True)
class Holdings:
    """A corpus in parts: `reviews` stand on their own, `papers` are cited by them (None where there is none).

    `leading` is what "the abstract", "Table 1", "reference 38" or "the oldest entry" mean: the one review
    that papers are placed under, if it has more of them than documents stand beside it, else all reviews.
    """

    leading: Corpus
    reviews: Corpus
    papers: Corpus | None = None


def holdings(corpus: Corpus) -> Holdings:
    """The parts of a corpus."""
    leading, own, papers = _parts(corpus.outlines())
    if not papers:
        return Holdings(corpus, corpus)
    reviews = View(corpus, own)
    return Holdings(View(corpus, leading) if leading else reviews, reviews, View(corpus, papers))


_Outlines = tuple[Outline, ...]


@remembered
def _parts(outlines: Sequence[Outline]) -> tuple[_Outlines, _Outlines, _Outlines]:
    """The leading one (empty where none leads), all that stand on their own, and the papers."""
    papers = tuple(outline for outline in outlines if outline.document.kind == "paper")
    own = tuple(outline for outline in outlines if outline.document.kind != "paper")
    led = Counter(outline.document.review for outline in papers)
    leads = len(led) == 1 and len(papers) > len(own) - 1
    return tuple(each for each in own if leads and each.document.id in led), own, papers


@remembered
def _entries_of(entries: Sequence[Reference], outlines: Sequence[Outline]) -> tuple[Reference, ...]:
    """The entries of these documents."""
    documents = {outline.document.id for outline in outlines}
    return tuple(entry for entry in entries if entry.document in documents)


def paper_ids(papers: Corpus) -> dict[tuple[str | None, int | None], str]:
    """Ids of the papers by the review's id and the number there."""
    homes = [outline.document for outline in papers.outlines()]
    return {(home.review, home.reference): home.id for home in homes}
