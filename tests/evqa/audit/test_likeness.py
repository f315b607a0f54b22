"""Cosines of words become likeness of texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evqa.audit.likeness import Floats, Nearness, covered, shares, standardised, weights

MATRICES = arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(2, 7)),
    elements=st.floats(-4, 4, width=16),
)


@st.composite
def nearnesses(draw: st.DrawFn) -> Nearness:
    """Up to nine words of up to five texts, some without words."""
    texts, others = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    owner = sorted(draw(st.lists(st.integers(0, texts - 1), max_size=9)))
    weight = draw(arrays(np.float32, len(owner), elements=st.floats(0, 3, width=16)))
    cosine = draw(arrays(np.float32, (len(owner), others), elements=st.floats(0, 1, width=16)))
    return Nearness(np.array(owner, dtype=np.int64), weight, cosine, texts)


@given(nearness=nearnesses())
def test_a_text_is_covered_by_the_mean_of_its_words(nearness: Nearness) -> None:
    """Each text has the weighted mean of the cosines of its own words, 0 where its words weigh nothing."""
    found = covered(nearness)
    assert found.shape == (nearness.texts, nearness.cosine.shape[1])
    for text in range(nearness.texts):
        own = nearness.owner == text
        if nearness.weight[own].sum() > 0:
            expected = np.average(nearness.cosine[own], axis=0, weights=nearness.weight[own])
            assert found[text] == pytest.approx(expected, abs=1e-5)
        else:
            assert not found[text].any()


@given(nearness=nearnesses())
def test_weights_lose_nothing(nearness: Nearness) -> None:
    """There is one weight a text, and together they are those of all words."""
    assert weights(nearness).shape == (nearness.texts,)
    assert float(weights(nearness).sum()) == pytest.approx(float(nearness.weight.sum()), rel=1e-5)


def test_other_cosines_of_the_same_words() -> None:
    """Other cosines are weighed as the words are, whatever the nearness holds of its own."""
    nearness = Nearness(
        np.array([1, 1]), np.array([3, 1], dtype=np.float32), np.zeros((2, 1), dtype=np.float32), texts=3
    )
    assert shares(nearness, np.array([[1.0], [0.0]], dtype=np.float32)).tolist() == [[0], [0.75], [0]]


@given(values=MATRICES)
def test_standardised_rows_have_mean_0(values: Floats) -> None:
    """Every row has mean 0 and no more than a standard deviation of 1."""
    found = standardised(values)
    assert found.shape == values.shape
    assert found.mean(axis=1) == pytest.approx(np.zeros(len(values)), abs=2e-3)
    assert (found.std(axis=1) <= 1.001).all()


@given(values=MATRICES, column=st.integers(0, 6), row=st.integers(0, 5), more=st.integers(-8, 8))
def test_what_is_near_to_everything_doesnt_stand_out(values: Floats, column: int, row: int, more: int) -> None:
    """An entry that is nearer to all statements by a constant, or a statement to all entries, changes nothing."""
    raised = values.copy()
    raised[:, column % values.shape[1]] += more
    raised[row % len(values)] += more
    assert standardised(raised) == pytest.approx(standardised(values), abs=0.02)


def test_nothing_is_standardised_to_nothing() -> None:
    """A document that cites nothing, or without entries, has no values and no warning."""
    assert standardised(np.zeros((0, 4), dtype=np.float32)).shape == (0, 4)
    assert standardised(np.zeros((3, 0), dtype=np.float32)).shape == (3, 0)
