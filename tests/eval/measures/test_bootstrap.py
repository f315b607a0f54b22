"""Intervals are reproducible and as wide as theory says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import measures
from eval.measures.bootstrap import figure


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_the_interval_of_a_mean_holds_the_mean(values: list[float]) -> None:
    """The bounds lie in the range of the values and around the mean."""
    found = figure(measures.mean, np.array(values))
    assert min(values) - 1e-12 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= max(values) + 1e-12


def test_the_interval_is_that_of_the_normal_approximation() -> None:
    """For a proportion of .4 in 400 the bounds are .4 ± 1.96 standard errors, to within .01."""
    found = figure(measures.mean, np.array([1.0] * 160 + [0.0] * 240))
    error = 1.96 * (0.4 * 0.6 / 400) ** 0.5
    assert (found.value, found.questions) == (0.4, 400)
    assert found.low == pytest.approx(0.4 - error, abs=0.01)
    assert found.high == pytest.approx(0.4 + error, abs=0.01)


def test_the_same_data_give_the_same_interval() -> None:
    """The seed is fixed: two calls agree to the last bit."""
    groups = np.linspace(0.2, 1, 30), np.linspace(0, 0.7, 12)
    assert figure(measures.auroc, *groups) == figure(measures.auroc, *groups)
    assert figure(measures.auroc, *groups).questions == 42
