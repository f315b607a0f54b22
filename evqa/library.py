"""What the reasoning asks of a stored corpus, so that it knows no store."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from evqa.model import CorpusState, Outline, Passage, PassageKind, Reference


@dataclass(frozen=True)
class Span:
    """A stretch of one document's canonical text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True)
class Filter:
    """Which passages may be returned; None means any.

    `spans`: the passage lies inside one of them. `cites`: it cites one of these numbers,
    directly or carried (an entry "cites" its own number).
    """

    kinds: frozenset[PassageKind] | None = None
    documents: frozenset[str] | None = None
    spans: tuple[Span, ...] | None = None
    cites: frozenset[int] | None = None


@dataclass(frozen=True)
class Query:
    """What to look for: a text, the same text written otherwise, and where to look."""

    text: str
    variants: tuple[str, ...] = ()
    within: Filter = Filter()
    limit: int = 200


@dataclass(frozen=True)
class Candidate:
    """A passage with its scores for one query, each in 0..1, higher is better.

    `dense` is the cosine of the embeddings (clipped at 0), `lexical` BM25 divided by the best of
    the query, `late` the weighted mean over question tokens of the best token cosine (MaxSim), and
    `weakest` the lowest of these over the question's informative tokens.
    """

    passage: Passage
    dense: float
    lexical: float
    late: float
    weakest: float


class Library(Protocol):
    """A corpus that can be asked."""

    @property
    def state(self) -> CorpusState:
        """Name, fingerprint and size."""

    def outlines(self) -> Sequence[Outline]:
        """The structure of every document, in order of ingestion."""

    def references(self) -> Sequence[Reference]:
        """Every bibliography entry, by document and number."""

    def passages(self, within: Filter) -> Sequence[Passage]:
        """The passages that the filter lets through, by document and position."""

    def frequency(self, word: str) -> int:
        """In how many passages the word (folded as by `evqa.words.fold`) occurs; 0 if unknown."""

    def vocabulary(self) -> frozenset[str]:
        """Every folded word of the corpus."""

    def retrieve(self, query: Query) -> Sequence[Candidate]:
        """Candidates for the query, best `late` first, ties by passage id; at most `limit`."""
