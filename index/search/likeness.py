"""Compare a document's passages and bibliography entries by their stored token vectors.

No text is embedded for it: the tokenizer tells which stored vectors belong to which word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from evqa.audit.likeness import Likeness, Nearness, covered
from evqa.language.expansion import Abbreviations
from evqa.model import Document, Passage
from index.models.embedding import Embedding, Floats, Integers, indexed_text
from index.models.encode import Encoded, PieceReader
from index.search.directions import Directions, Spread
from index.search.late import Words, by_word, similarities, weights, words_of
from index.search.tokens import offsets_of

CHUNK = 512


class StoredVectors(NamedTuple):
    """A document with its passages and their stored embeddings, in the same order.

    `used`: indices of the passages to compare. `texts`: embeddings of the passages of cited works whose text is known,
    by the index of the entry.
    """

    document: Document
    passages: Sequence[Passage]
    embeddings: Sequence[Embedding]
    used: Sequence[int]
    texts: Mapping[int, Sequence[Embedding]]


def likeness(held: StoredVectors, pieces: PieceReader) -> Likeness:
    """The likeness of a document's passages and entries."""
    document, passages, embeddings, used, texts = held
    directions = _directions(embeddings)
    reader = _WordReader(pieces, directions)
    said = {place: reader.words(indexed_text(passages[place]), embeddings[place]) for place in used}
    printed = _printed(document, passages)
    abbreviations = Abbreviations(document.abbreviations)
    written = {each.start: abbreviations.written_out(each.title or "") for each in reversed(document.references)}
    titles = [_title(written, passages, embeddings, reader, place) for place in printed]
    told = _Texts([said.get(place) for place in range(len(passages))])
    known = [reader.extended(title, texts.get(place, ())) for place, title in enumerate(titles)]
    found = _compared(told, _Texts(titles), _Texts(known))
    pooled = np.stack([each.pooled for each in embeddings]) if embeddings else np.zeros((0, 1), dtype=np.float32)
    return replace(found, alike=pooled @ pooled.T, pooled=_pooled(pooled, printed, texts))


def _pooled(pooled: Floats, printed: Sequence[int | None], texts: Mapping[int, Sequence[Embedding]]) -> Floats:
    """Cosines (p, e) of passages and entries. For a work whose text is known, its nearest passage counts."""
    found = np.zeros((len(pooled), len(printed)), dtype=np.float32)
    for entry, place in enumerate(printed):
        own = [] if place is None else [pooled[place]]
        if vectors := [*own, *(each.pooled for each in texts.get(entry, ()))]:
            found[:, entry] = (pooled @ np.stack(vectors).T).max(axis=1)
    return found


def _compared(of_passages: "_Texts", of_titles: "_Texts", of_works: "_Texts") -> Likeness:
    """Likeness of passages to works (`of_works`: titles and known texts) and of titles to passages and each other."""
    between = of_titles.cosines(of_titles)
    entries = of_titles.nearness(of_titles.cosines(of_passages), between)
    alike = covered(Nearness(entries.owner, entries.weight, between, entries.texts))
    nothing = np.zeros((0, 0), dtype=np.float32)
    return Likeness(
        passages=of_passages.nearness(of_passages.cosines(of_works)),
        entries=entries,
        titles=((alike + alike.T) / 2).astype(np.float32),
        alike=nothing,
        pooled=nothing,
    )


def _directions(embeddings: Sequence[Embedding]) -> Directions | None:
    """What the document's own token vectors share: an audit mustn't depend on the other documents of a corpus."""
    if not embeddings:
        return None
    spread = Spread(embeddings[0].tokens.shape[1])
    spread.put(np.concatenate([each.tokens for each in embeddings]))
    return spread.directions()


def _printed(document: Document, passages: Sequence[Passage]) -> list[int | None]:
    """For each entry the index of the passage that prints it."""
    at = {(each.start, each.end): place for place, each in enumerate(passages) if each.kind == "reference"}
    return [at.get((entry.start or 0, entry.end or 0)) for entry in document.references]


def _title(
    written: Mapping[int | None, str],
    passages: Sequence[Passage],
    embeddings: Sequence[Embedding],
    reader: "_WordReader",
    place: int | None,
) -> Words | None:
    """The words of an entry's title; `written`: titles with abbreviations written out, by where the entry begins."""
    if place is None:
        return None
    text = indexed_text(passages[place])
    title = written[passages[place].start]
    return reader.words(text, embeddings[place], len(title) if title and text.startswith(title) else len(text))


class _WordReader:
    """Assigns stored token vectors to the words they belong to."""

    def __init__(self, pieces: PieceReader, directions: Directions | None) -> None:
        self._pieces = pieces
        self._directions = directions

    def words(self, text: str, embedding: Embedding, upto: int | None = None) -> Words | None:
        """The words of the text's first `upto` characters; None if the stored vectors aren't those of the text."""
        pieces = self._pieces.read(text)
        count = sum(end <= (len(text) if upto is None else upto) for _, end in pieces.offsets)
        # A multi-vector model's special tokens come before the text.
        ahead = len(embedding.tokens) - len(pieces.ids)
        if count == 0 or ahead < 0 or self._directions is None:
            return None
        tokens = embedding.tokens[ahead : ahead + count].astype(np.float32)
        own = pieces.only(list(range(count)))
        vectors = self._directions.without(tokens)
        found = words_of(Encoded(text, embedding.pooled, vectors, own.tokens, own.words, own.offsets))
        return found if len(found.texts) else None

    def extended(self, title: Words | None, text: Sequence[Embedding]) -> Words | None:
        """The title's words, with the vectors of the text after the title's."""
        if title is None or not text or self._directions is None:
            return title
        tokens = self._directions.without(np.concatenate([each.tokens for each in text]).astype(np.float32))
        return replace(title, vectors=np.concatenate([title.vectors, tokens]))


class _Texts:
    """The words of several texts, in one array."""

    def __init__(self, texts: Sequence[Words | None]) -> None:
        self._count = len(texts)
        held = [(place, each) for place, each in enumerate(texts) if each is not None]
        self._owner = _joined([np.full(len(each.texts), place) for place, each in held])
        self._words = tuple(word for _, each in held for word in each.texts)
        self._informative = np.array([flag for _, each in held for flag in each.informative], dtype=np.bool_)
        self._pieces = _joined([each.pieces for _, each in held])
        first = offsets_of(np.array([len(each.texts) for _, each in held], dtype=np.int64))
        self._places = _joined([each.places + start for start, (_, each) in zip(first.tolist(), held, strict=False)])
        counts = np.zeros(self._count, dtype=np.int64)
        counts[[place for place, _ in held]] = [len(each.vectors) for _, each in held]
        self._offsets = offsets_of(counts)
        self._vectors = np.concatenate([each.vectors for _, each in held]) if held else None

    def cosines(self, others: "_Texts") -> Floats:
        """Best cosine of each word in each of the other texts, (w, others)."""
        if self._vectors is None or others._vectors is None:
            return np.zeros((len(self._owner), others._count), dtype=np.float32)
        parts = [
            similarities(others._vectors @ self._vectors[start : start + CHUNK].T, others._offsets)
            for start in range(0, len(self._vectors), CHUNK)
        ]
        return by_word(np.concatenate(parts), self._places, len(self._owner))

    def nearness(self, cosine: Floats, *background: Floats) -> Nearness:
        """These cosines, with each word's weight over all that it was compared with."""
        rarity = weights(np.concatenate([cosine, *background], axis=1), self._pieces, self._informative)
        return Nearness(self._owner, rarity, cosine, self._count, self._words)


def _joined(parts: Sequence[Integers]) -> Integers:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)
