"""A stored corpus that can be asked: retrieval over the live generation."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from evqa.errors import BusyError, CorpusError, EvqaError
from evqa.model import CorpusState, Outline, Passage, Reference, Suspect
from evqa.retriever import BEYOND, Candidate, Filter, Found, Query, Term
from index.embedding import Floats, Integers
from index.encode import CARD, Encoded, Encoder
from index.folder import RECORDS, corpus_names, existing_folder, model_folder
from index.generation import Generation, open_generation
from index.late import by_word, late, similarities, weights
from index.lock import write_lock
from index.publish import publish
from index.store import created, revision_of
from index.terms import Words, words_of
from index.threads import blas
from index.tokens import Taken

if TYPE_CHECKING:
    from evqa.audit_records import Audit

# Up to this many allowed passages all are candidates; above it, the nearest by vectors and by words.
ALL_UPTO = 2_000
NEAREST = 200
DECIMALS = 6
CHUNK = 64

Warn = Callable[[str], None]
# Home, model, its fingerprint, whom to tell.
EncoderOf = Callable[[Path, str, str, Warn], Encoder]
Doubles = NDArray[np.float64]
Scored = tuple[Integers, Floats]
log: Warn = logging.getLogger("evqa.index").warning


@dataclass(frozen=True)
class Matched:
    """A variant's words: weights (w,), nearness of the corpus (w,), similarities to rows (w, r), late (r,)."""

    texts: tuple[str, ...]
    weight: Floats
    nearest: Floats
    similarity: Floats
    late: Floats

    @property
    def terms(self) -> tuple[tuple[str, ...], list[float], list[float]]:
        """Texts, weights and nearness of the words, side by side."""
        return self.texts, self.weight.tolist(), np.clip(self.nearest, 0.0, 1.0).tolist()


def matched(question: Words, background: Floats, similarity: Floats, saturation: float) -> Matched:
    """Word scores of one variant from its words' similarities to background units (w, b) and to rows (w, r).

    What similarities to rows have above the saturation counts only in part in `late`: a word that is there is there.
    """
    weight = weights(background, question.pieces, question.informative)
    # Of the papers that a review cites none is in the background, and of a large corpus only some passages are.
    nearest = np.maximum(background.max(axis=1, initial=0.0), similarity.max(axis=1, initial=0.0))
    surplus = np.maximum(similarity - np.float32(saturation), 0)
    found = late(similarity - np.float32(1 - BEYOND) * surplus, weight)
    return Matched(question.texts, weight, nearest, similarity, found)


def per_word(questions: Sequence[Words], similarity: Sequence[Floats]) -> list[Floats]:
    """Similarities (w, u) of each variant's words from those (m, u) of their pieces."""
    return [by_word(own, each.places, len(each.texts)) for each, own in zip(questions, similarity, strict=True)]


def max_of(matched: Sequence[Matched]) -> Floats:
    """The best variant's `late` of each row."""
    found: Floats = np.max([each.late for each in matched], axis=0)
    return found


class Corpus:
    """The `Retriever` over one generation, which it keeps until `close`. Safe to ask from several threads."""

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
        """In how many passages the folded word occurs, cited papers aside; 0 if unknown."""
        return self._records.frequency(word)

    def audit(self, document: str) -> "Audit | None":
        """The audit of a document that stands on its own; None where it wasn't made."""
        return self._generation.audits.audit(document)

    def suspects(self, document: str) -> Sequence[Suspect]:
        """Citations of a document that don't seem to fit, as its audit says."""
        return self._generation.audits.suspects(document)

    def vocabulary(self, papers: bool = False) -> frozenset[str]:
        """Every folded word of the documents that stand on their own; with `papers` of the cited papers, too."""
        return self._records.every_word if papers else self._records.vocabulary

    def is_common(self, word: str) -> bool:
        """Whether the embedding model knows the folded word as one word of general English."""
        return self._encoder.is_common(word)

    def retrieve(self, query: Query) -> Found:
        """Candidates for the query, best `late` first, ties by passage id; at most `limit`."""
        allowed = self._records.allowed(query.within)
        if len(allowed) == 0:
            return Found()
        with blas().limit(limits=1, user_api="blas"):
            return self._scored(query, allowed)

    def _scored(self, query: Query, allowed: Integers) -> Found:
        texts = list(dict.fromkeys((query.text, *query.variants)))
        encoded = self._encoder.encode(texts)
        most = max(query.limit, NEAREST)
        rows, by_words = self._candidates(texts, encoded, allowed, most)
        both = np.stack([self._dense(encoded, rows), self._lexical(by_words, rows)])
        if len(allowed) > ALL_UPTO:
            kept = likely(both, most)
            rows, both = rows[kept], both[:, kept]
        variants = self._matched([self._words(variant) for variant in encoded], rows, query.saturation)
        scores = np.stack([*both, max_of(variants)])
        candidates = self._ranked(rows, scores.astype(np.float64).round(DECIMALS), variants[0].similarity, query.limit)
        return Found(candidates, tuple(map(self._term, *variants[0].terms)))

    def _words(self, question: Encoded) -> Words:
        found = words_of(question)
        return replace(found, vectors=self._generation.directions.without(found.vectors))

    def _term(self, text: str, weight: float, nearest: float) -> Term:
        return Term(text, self.is_common(text), round(weight, DECIMALS), round(nearest, DECIMALS))

    @cached_property
    def _encoder(self) -> Encoder:
        return self._load_encoder()

    def _ranked(self, rows: Integers, scores: Doubles, matches: Floats, limit: int) -> tuple[Candidate, ...]:
        """At most `limit` candidates from the rows' scores dense, lexical, late (3, r) and matches (w, r)."""
        if limit <= 0:
            return ()
        chosen = np.lexsort((self._records.order[rows], -scores[2]))[:limit]
        matched = matches[:, chosen].astype(np.float64).round(DECIMALS).T.tolist()
        passages = map(self._records.passage, rows[chosen].tolist())
        return tuple(map(Candidate, passages, *scores[:, chosen].tolist(), map(tuple, matched)))

    def _candidates(
        self, texts: Sequence[str], encoded: Sequence[Encoded], allowed: Integers, limit: int
    ) -> tuple[Integers, list[Scored]]:
        """Rows to be scored, and the rows that each text shares words with, with BM25."""
        generation = self._generation
        within = None if len(allowed) == generation.manifest.passages else allowed
        if len(allowed) <= ALL_UPTO:
            return allowed, [generation.lexical.search(text, len(allowed), within) for text in texts]
        by_words = [generation.lexical.search(text, limit, within) for text in texts]
        found = [generation.dense.search(question.pooled, limit, within)[0] for question in encoded]
        return np.unique(np.concatenate([*found, *(rows for rows, _ in by_words)])), by_words

    def _dense(self, encoded: Sequence[Encoded], rows: Integers) -> Floats:
        vectors = self._generation.vectors
        chosen = vectors if len(rows) == len(vectors) else vectors[rows]
        questions = np.stack([question.pooled for question in encoded])
        cosines = self._generation.statements.nearness(rows, questions, chosen @ questions.T)
        found: Floats = np.clip(cosines.max(axis=1), 0.0, 1.0)
        return found

    def _lexical(self, by_words: Sequence[Scored], rows: Integers) -> Floats:
        """BM25 of each row (its best variant), divided by the best of all; 0 of a row that isn't among those found."""
        scores = np.zeros(self._generation.manifest.passages, dtype=np.float32)
        for ids, found in by_words:
            scores[ids] = np.maximum(scores[ids], found)
        best = scores.max(initial=0.0)
        return scores[rows] / best if best > 0 else scores[rows]

    def _matched(self, questions: Sequence[Words], rows: Integers, saturation: float) -> list[Matched]:
        """How each variant of the question matches the rows; all variants in one product, which costs little more."""
        everything, similarity = self._similarities(np.concatenate([each.vectors for each in questions]), rows)
        bounds = np.cumsum([len(each.vectors) for each in questions])[:-1]
        background = per_word(questions, np.split(everything, bounds))
        own = background if everything is similarity else per_word(questions, np.split(similarity, bounds))
        return [matched(*each, saturation) for each in zip(questions, background, own, strict=True)]

    def _similarities(self, question: Floats, rows: Integers) -> tuple[Floats, Floats]:
        """Similarities of question tokens to the background units and to the rows; shared where they coincide."""
        background = self._generation.background
        found = best_cosines(question, self._generation.background_tokens)
        if np.array_equal(background, rows):
            return found, found
        if len(background) == self._generation.manifest.passages:
            return found, found[:, rows]
        return found, best_cosines(question, self._generation.tokens.of(rows))


def likely(scores: Floats, most: int) -> Integers:
    """Places, ascending, of at most so many candidates with the highest sum of their scores dense and lexical (2, r).

    To compare tokens takes much longer than all that was done to find the candidates.
    """
    return np.sort(np.argsort(-scores.sum(axis=0).round(DECIMALS), kind="stable")[:most])


def best_cosines(question: Floats, taken: Taken) -> Floats:
    """Of question tokens (m, dim) in each unit, (m, u); some at a time, so that a long question takes no more room."""
    parts = [question[first : first + CHUNK] for first in range(0, max(1, len(question)), CHUNK)]
    return np.concatenate([similarities(taken.cosines(part), taken.offsets) for part in parts])


def open_corpus(home: Path, name: str, warn: Warn = log, encoder: EncoderOf | None = None) -> Corpus:
    """Opens a corpus at its last committed state; `encoder`, in place of `encoder_of`, gives its query model.

    What a killed writer left unpublished is published, and a damaged generation is made anew from the
    records, which `warn` is told. Raises CorpusError if the corpus doesn't exist or its records are damaged.
    """
    folder = existing_folder(home, name)
    generation = open_generation(folder)
    if isinstance(generation, str) or revision_of(folder / RECORDS) not in (None, generation.manifest.revision):
        generation = renewed(folder, generation, warn)
    fingerprint = generation.manifest.model_fingerprint
    model = generation.manifest.model
    return Corpus(name, generation, lambda: (encoder or encoder_of)(home, model, fingerprint, warn))


def kept_corpus(home: Path, name: str, warn: Warn) -> Corpus | None:
    """A corpus that can be made anew from its sources; None where there is none or it is damaged, as `warn` is told."""
    if name not in corpus_names(home):
        return None
    try:
        return open_corpus(home, name, warn=warn)
    except CorpusError as error:
        warn(f"{error}; building it again")
        return None


def renewed(folder: Path, found: Generation | str, warn: Warn) -> Generation:
    """A generation published from the records; the one found, if another process is writing, the disk refuses, or
    publishing fails for a reason that nobody foresaw: what could be asked before can be asked still."""
    try:
        with write_lock(folder), closing(created(folder / RECORDS)) as store:
            if store.is_blank:
                raise CorpusError(f"corpus {folder.name!r} is empty: run `evqa ingest` to fill it")
            publish(store, folder)
    except Exception as error:
        if isinstance(found, str):
            raise
        if not isinstance(error, BusyError):
            said = error if isinstance(error, EvqaError) else f"internal error: {type(error).__name__}: {error}"
            warn(f"corpus {folder.name!r}: what was stored last can't be published ({said}); see `evqa verify`")
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
