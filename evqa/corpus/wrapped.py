"""A corpus seen through something that changes a part of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evqa.corpus.corpus import Corpus, Filter, Found, Query
from evqa.model import CorpusState, Outline, Passage, Reference, Suspect

if TYPE_CHECKING:
    from evqa.audit.records import Audit


class Wrapped:
    """A `Corpus` that hands everything on to another one; what is to differ is written over."""

    def __init__(self, whole: Corpus) -> None:
        self._whole = whole

    @property
    def state(self) -> CorpusState:
        """Name, fingerprint and size of the whole corpus."""
        return self._whole.state

    def outlines(self) -> Sequence[Outline]:
        """The structure of every document, in order of ingestion."""
        return self._whole.outlines()

    def references(self) -> Sequence[Reference]:
        """Every bibliography entry, by document and number."""
        return self._whole.references()

    def passages(self, within: Filter) -> Sequence[Passage]:
        """The passages that the filter lets through, by document and position."""
        return self._whole.passages(within)

    def frequency(self, word: str) -> int:
        """In how many passages of the whole corpus, cited papers aside, the folded word occurs."""
        return self._whole.frequency(word)

    def vocabulary(self, papers: bool = False) -> frozenset[str]:
        """Every folded word of the documents that stand on their own; with `papers` of the cited papers, too."""
        return self._whole.vocabulary(papers)

    def suspects(self, document: str) -> Sequence[Suspect]:
        """Citations of a document that don't seem to fit."""
        return self._whole.suspects(document)

    def audit(self, document: str) -> "Audit | None":
        """The audit of a document that stands on its own; None where it wasn't made."""
        return self._whole.audit(document)

    def is_common(self, word: str) -> bool:
        """Whether the embedding model knows the folded word as one word of general English."""
        return self._whole.is_common(word)

    def retrieve(self, query: Query) -> Found:
        """Candidates for the query."""
        return self._whole.retrieve(query)
