"""A stored corpus that can be asked: retrieval over the live generation."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from evqa.errors import BusyError, CorpusError
from evqa.library import Candidate, Filter, Query
from evqa.model import CorpusState, Outline, Passage, Reference
from index.embedding import Floats, Integers
from index.encode import CARD, Encoded, Encoder
from index.folder import RECORDS, existing_folder, model_folder
from index.generation import Generation, open_generation
from index.late import late, similarities, weakest, weights
from index.lock import write_lock
from index.publish import publish
from index.store import created, revision_of

# Up to this many allowed passages all are candidates; above it, the nearest by vectors and by words.
ALL_UPTO = 2_000
NEAREST = 200
DECIMALS = 6
CHUNK = 64

Warn = Callable[[str], None]
log: Warn = logging.getLogger("evqa.index").warning


class Corpus:
    """The `Library` over one generation, which it keeps until `close`. Safe to ask from several threads."""

    def __init__(self, name: str, generation: Generation, encoder: Callable[[], Encoder]) -> None:
        self._name = name
        self._generation = generation
        self._records = generation.records
        self._load_encoder = encoder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the generation."""
        self._generation.close()

    @property
    def state(self) -> CorpusState:
        """Name, fingerprint and size."""
        manifest = self._generation.manifest
        return CorpusState(name=self._name, fingerprint=manifest.fingerprint, documents=manifest.documents)

    def outlines(self) -> Sequence[Outline]:
        """The structure of every document, in order of ingestion."""
        return self._records.outlines

    def references(self) -> Sequence[Reference]:
        """Every bibliography entry, by document and number."""
        return self._records.references

    def passages(self, within: Filter) -> Sequence[Passage]:
        """The passages that the filter lets through, by document and position."""
        return tuple(self._records.passage(row) for row in self._records.allowed(within).tolist())

    def frequency(self, word: str) -> int:
        """In how many passages the folded word occurs; 0 if unknown."""
        return self._records.frequency(word)

    def vocabulary(self) -> frozenset[str]:
        """Every folded word of the corpus."""
        return self._records.vocabulary

    def retrieve(self, query: Query) -> Sequence[Candidate]:
        """Candidates for the query, best `late` first, ties by passage id; at most `limit`."""
        allowed = self._records.allowed(query.within)
        if len(allowed) == 0:
            return ()
        with single_threaded().limit(limits=1, user_api="blas"):
            return self._scored(query, allowed)

    def _scored(self, query: Query, allowed: Integers) -> list[Candidate]:
        texts = list(dict.fromkeys((query.text, *query.variants)))
        encoded = self._encoder.encode(texts)
        rows = self._candidates(texts, encoded, allowed, max(query.limit, NEAREST))
        scores = np.stack([self._dense(encoded, rows), self._lexical(texts, rows), *self._late(encoded, rows)]).astype(
            np.float64
        )
        return self._ranked(rows, scores.round(DECIMALS), query.limit)

    @cached_property
    def _encoder(self) -> Encoder:
        return self._load_encoder()

    def _ranked(self, rows: Integers, scores: NDArray[np.float64], limit: int) -> list[Candidate]:
        """The candidates whose scores are the columns: dense, lexical, late, weakest."""
        lates = scores[2]
        # Ties at the limit are settled by id, so all of them are looked at.
        chosen = np.flatnonzero(lates >= np.sort(lates)[-min(limit, len(lates))])
        found = [Candidate(self._records.passage(int(rows[place])), *scores[:, place].tolist()) for place in chosen]
        return sorted(found, key=lambda candidate: (-candidate.late, candidate.passage.id))[:limit]

    def _candidates(self, texts: Sequence[str], encoded: Sequence[Encoded], allowed: Integers, limit: int) -> Integers:
        if len(allowed) <= ALL_UPTO:
            return allowed
        within = None if len(allowed) == self._generation.manifest.passages else allowed
        found = [self._generation.dense.search(question.pooled, limit, within)[0] for question in encoded]
        found += [self._generation.lexical.search(text, limit, within)[0] for text in texts]
        return np.unique(np.concatenate(found))

    def _dense(self, encoded: Sequence[Encoded], rows: Integers) -> Floats:
        cosines = self._generation.vectors[rows] @ np.stack([question.pooled for question in encoded]).T
        found: Floats = np.clip(cosines.max(axis=1), 0.0, 1.0)
        return found

    def _lexical(self, texts: Sequence[str], rows: Integers) -> Floats:
        """BM25 of each row (its best variant), divided by the best of all."""
        scores = np.zeros(self._generation.manifest.passages, dtype=np.float32)
        within = None if len(rows) == len(scores) else rows
        for text in texts:
            ids, found = self._generation.lexical.search(text, len(rows), within)
            scores[ids] = np.maximum(scores[ids], found)
        best = scores.max(initial=0.0)
        return scores[rows] / best if best > 0 else scores[rows]

    def _late(self, encoded: Sequence[Encoded], rows: Integers) -> tuple[Floats, Floats]:
        """`late` and `weakest` of each row, each from its best variant."""
        questions = [informative(variant) for variant in encoded]
        background, similarity = self._similarities(np.concatenate(questions), rows)
        bounds = np.cumsum([0, *map(len, questions)])
        lates, weakests = [], []
        for first, last in pairwise(bounds.tolist()):
            weight = weights(background[first:last])
            lates.append(late(similarity[first:last], weight))
            weakests.append(weakest(similarity[first:last], weight))
        chosen = np.argmax(lates, axis=0)[None]
        return np.take_along_axis(np.stack(lates), chosen, 0)[0], np.take_along_axis(np.stack(weakests), chosen, 0)[0]

    def _similarities(self, question: Floats, rows: Integers) -> tuple[Floats, Floats]:
        """Similarities of question tokens to the background units and to the rows; shared where they coincide."""
        background = self._generation.background
        found = self._best_cosines(question, background)
        if len(background) == self._generation.manifest.passages:
            return found, found[:, rows]
        return found, self._best_cosines(question, rows)

    def _best_cosines(self, question: Floats, rows: Integers) -> Floats:
        """(m, rows), computed some question tokens at a time, so that a long question needs no more memory."""
        parts = [question[first : first + CHUNK] for first in range(0, max(1, len(question)), CHUNK)]
        return np.concatenate([similarities(*self._generation.tokens.cosines(part, rows)) for part in parts])


@cache
def single_threaded() -> ThreadpoolController:
    """Control over the threads of matrix products.

    One question is too little work to share: threads that wait for each other made it ten times slower
    on a busy machine, and their number must not show in the scores.
    """
    return ThreadpoolController()


def informative(question: Encoded) -> Floats:
    """The token vectors (m, dim) of a question without those of punctuation."""
    kept = [place for place, text in enumerate(question.surface) if any(map(str.isalnum, text))]
    return question.tokens[kept]


def open_corpus(home: Path, name: str, warn: Warn = log) -> Corpus:
    """Opens a corpus at its last committed state.

    What a killed writer left unpublished is published, and a damaged generation is made anew from the
    records, which `warn` is told. Raises CorpusError if the corpus doesn't exist or its records are damaged.
    """
    folder = existing_folder(home, name)
    generation = open_generation(folder)
    if isinstance(generation, str) or revision_of(folder / RECORDS) not in (None, generation.manifest.revision):
        generation = renewed(folder, generation, warn)
    fingerprint = generation.manifest.model_fingerprint
    model = generation.manifest.model
    return Corpus(name, generation, lambda: encoder_of(home, model, fingerprint, warn))


def renewed(folder: Path, found: Generation | str, warn: Warn) -> Generation:
    """A generation published from the records; the one found, if another process is writing or the disk refuses."""
    try:
        with write_lock(folder), closing(created(folder / RECORDS)) as store:
            if store.is_blank:
                raise CorpusError(f"corpus {folder.name!r} is empty: run `evqa ingest` to fill it")
            publish(store, folder)
    except CorpusError as error:
        if isinstance(found, str):
            raise
        if not isinstance(error, BusyError):
            warn(f"corpus {folder.name!r}: what was stored last can't be published ({error})")
        return found
    if isinstance(found, str):
        warn(f"corpus {folder.name!r}: {found}; the index was made anew from the records")
    else:
        found.close()
    generation = open_generation(folder)
    if isinstance(generation, str):
        raise CorpusError(f"corpus {folder.name!r}: {generation}; ingest again")
    return generation


def encoder_of(home: Path, model: str, fingerprint: str, warn: Warn) -> Encoder:
    """The query model of a corpus, exported anew if it is missing."""
    folder = model_folder(home, fingerprint)
    if not (folder / CARD).is_file():
        from index.embed import load_embedder
        from index.export import export

        warn(f"query model {fingerprint} is missing and is made anew from {model!r}")
        folder = export(load_embedder(model), home)
        if folder.name != fingerprint:
            raise CorpusError(
                f"model {model!r} is now {folder.name}, the corpus was made with {fingerprint}: ingest again"
            )
    return Encoder(folder)
