"""A vector for each statement of a long passage.

The vector of a whole abstract averages all its statements, so the one that answers hardly shows. Each statement is
therefore embedded by itself, and mixed with its context: the passage's first statement, usually the title, and the
whole passage. The nearness of a passage to a question is the mean over its two nearest statements.
Callan, Passage-Level Evidence in Document Retrieval, SIGIR 1994.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

import numpy as np

from evqa.model import Passage
from index.models.embedding import Floats, Halves, Integers, embedding_key, indexed_text, unit
from index.search.arrays import ArrayWriter
from index.search.tokens import offsets_of

if TYPE_CHECKING:
    from index.store.store import Store

STATEMENTS, STATEMENT_OFFSETS = "statements.npy", "statement_offsets.npy"
# Characters that make a passage long; a caption in one passage has at most as many.
LONG = 600
# Weight of first statement and whole passage relative to the statement itself.
CONTEXT = 0.5
# How many of the nearest statements count.
NEAREST = 2
# How often the first statement is repeated among the words.
LEAD = 2


def statements_of(passage: Passage) -> tuple[str, ...]:
    """The printed statements of a passage longer than LONG; none if it is shorter or has only one statement."""
    if len(indexed_text(passage)) <= LONG or len(passage.sentences) < NEAREST:
        return ()
    first = passage.start
    return tuple(passage.text[each.start - first : each.end - first] for each in passage.sentences)


def stored_statements(store: "Store") -> Iterator[str]:
    """The statements of all long passages in the records."""
    query = "SELECT body FROM passage WHERE length(indexed) > ? ORDER BY document, place"
    for (body,) in store.each(query, (LONG,)):
        yield from statements_of(Passage.model_validate_json(body))


def statement_key(fingerprint: str, text: str) -> str:
    """The key of a statement's vector. It differs from an embedding's key, because the token vectors aren't kept."""
    return embedding_key(f"{fingerprint} statement", text)


def own_vectors(store: "Store", texts: Sequence[str], fingerprint: str) -> Floats:
    """Stored vectors (s, dim) of a passage's statements; none if one is missing.

    Records that were made before statements had vectors are completed when their documents are next written.
    """
    keys = [statement_key(fingerprint, text) for text in texts]
    if store.missing(keys):
        keys = []
    return np.array([store.embedding(key).pooled for key in keys], dtype=np.float32)


def in_context(own: Floats, whole: Floats) -> Floats:
    """Mix the vectors (s, dim) of a passage's statements with its first statement's and its own vector (dim,)."""
    return unit(own + np.float32(CONTEXT) * (own[:1] + whole))


class StatementsWriter:
    """Writes vectors of dimension `dim`, passage by passage; a context that completes the files when it ends."""

    def __init__(self, folder: Path, dimension: int) -> None:
        with ExitStack() as files:
            self._vectors = files.enter_context(ArrayWriter(folder / STATEMENTS, np.float16, (dimension,)))
            self._offsets = files.enter_context(ArrayWriter(folder / STATEMENT_OFFSETS, np.int64))
            self._offsets.put(np.zeros(1))
            self._files = files.pop_all()

    def __enter__(self) -> "StatementsWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.__exit__(kind, error, trace)

    def put(self, own: Floats, whole: Floats) -> None:
        """Write the next passage's statements: their vectors (s, dim), none if it is short, and its own (dim,)."""
        if len(own):
            self._vectors.put(in_context(own, whole))
        self._offsets.put(np.array([self._vectors.rows]))


class Statements:
    """The statements' vectors in a generation's folder."""

    def __init__(self, folder: Path) -> None:
        self._offsets: Integers = np.load(folder / STATEMENT_OFFSETS)
        # An empty file can't be mapped.
        mode: Literal["r"] | None = "r" if self._offsets[-1] else None
        self._file: Halves = np.load(folder / STATEMENTS, mmap_mode=mode)

    def nearness(self, rows: Integers, questions: Floats, whole: Floats) -> Floats:
        """Cosines (r, q) of the passages in `rows` (r,) with questions (q, dim).

        `whole` (r, q) are those of the whole passages; for long passages the mean over the nearest statements replaces
        them.
        """
        counts = self._offsets[rows + 1] - self._offsets[rows]
        long = np.flatnonzero(counts)
        if len(long) == 0:
            return whole
        cosines = self._of(self._offsets[rows[long]], counts[long]) @ questions.T
        found = whole.copy()
        for question, column in enumerate(cosines.T):
            found[long, question] = nearest(column, counts[long])
        return found

    def _of(self, firsts: Integers, counts: Integers) -> Floats:
        offsets = offsets_of(counts)
        places = np.repeat(firsts - offsets[:-1], counts) + np.arange(offsets[-1])
        found: Floats = self._file[places].astype(np.float32)
        return found


def nearest(cosines: Floats, counts: Integers) -> Floats:
    """The mean (p,) of each passage's NEAREST greatest cosines. `cosines` (s,) has `counts` (p,) for each passage."""
    order = np.lexsort((cosines, np.repeat(np.arange(len(counts)), counts)))
    last = np.cumsum(counts) - 1
    found: Floats = np.mean([cosines[order[last - back]] for back in range(NEAREST)], axis=0, dtype=np.float32)
    return found


def led(text: str, statements: Sequence[str]) -> str:
    """The text that a passage is indexed by: for a long one its first statement is repeated LEAD times.

    Robertson et al., Simple BM25 Extension to Multiple Weighted Fields, CIKM 2004.
    """
    return " ".join([text, *LEAD * tuple(statements[:1])])
