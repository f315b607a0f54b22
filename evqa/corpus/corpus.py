"""The protocol of a corpus that can be asked, and a base class for corpora that wrap another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from evqa.derived import FixedSet, FixedTuple
from evqa.model import CorpusState, Outline, Passage, PassageKind, Reference, Suspect, Verified

if TYPE_CHECKING:
    from evqa.audit.records import Audit
    from evqa.corpus.judge import Judge
    from evqa.fitted import Fitted


@dataclass(frozen=True)
class Span:
    """A stretch of one document's canonical text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True)
class Filter:
    """Which passages a query may return; None means any.

    `spans`: the passage lies inside one of them. `cites`: it cites one of these numbers,
    directly or carried (an entry "cites" its own number). `labels`: it belongs to one of these tables or figures.
    `entries`: it prints one of these entries (document id and number). A corpus may ignore `entries`, which only saves
    work: callers check the passages they get.
    """

    kinds: frozenset[PassageKind] | None = None
    documents: frozenset[str] | None = None
    spans: tuple[Span, ...] | None = None
    cites: frozenset[int] | None = None
    labels: frozenset[str] | None = None
    entries: frozenset[tuple[str | None, int]] | None = None


# Above the saturation only this share of a cosine counts, so that an exact match still beats an inflection.
BEYOND = 0.25


@dataclass(frozen=True)
class Query:
    """What to look for: a text, the same text written otherwise, and where to look.

    `saturation`: in `late` of what a token cosine has above it only the part BEYOND counts. `alone`: the words are
    weighed, and their nearest looked for, as if the corpus held these documents only; None for all but cited papers.
    """

    text: str
    variants: tuple[str, ...] = ()
    within: Filter = Filter()
    limit: int = 200
    saturation: float = 1.0
    alone: frozenset[str] | None = None


@dataclass(frozen=True)
class Term:
    """A word of the query, as the index reads it.

    `is_common`: the embedding model knows it as one word, so it is no rare name and no slip. `weight`: how
    much it counts in `late`. `nearest`: its best similarity (0..1) to any passage of what it is weighed in.
    """

    text: str
    is_common: bool
    weight: float
    nearest: float


class Candidate(NamedTuple):
    """A passage with its scores for one query, each in 0..1, higher is better.

    `dense` is the cosine of the embeddings (clipped at 0), `lexical` BM25 divided by the best of the query, `late` the
    weighted mean over the query's terms of the best token cosine (MaxSim), counted as the query's saturation has it,
    and `matches` these cosines as they are, one for each term. `rerank` is what a cross-encoder makes of query and
    passage; of a candidate that it left unread, `ceiling` is the least that it gave one with a better `late`.
    """

    passage: Passage
    dense: float
    lexical: float
    late: float
    matches: tuple[float, ...] = ()
    rerank: float | None = None
    ceiling: float = 1.0

    @property
    def relevance(self) -> float:
        """The score to rank by, in 0..1: the cross-encoder's, else `late`, which stays below what that one read."""
        return self.late * self.ceiling if self.rerank is None else self.rerank


@dataclass(frozen=True)
class Retrieved:
    """Candidates for a query, best `relevance` first, and the query's terms (of its text, not of its variants)."""

    candidates: tuple[Candidate, ...] = ()
    terms: tuple[Term, ...] = ()


class TextVectors(NamedTuple):
    """The word pieces of a text in its own order: start and end of each, and their vectors (p, dim), of length 1."""

    offsets: Sequence[tuple[int, int]]
    vectors: NDArray[np.float32]


class Corpus(Protocol):
    """A corpus that can be asked. It never changes while it is open.

    What a question needs to know of its outlines, entries and words is worked out once and kept with these
    (`evqa.derived`), so each is the same object at every call.
    """

    @property
    def state(self) -> CorpusState:
        """Name, fingerprint and size."""

    def outlines(self) -> FixedTuple[Outline]:
        """The structure of every document, in order of ingestion."""

    def references(self) -> FixedTuple[Reference]:
        """Every bibliography entry, by document and number."""

    def passages(self, within: Filter) -> Sequence[Passage]:
        """The passages that the filter lets through, by document and position."""

    def before(self, passage: Passage) -> Passage | None:
        """The passage printed before this one in its document; None for the first."""

    def frequency(self, word: str) -> int:
        """Number of passages that hold the word (folded as by `evqa.language.words.fold`), cited papers aside."""

    def vocabulary(self, papers: bool = False) -> FixedSet[str]:
        """Every folded word of the documents that stand on their own; with `papers` of the cited papers, too."""

    def suspects(self, document: str) -> Sequence[Suspect]:
        """Citations of a document that don't seem to fit, as its audit says."""

    def verified(self, document: str) -> Sequence[Verified]:
        """Statements of a document with what the works say that they cite, where anything of these is stored."""

    def audit(self, document: str) -> "Audit | None":
        """The audit of a document that stands on its own; None where it wasn't made."""

    def is_common(self, word: str) -> bool:
        """Whether the folded word is one token of the embedding model, and so a word of general English."""

    @property
    def fitted(self) -> "Fitted | None":
        """The parameters fitted for the corpus's embedding model; None if there are none."""

    @property
    def judge(self) -> "Judge | None":
        """Who decides between the candidates; None if nobody but the ranking."""

    def retrieve(self, query: Query) -> Retrieved:
        """Candidates for the query, best `relevance` first, ties by passage id; at most `limit`."""

    def text_vectors(self, text: str) -> TextVectors:
        """Vectors of the words of any text, each as it stands there, by the corpus's query model."""


class Wrapped:
    """A `Corpus` that passes everything on to another one. Subclasses override what should differ."""

    def __init__(self, whole: Corpus) -> None:
        self._whole = whole

    @property
    def state(self) -> CorpusState:
        """Name, fingerprint and size of the whole corpus."""
        return self._whole.state

    def outlines(self) -> FixedTuple[Outline]:
        """The structure of every document, in order of ingestion."""
        return self._whole.outlines()

    def references(self) -> FixedTuple[Reference]:
        """Every bibliography entry, by document and number."""
        return self._whole.references()

    def passages(self, within: Filter) -> Sequence[Passage]:
        """The passages that the filter lets through, by document and position."""
        return self._whole.passages(within)

    def before(self, passage: Passage) -> Passage | None:
        """The passage printed before this one in its document."""
        return self._whole.before(passage)

    def frequency(self, word: str) -> int:
        """In how many passages of the whole corpus, cited papers aside, the folded word occurs."""
        return self._whole.frequency(word)

    def vocabulary(self, papers: bool = False) -> FixedSet[str]:
        """Every folded word of the documents that stand on their own; with `papers` of the cited papers, too."""
        return self._whole.vocabulary(papers)

    def suspects(self, document: str) -> Sequence[Suspect]:
        """Citations of a document that don't seem to fit."""
        return self._whole.suspects(document)

    def verified(self, document: str) -> Sequence[Verified]:
        """Statements of a document with what the works say that they cite."""
        return self._whole.verified(document)

    def audit(self, document: str) -> "Audit | None":
        """The audit of a document that stands on its own; None where it wasn't made."""
        return self._whole.audit(document)

    def is_common(self, word: str) -> bool:
        """Whether the embedding model knows the folded word as one word of general English."""
        return self._whole.is_common(word)

    @property
    def fitted(self) -> "Fitted | None":
        """The parameters fitted for the corpus's embedding model."""
        return self._whole.fitted

    @property
    def judge(self) -> "Judge | None":
        """Who decides between the candidates."""
        return self._whole.judge

    def retrieve(self, query: Query) -> Retrieved:
        """Candidates for the query."""
        return self._whole.retrieve(query)

    def text_vectors(self, text: str) -> TextVectors:
        """Vectors of the words of any text."""
        return self._whole.text_vectors(text)
