"""Bounds rounded away from their data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.rounding import above, below

VALUES = st.floats(-100, 100, allow_nan=False)
# Far more than results of other kernels differ by.
NOISE = 1e-6


@given(value=VALUES, decimals=st.integers(0, 4))
def test_a_bound_lies_on_its_side(value: float, decimals: int) -> None:
    """Neither passes over the value, nor over what equals it but for the last digits, and both are near it."""
    low, high = below(value, decimals), above(value, decimals)
    assert low < value - NOISE
    assert high > value + NOISE
    assert max(value - low, high - value) <= 1.2 / 10**decimals
    assert (low, high) == (round(low, decimals), round(high, decimals))


@pytest.mark.parametrize(
    ("value", "low", "high"), [(7.94474, 7.944, 7.945), (7.945, 7.944, 7.946), (0.0, -0.001, 0.001)]
)
def test_values_rounded(value: float, low: float, high: float) -> None:
    """A value between two numbers of three decimals is between its bounds; one that is such a number, too."""
    assert (below(value, 3), above(value, 3)) == (low, high)
