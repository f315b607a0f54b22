"""Intervals and differences are reproducible and as wide as theory says."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.measures import measures
from eval.measures.measurement import difference, estimate
from eval.measures.measures import Array


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_the_interval_of_a_mean_holds_the_mean(values: list[float]) -> None:
    """The bounds lie in the range of the values and around the mean."""
    found = estimate(measures.mean, np.array(values))
    assert min(values) - 1e-12 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= max(values) + 1e-12


def test_the_interval_is_that_of_the_normal_approximation() -> None:
    """For a proportion of .4 in 400 the bounds are .4 ± 1.96 standard errors, to within .01."""
    found = estimate(measures.mean, np.array([1.0] * 160 + [0.0] * 240))
    error = 1.96 * (0.4 * 0.6 / 400) ** 0.5
    assert (found.value, found.questions) == (0.4, 400)
    assert found.low == pytest.approx(0.4 - error, abs=0.01)
    assert found.high == pytest.approx(0.4 + error, abs=0.01)


def test_the_same_data_give_the_same_interval() -> None:
    """The seed is fixed: two calls agree to the last bit."""
    groups = np.linspace(0.2, 1, 30), np.linspace(0, 0.7, 12)
    assert estimate(measures.auroc, *groups) == estimate(measures.auroc, *groups)
    assert estimate(measures.auroc, *groups).questions == 42


VALUES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=12).map(np.array)


def test_the_p_value_is_that_of_all_permutations() -> None:
    """For eight questions the 256 permutations can be counted: the sampled p value agrees to within .015."""
    a, b = np.array([0, 0, 1, 0, 0.5, 0, 1, 0]), np.array([1, 1, 1, 0.5, 0.5, 1, 0, 1])
    gap = b - a
    sums = [abs(float(np.dot(signs, gap))) for signs in product((-1, 1), repeat=len(gap))]
    expected = float(np.mean([total >= abs(gap.sum()) - 1e-12 for total in sums]))
    assert difference(measures.mean, [a], [b]).p == pytest.approx(expected, abs=0.015)


def test_one_system_against_itself() -> None:
    """No difference, an interval of nothing, and a p value of 1."""
    values = np.linspace(0, 1, 7)
    found = difference(measures.mean, [values], [values])
    assert (found.difference, found.low, found.high, found.p, found.questions) == (0, 0, 0, 1, 7)


def test_a_clear_difference_is_told_from_chance() -> None:
    """Right on all of 40 questions against on none: the least p value that 10,000 permutations can give."""
    found = difference(measures.mean, [np.zeros(40)], [np.ones(40)])
    assert (found.difference, found.low, found.high) == (1, 1, 1)
    assert found.p == pytest.approx(1 / 10_001)


@pytest.mark.slow
@settings(max_examples=15)
@given(VALUES, VALUES)
def test_the_other_way_round_is_the_mirror_image(answerable: Array, unanswerable: Array) -> None:
    """Exchanging the systems turns the sign of difference and interval and leaves p, for a measure of a whole set."""
    a, b = [answerable[:, 0], unanswerable[:, 0]], [answerable[:, 1], unanswerable[:, 1]]
    there, back = difference(measures.auroc, a, b), difference(measures.auroc, b, a)
    assert there.difference == pytest.approx(-back.difference)
    assert [there.low, there.high] == pytest.approx([-back.high, -back.low])
    assert there.p == back.p
    assert 0 < there.p <= 1
