"""Ask a stored corpus: retrieval over its live generation."""

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from evqa.corpus.corpus import BEYOND, Candidate, Filter, Query, Retrieved, Term, TextVectors
from evqa.derived import FixedSet, FixedTuple
from evqa.errors import BusyError, CorpusError, EvqaError
from evqa.fitted import Fitted
from evqa.model import CorpusState, Outline, Passage, Reference, Suspect, Verified
from evqa.settings import DEFAULT_MODEL
from index.disk.folder import RECORDS, corpus_names, existing_folder, model_folder
from index.generation.generation import Generation, open_generation
from index.models.embedding import Doubles, Flags, Floats, Integers
from index.models.encode import CARD, Encoded, Encoder
from index.models.inference import blas
from index.models.own_fit import fitted_for_model, unfitted_line
from index.search.late import NAMELESS, Words, by_word, late, similarities, weights, words_of
from index.search.product import SHIFT
from index.search.statements import Statements
from index.search.tokens import Taken
from index.store.database import revision_of

if TYPE_CHECKING:
    from evqa.audit.records import Audit

# With up to this many allowed passages all are candidates, with more the nearest by vectors and by words.
ALL_UPTO = 2_000
NEAREST = 200
DECIMALS = 6
# Encoded questions that are kept.
ENCODED = 8
CHUNK = 64

Warn = Callable[[str], None]
# From home, model, its fingerprint, and what takes warnings.
EncoderOf = Callable[[Path, str, str, Warn], Encoder]
Scored = tuple[Integers, Floats]
log: Warn = logging.getLogger("evqa.index").warning


@dataclass(frozen=True)
class Matched:
    """The words of a question's variant, matched: weights (w,), nearest similarity in the corpus (w,), similarities to
    the rows (w, r), and `late` of the rows (r,)."""

    texts: tuple[str, ...]
    weight: Floats
    nearest: Floats
    similarity: Floats
    late: Floats

    @property
    def terms(self) -> tuple[tuple[str, ...], list[float], list[float]]:
        """Texts, weights and nearest similarities of the words that have a name."""
        texts = tuple(text for text in self.texts if text != NAMELESS)
        named = slice(len(texts))
        return texts, self.weight[named].tolist(), np.clip(self.nearest[named], 0.0, 1.0).tolist()

    @property
    def by_term(self) -> Floats:
        """Similarities of the terms to the rows, (t, r)."""
        return self.similarity[: len(self.terms[0])]


@dataclass(frozen=True)
class Matching:
    """The steps of matching that an ablation may replace.

    `weights`: of words, see `index.search.late.weights`. `nearness`: see `Statements.nearness`.
    """

    weights: Callable[[Floats, Integers, Flags], Floats] = weights
    nearness: Callable[[Statements, Integers, Floats, Floats], Floats] = Statements.nearness


MATCHING = Matching()


def matched(
    question: Words, background: Floats, similarity: Floats, saturation: float, matching: Matching = MATCHING
) -> Matched:
    """Word scores of one variant from its words' similarities to background units (w, b) and to rows (w, r).

    In `late` the part of a similarity above the saturation counts only in part: such a word is certainly there.
    """
    weight = matching.weights(background, question.pieces, question.informative)
    # Of the papers that a review cites none is in the background, and of a large corpus only some passages are.
    nearest = np.maximum(background.max(axis=1, initial=0.0), similarity.max(axis=1, initial=0.0))
    surplus = np.maximum(similarity - np.float32(saturation), 0)
    found = late(similarity - np.float32(1 - BEYOND) * surplus, weight)
    return Matched(question.texts, weight, nearest, similarity, found)


def per_word(questions: Sequence[Words], similarity: Sequence[Floats]) -> list[Floats]:
    """For each variant, similarities (w, u) of its words from those (m, u) of their pieces."""
    return [by_word(own, words.places, len(words.texts)) for words, own in zip(questions, similarity, strict=True)]


def max_of(matched: Sequence[Matched]) -> Floats:
    """The highest `late` of each row over the variants."""
    best: Floats = np.max([variant.late for variant in matched], axis=0)
    return best


class StoredCorpus:
    """A `Corpus` over one generation, which stays on the disk until `close`. Several threads may ask it."""

    def __init__(
        self,
        name: str,
        generation: Generation,
        encoder: Callable[[], Encoder],
        matching: Matching = MATCHING,
        fitted: Fitted | None = None,
    ) -> None:
        self._name = name
        self._matching = matching
        self._fitted = fitted
        self._generation = generation
        self._records = generation.records
        self._load_encoder = encoder
        # A question is encoded for the search, for the judge, and for the document that is judged alone.
        self._encoded = lru_cache(maxsize=ENCODED)(self._encode)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def matching(self, other: Matching) -> "StoredCorpus":
        """The same open corpus with other steps of matching; it lasts until this one is closed."""
        return StoredCorpus(self._name, self._generation, lambda: self._encoder, other, self._fitted)

    def close(self) -> None:
        """Release the generation."""
        self._generation.close()

    @property
    def state(self) -> CorpusState:
        """Name, fingerprint and size."""
        manifest = self._generation.manifest
        return CorpusState(name=self._name, fingerprint=manifest.fingerprint, documents=manifest.documents)

    @property
    def model(self) -> str:
        """The embedding model that the corpus was made with."""
        return self._generation.manifest.model

    def outlines(self) -> FixedTuple[Outline]:
        """The structure of every document, in order of ingestion."""
        return self._records.outlines

    def references(self) -> FixedTuple[Reference]:
        """Every bibliography entry, by document and number."""
        return self._records.references

    def passages(self, within: Filter) -> Sequence[Passage]:
        """The passages that pass the filter, by document and position."""
        return tuple(self._records.passage(row) for row in self._records.allowed(within).tolist())

    def before(self, passage: Passage) -> Passage | None:
        """The passage printed before this one in its document; None for the first."""
        return self._records.before(passage)

    def question_tokens(self, question: str) -> Floats:
        """Vectors (m, dim) of all word pieces of a question, comparable with `passage_tokens`."""
        (encoded,) = self._encoded((question,))
        return self._generation.directions.without(encoded.tokens)

    def text_vectors(self, text: str) -> TextVectors:
        """Vectors of the words of any text, each as it stands there."""
        (encoded,) = self._encoder.encode([text])
        return TextVectors(encoded.offsets, encoded.tokens)

    def passage_tokens(self, passage: Passage) -> Floats:
        """Vectors (t, dim) of the word pieces of a passage as indexed, without what all of the corpus share."""
        taken = self._generation.tokens.of(np.array([self._records.row_of(passage)], dtype=np.int64))
        vectors: Floats = (taken.integers.astype(np.float32) - SHIFT) * taken.scales[:, None]
        return vectors

    @property
    def fitted(self) -> Fitted | None:
        """The parameters fitted for the corpus's embedding model; None if there are none."""
        return self._fitted

    @property
    def judge(self) -> None:
        """None: a stored corpus has no judge of its own, see `index.judging.judged`."""
        return None

    def frequency(self, word: str) -> int:
        """The number of passages in which the folded word occurs, without cited papers; 0 if unknown."""
        return self._records.frequency(word)

    def audit(self, document: str) -> "Audit | None":
        """The audit of a document that isn't a cited paper; None if there is none."""
        return self._generation.audits.audit(document)

    def suspects(self, document: str) -> Sequence[Suspect]:
        """Citations of a document that its audit doubts."""
        return self._generation.audits.suspects(document)

    def verified(self, document: str) -> Sequence[Verified]:
        """Statements of a document with what the works say that they cite."""
        return self._generation.audits.verified(document)

    def vocabulary(self, papers: bool = False) -> FixedSet[str]:
        """Every folded word of the documents that stand on their own; with `papers` of the cited papers, too."""
        return self._records.every_word if papers else self._records.vocabulary

    def is_common(self, word: str) -> bool:
        """Whether the embedding model knows the folded word as one word of general English."""
        return self._encoder.is_common(word)

    def retrieve(self, query: Query) -> Retrieved:
        """Candidates for the query, best `late` first, ties by passage id; at most `limit`."""
        allowed = self._records.allowed(query.within)
        if len(allowed) == 0:
            return Retrieved()
        with blas().limit(limits=1, user_api="blas"):
            return self._scored(query, allowed)

    def _scored(self, query: Query, allowed: Integers) -> Retrieved:
        texts = tuple(dict.fromkeys((query.text, *query.variants)))
        encoded = self._encoded(texts)
        most = max(query.limit, NEAREST)
        rows, by_words = self._candidates(texts, encoded, allowed, most)
        both = np.stack([self._dense(encoded, rows), self._lexical(by_words, rows)])
        if len(allowed) > ALL_UPTO:
            kept = likely(both, most)
            rows, both = rows[kept], both[:, kept]
        variants = self._matched([self._words(variant) for variant in encoded], rows, query)
        scores = np.stack([*both, max_of(variants)])
        candidates = self._ranked(rows, scores.astype(np.float64).round(DECIMALS), variants[0].by_term, query.limit)
        return Retrieved(candidates, tuple(map(self._term, *variants[0].terms)))

    def _words(self, question: Encoded) -> Words:
        words = words_of(question)
        return replace(words, vectors=self._generation.directions.without(words.vectors))

    def _term(self, text: str, weight: float, nearest: float) -> Term:
        return Term(text, self.is_common(text), round(weight, DECIMALS), round(nearest, DECIMALS))

    def _encode(self, texts: tuple[str, ...]) -> tuple[Encoded, ...]:
        return tuple(self._encoder.encode(texts))

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
        """The rows to score, and for each text the rows that share words with it, with their BM25."""
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
        cosines = self._matching.nearness(self._generation.statements, rows, questions, chosen @ questions.T)
        found: Floats = np.clip(cosines.max(axis=1), 0.0, 1.0)
        return found

    def _lexical(self, by_words: Sequence[Scored], rows: Integers) -> Floats:
        """BM25 of each row by its best variant, divided by the highest of all; 0 for a row that wasn't found."""
        scores = np.zeros(self._generation.manifest.passages, dtype=np.float32)
        for ids, found in by_words:
            scores[ids] = np.maximum(scores[ids], found)
        best = scores.max(initial=0.0)
        return scores[rows] / best if best > 0 else scores[rows]

    def _matched(self, questions: Sequence[Words], rows: Integers, query: Query) -> list[Matched]:
        """How each variant of the question matches the rows; all variants in one product, which costs little more."""
        vectors = np.concatenate([each.vectors for each in questions])
        everything, similarity = self._similarities(vectors, rows, query.alone)
        bounds = np.cumsum([len(each.vectors) for each in questions])[:-1]
        background = per_word(questions, np.split(everything, bounds))
        own = background if everything is similarity else per_word(questions, np.split(similarity, bounds))
        return [
            matched(*each, query.saturation, self._matching) for each in zip(questions, background, own, strict=True)
        ]

    def _similarities(self, question: Floats, rows: Integers, alone: frozenset[str] | None) -> tuple[Floats, Floats]:
        """Similarities of question tokens to the background units and to the rows; one array if these are the same."""
        background, taken = self._background(alone)
        to_background = best_cosines(question, taken)
        if np.array_equal(background, rows):
            return to_background, to_background
        places = np.searchsorted(background, rows)
        if len(rows) <= len(background) and np.array_equal(background.take(places, mode="clip"), rows):
            return to_background, to_background[:, places]
        return to_background, best_cosines(question, self._generation.tokens.of(rows))

    def _background(self, alone: frozenset[str] | None) -> tuple[Integers, Taken]:
        """The rows that question tokens are weighed against, ascending, with their token vectors."""
        if alone is None:
            return self._generation.background, self._generation.background_tokens
        rows = self._records.allowed(Filter(documents=alone))
        if len(rows) > ALL_UPTO:
            rows = rows[np.linspace(0, len(rows) - 1, ALL_UPTO).astype(np.int64)]
        return rows, self._generation.tokens.of(rows)


def likely(scores: Floats, most: int) -> Integers:
    """Indices, ascending, of the `most` candidates whose dense and lexical scores (2, r) have the highest sum.

    Comparing tokens takes much longer than finding the candidates, so only these are compared.
    """
    return np.sort(np.argsort(-scores.sum(axis=0).round(DECIMALS), kind="stable")[:most])


def best_cosines(question: Floats, taken: Taken) -> Floats:
    """Best cosines (m, u) of question tokens (m, dim) in each unit; some tokens at a time, to bound the memory."""
    parts = [question[first : first + CHUNK] for first in range(0, max(1, len(question)), CHUNK)]
    return np.concatenate([similarities(taken.cosines(part), taken.offsets) for part in parts])


def open_corpus(home: Path, name: str, warn: Warn = log, encoder: EncoderOf | None = None) -> StoredCorpus:
    """Open a corpus at its last committed state. `encoder` loads its query model, in place of `encoder_of`.

    What a killed writer left unpublished is published. A damaged generation is built again from the records, and `warn`
    is told. Raises CorpusError if the corpus doesn't exist or its records are damaged.
    """
    folder = existing_folder(home, name)
    generation = open_generation(folder)
    if isinstance(generation, str) or revision_of(folder / RECORDS) not in (None, generation.manifest.revision):
        # Another process may have removed it meanwhile; to renew it would make an empty one.
        generation = renewed(existing_folder(home, name), generation, warn)
    fingerprint = generation.manifest.model_fingerprint
    model = generation.manifest.model
    own = fitted_for_model(home, model, fingerprint)

    def load() -> Encoder:
        # Only what asks needs the encoder: who lists entries isn't told of confidence.
        if own is None:
            warn(unfitted_line(name, model))
        return (encoder or encoder_of)(home, model, fingerprint, warn)

    return StoredCorpus(name, generation, load, fitted=own)


def kept_corpus(home: Path, name: str, warn: Warn) -> StoredCorpus | None:
    """Open a corpus that can be built again from its sources. None if it is missing, or damaged as `warn` is told."""
    if name not in corpus_names(home):
        return None
    try:
        return open_corpus(home, name, warn=warn)
    except CorpusError as error:
        if name in corpus_names(home):  # else another process has just removed it
            warn(f"{error}; building it again")
        return None


def renewed(folder: Path, found: Generation | str, warn: Warn) -> Generation:
    """Publish a generation from the records.

    Returns the old one if another process is writing, the disk refuses, or publishing fails for a reason that nobody
    foresaw: what could be asked before can still be asked.
    """
    # Only needed here: asking a published corpus loads nothing that writes one.
    from index.disk.lock import write_lock
    from index.generation.publish import publish
    from index.store.store import created

    try:
        with write_lock(folder), closing(created(folder / RECORDS)) as store:
            if store.is_blank:
                raise CorpusError(f"corpus {folder.name!r}", "empty", "run `evqa ingest` to fill it")
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
        raise CorpusError(f"corpus {folder.name!r}", generation, "ingest again")
    return generation


def encoder_of(home: Path, model: str, fingerprint: str, warn: Warn) -> Encoder:
    """Load the query model of a corpus; if it is missing, export it again."""
    folder = model_folder(home, fingerprint)
    if not (folder / CARD).is_file():
        warn(f"query model {fingerprint} is missing and is made anew from {model!r}")
        folder = _made_anew(home, model)
        if folder.name != fingerprint:
            reason = f"it is now {folder.name}, the corpus was made with {fingerprint}"
            raise CorpusError(f"model {model!r}", reason, "ingest again")
    return Encoder(folder)


def _made_anew(home: Path, model: str) -> Path:
    from index.models.packaged import packaged_model  # what is there needs none of this

    if model == DEFAULT_MODEL and (folder := packaged_model(home)):
        return folder
    from index.models.embed import load_embedder
    from index.models.export import export

    return export(load_embedder(model), home)
