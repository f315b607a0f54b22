"""The statements of long passages, each with a vector of its own.

The vector of a whole abstract is the mean of all that it says, and the one statement that answers hardly moves it. Each
is embedded by itself, therefore, and seen in its context, of which it says nothing: the statement that the passage
begins with, its title as a rule, and the whole. A passage is as near to a question as its two nearest statements are.
Callan, Passage-Level Evidence in Document Retrieval, SIGIR 1994.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Literal

import numpy as np

from evqa.model import Passage
from index.models.embedding import Floats, Halves, Integers, embedding_key, unit
from index.search.arrays import ArrayWriter
from index.search.tokens import offsets_of
from index.store.store import Store, indexed_text

STATEMENTS, STATEMENT_OFFSETS = "statements.npy", "statement_offsets.npy"
# Characters; a caption that is one passage has at most so many.
LONG = 600
# How much beginning and whole weigh against the statement itself.
CONTEXT = 0.5
# So many statements must be near.
NEAREST = 2
# How often the beginning is repeated among the words.
LEAD = 2


def statements_of(passage: Passage) -> tuple[str, ...]:
    """The statements of a passage longer than LONG, as they are printed; none of a shorter one or of one statement."""
    if len(indexed_text(passage)) <= LONG or len(passage.sentences) < NEAREST:
        return ()
    first = passage.start
    return tuple(passage.text[each.start - first : each.end - first] for each in passage.sentences)


def stored_statements(store: Store) -> Iterator[str]:
    """The statements of all long passages in the record."""
    query = "SELECT body FROM passage WHERE length(indexed) > ? ORDER BY document, place"
    for (body,) in store.each(query, (LONG,)):
        yield from statements_of(Passage.model_validate_json(body))


def statement_key(fingerprint: str, text: str) -> str:
    """What a statement's vector is stored under: not as a passage's embedding, as it is kept without its tokens."""
    return embedding_key(f"{fingerprint} statement", text)


def own_vectors(store: Store, texts: Sequence[str], fingerprint: str) -> Floats:
    """Vectors (s, dim) of a passage's statements from the record; none where one is missing.

    A record that was made before statements had vectors is complete again when its documents are next written.
    """
    keys = [statement_key(fingerprint, text) for text in texts]
    if store.missing(keys):
        keys = []
    return np.array([store.embedding(key).pooled for key in keys], dtype=np.float32)


def in_context(own: Floats, whole: Floats) -> Floats:
    """The vectors (s, dim) of a passage's statements, the passage's own (dim,) and its first statement's mixed in."""
    return unit(own + np.float32(CONTEXT) * (own[:1] + whole))


class StatementsWriter:
    """Writes the vectors of dimension `dim` passage by passage, in order; a context, done when it ends."""

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
        """Writes the statements of the next passage: their vectors (s, dim), none if it is short; `whole` (dim,)."""
        if len(own):
            self._vectors.put(in_context(own, whole))
        self._offsets.put(np.array([self._vectors.rows]))


class Statements:
    """The vectors of statements in a generation's folder."""

    def __init__(self, folder: Path) -> None:
        self._offsets: Integers = np.load(folder / STATEMENT_OFFSETS)
        # An empty file can't be mapped.
        mode: Literal["r"] | None = "r" if self._offsets[-1] else None
        self._file: Halves = np.load(folder / STATEMENTS, mmap_mode=mode)

    def nearness(self, rows: Integers, questions: Floats, whole: Floats) -> Floats:
        """`whole` (r, q), the cosines of the rows' (r,) passages with questions (q, dim), with those of long passages
        replaced: by the mean over their nearest statements.
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
    """The mean (p,) over the NEAREST greatest of each passage's cosines (s,), of which each has so many (p,)."""
    order = np.lexsort((cosines, np.repeat(np.arange(len(counts)), counts)))
    last = np.cumsum(counts) - 1
    found: Floats = np.mean([cosines[order[last - back]] for back in range(NEAREST)], axis=0, dtype=np.float32)
    return found


def led(text: str, statements: Sequence[str]) -> str:
    """What the words of a long passage are looked up in: what it begins with stands there LEAD times more.

    Robertson et al., Simple BM25 Extension to Multiple Weighted Fields, CIKM 2004.
    """
    return " ".join([text, *LEAD * tuple(statements[:1])])
