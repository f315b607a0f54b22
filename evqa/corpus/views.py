"""Views of a corpus that can be asked alone: the reviews, the papers that they cite, or a single document."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evqa.corpus.corpus import Corpus, Filter, Query, Retrieved, Wrapped
from evqa.derived import FixedSet, FixedTuple, derived
from evqa.model import Outline, Passage, Reference


class View(Wrapped):
    """A `Corpus` limited to some documents of another one; with `alone` they are judged as if there were no others."""

    def __init__(self, whole: Corpus, outlines: Iterable[Outline], alone: bool = False) -> None:
        super().__init__(whole)
        self._alone = alone
        self._outlines = outlines if isinstance(outlines, FixedTuple) else FixedTuple(outlines)
        self._documents = _ids(self._outlines)

    def outlines(self) -> FixedTuple[Outline]:
        """The structure of these documents."""
        return self._outlines

    def references(self) -> FixedTuple[Reference]:
        """The bibliography entries of these documents."""
        return _entries_of(self._whole.references(), self._documents)

    def passages(self, within: Filter) -> Sequence[Passage]:
        """Those passages of these documents that the filter lets through."""
        return self._whole.passages(self._here(within))

    def vocabulary(self, papers: bool = False) -> FixedSet[str]:
        """Every folded word of the whole corpus; with those of cited papers if the view has any, or if asked for."""
        return self._whole.vocabulary(papers or any(each.document.kind == "paper" for each in self._outlines))

    def retrieve(self, query: Query) -> Retrieved:
        """Candidates for the query in these documents."""
        alone = _background(self._outlines) if self._alone and query.alone is None else query.alone
        return self._whole.retrieve(replace(query, within=self._here(query.within), alone=alone))

    def _here(self, within: Filter) -> Filter:
        asked = within.documents
        return replace(within, documents=self._documents if asked is None else asked & self._documents)


@dataclass(frozen=True)
class Views:
    """A corpus by the roles of its documents: `reviews` stand on their own, `papers` are cited by them (None where
    there is none).

    `leading` is what "the abstract", "Table 1", "reference 38" or "the oldest entry" mean: the one review
    that papers are placed under, if it has more of them than documents stand beside it, else all reviews.
    """

    leading: Corpus
    reviews: Corpus
    papers: Corpus | None = None


def views(corpus: Corpus) -> Views:
    """The views of a corpus. Without cited papers, or with nothing else, it is itself both `leading` and `reviews`."""
    leading, reviews, papers = _by_role(corpus.outlines())
    if not (papers and reviews):
        return Views(corpus, corpus)
    whole = View(corpus, reviews)
    return Views(View(corpus, leading) if leading else whole, whole, View(corpus, papers))


@derived
def _by_role(outlines: Sequence[Outline]) -> tuple[FixedTuple[Outline], FixedTuple[Outline], FixedTuple[Outline]]:
    """The leading review (empty where none leads), all documents that stand on their own, and the papers."""
    papers = FixedTuple(outline for outline in outlines if outline.document.kind == "paper")
    reviews = FixedTuple(outline for outline in outlines if outline.document.kind != "paper")
    cited_by = Counter(outline.document.review for outline in papers)
    leads = len(cited_by) == 1 and len(papers) > len(reviews) - 1
    return FixedTuple(each for each in reviews if leads and each.document.id in cited_by), reviews, papers


@derived
def _ids(outlines: Sequence[Outline]) -> frozenset[str]:
    return frozenset(outline.document.id for outline in outlines)


@derived
def _background(outlines: Sequence[Outline]) -> frozenset[str]:
    """The documents that words are weighed in: those that stand on their own, or cited papers where nothing else is."""
    own = frozenset(outline.document.id for outline in outlines if outline.document.kind != "paper")
    return own or _ids(outlines)


@derived
def _entries_of(entries: Sequence[Reference], documents: frozenset[str]) -> FixedTuple[Reference]:
    """The entries of these documents."""
    return FixedTuple(entry for entry in entries if entry.document in documents)


@derived
def only(outlines: Sequence[Outline], document: str) -> FixedTuple[Outline]:
    """The outline of one document. It is kept, so that what is worked out from it serves the next question, too."""
    return FixedTuple(outline for outline in outlines if outline.document.id == document)


def apart(corpus: Corpus, document: str) -> View:
    """One document of a corpus, with the papers that are placed under it, as if there were no others."""
    return View(corpus, _with_papers_of(corpus.outlines(), document), alone=True)


@derived
def _with_papers_of(outlines: Sequence[Outline], document: str) -> FixedTuple[Outline]:
    return FixedTuple(each for each in outlines if document in (each.document.id, each.document.review))


@derived
def paper_ids(papers: Sequence[Outline]) -> dict[tuple[str | None, int | None], str]:
    """Ids of the papers by the review's id and the number there."""
    homes = [outline.document for outline in papers]
    return {(home.review, home.reference): home.id for home in homes}
