"""What the verifier reads: token vectors of a statement and of the cited work's nearest sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from evqa.works.surface import SurfaceComparison, surface_comparison
from index.models.embedding import Floats, Halves, Integers

# Tokens kept of the statement and of each sentence, and how many sentences of the work are read together.
STATEMENT, SENTENCE, SENTENCES = 64, 70, 3
FEATURES = len(SurfaceComparison._fields)


@dataclass(frozen=True)
class TokenText:
    """A text with its word pieces: their ids (t,), their vectors (t, dim) and the text's own (dim,), of length 1."""

    text: str
    ids: Integers
    vectors: Floats | Halves
    pooled: Floats


class Inputs(NamedTuple):
    """What the network reads of b pairs: vectors of `statements` (b, m, dim) and of `sentences` (b, l, dim).

    `same` (b, m, l): 1 where both have the same word piece. `parts` (b, m + l) of the statement's tokens, then of the
    sentences': 1 for the statement, 2 for the first sentence and so on, 0 where nothing stands. `features`
    (b, FEATURES).
    """

    statements: Floats
    sentences: Floats
    same: Floats
    parts: Integers
    features: Floats


class StatedPair(NamedTuple):
    """A statement, and sentences of the cited work in printed order."""

    statement: TokenText
    sentences: Sequence[TokenText]


def nearest(statement: TokenText, sentences: Sequence[TokenText], count: int = SENTENCES) -> list[int]:
    """The places of the sentences nearest to the statement, nearest first."""
    if not sentences:
        return []
    cosines = np.array([float(statement.pooled @ each.pooled) for each in sentences])
    return [int(place) for place in np.argsort(-cosines, kind="stable")[:count]]


def inputs(pairs: Sequence[StatedPair]) -> Inputs:
    """The pairs as the network reads them, padded to the longest."""
    says = [" ".join(each.text for each in pair.sentences) for pair in pairs]
    features = [surface_comparison(pair.statement.text, text) for pair, text in zip(pairs, says, strict=True)]
    own = [[each.vectors[:SENTENCE].astype(np.float32) for each in pair.sentences] for pair in pairs]
    stated = _numbers([pair.statement.ids[:STATEMENT] for pair in pairs])
    said = _numbers([np.concatenate([each.ids[:SENTENCE] for each in pair.sentences]) for pair in pairs])
    parts = _numbers([np.repeat(np.arange(len(each)) + 2, [len(one) for one in each]) for each in own])
    is_same = (stated[:, :, None] == said[:, None, :]) & (stated[:, :, None] > 0) & (parts[:, None, :] > 0)
    return Inputs(
        _vectors([pair.statement.vectors[:STATEMENT].astype(np.float32) for pair in pairs]),
        _vectors([np.concatenate(each) for each in own]),
        is_same.astype(np.float32),
        np.concatenate([(stated > 0).astype(np.int64), parts], axis=1),
        np.array(features, dtype=np.float32).reshape(len(pairs), FEATURES),
    )


def _vectors(texts: Sequence[Floats]) -> Floats:
    longest = max(1, *(len(each) for each in texts))
    found = np.zeros((len(texts), longest, texts[0].shape[1]), dtype=np.float32)
    for row, each in enumerate(texts):
        found[row, : len(each)] = each
    return found


def _numbers(texts: Sequence[Integers]) -> Integers:
    longest = max(1, *(len(each) for each in texts))
    found = np.zeros((len(texts), longest), dtype=np.int64)
    for row, each in enumerate(texts):
        found[row, : len(each)] = each
    return found
