"""What the local judge reads of a question and its passages."""

import numpy as np
import pytest

from index.judging.inputs import (
    BEFORE,
    EARLIER,
    FEATURES,
    OWN,
    PASSAGE,
    QUESTION,
    Texts,
    cut,
    features,
    inputs,
    nearness,
)
from index.models.embedding import Floats, unit
from tests.index.judging.judges import shown

DRAW = np.random.default_rng(7)


def vectors(count: int) -> Floats:
    return unit(DRAW.standard_normal((count, 8)).astype(np.float32))


TEXTS = Texts(vectors(5), [vectors(3), vectors(9), vectors(6)], [vectors(2), vectors(0), vectors(4)])


def test_long_texts_are_cut() -> None:
    """Of the sentence before, the end is kept, which stands next to the passage."""
    before = vectors(BEFORE + 5)
    short = cut(Texts(vectors(QUESTION + 1), [vectors(PASSAGE + 1), vectors(2)], [before, vectors(0)]))
    assert len(short.question) == QUESTION
    assert [len(each) for each in short.own] == [PASSAGE, 2]
    assert np.array_equal(short.before[0], before[5:])
    assert len(short.before[1]) == 0


def test_nearness_is_told_against_the_others() -> None:
    """A passage that holds the question's tokens is nearest: by itself, and against the mean and the best."""
    near = nearness(Texts(TEXTS.question, [TEXTS.question, *TEXTS.own[1:]], TEXTS.before))
    assert near.shape == (3, 5, 6)
    assert near[0, :, 0] == pytest.approx(1.0, abs=1e-5)
    assert (near[0, :, 2] > 0).all()
    assert near[0, :, 3] == pytest.approx(0.0, abs=1e-4)
    assert (near[1, :, 3] > 0).all()
    assert (near[1, :, 1] == 0).all(), "where no sentence stands before, nothing is near"


def test_every_passage_is_read_once() -> None:
    """In batches, shortest first, padded with zeros, its own tokens before those of the sentence before."""
    weighed = features([shown(text) for text in ("a", "b", "c")])
    parts = list(inputs(TEXTS, weighed, 2))
    assert sorted(place for part in parts for place in part.places.tolist()) == [0, 1, 2]
    for part in parts:
        for row, place in enumerate(part.places.tolist()):
            own, before = TEXTS.own[place], TEXTS.before[place]
            assert (part.parts[row] == OWN).sum() == len(own)
            assert (part.parts[row] == EARLIER).sum() == len(before)
            assert np.array_equal(part.passages[row, : len(own)], own)
            assert not part.passages[row, len(own) + len(before) :].any()
    assert [place for part in inputs(TEXTS, weighed, 2, [2, 0]) for place in part.places.tolist()] == [0, 2]


def test_features_tell_the_distance_to_the_best() -> None:
    """Scores, their distance to the best, the place, and the kind of passage."""
    best, other = shown("a"), shown("b", kind="table_row")._replace(score=0.25)
    weighed = features([best, other])
    assert weighed.shape == (2, FEATURES)
    assert weighed[0, 4] == 0
    assert weighed[1, 4] < 0
    assert weighed[:, 8].tolist() == [1.0, 0.5]
    assert weighed[0, 9:].sum() == 0
    assert weighed[1, 9:].sum() == 1
