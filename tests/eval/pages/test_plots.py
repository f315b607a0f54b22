"""Where values stand in plots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.pages.plots import Axis, around_zero, histogram, nice

VALUES = st.floats(0.001, 1e6)


def test_values_stand_where_they_belong() -> None:
    """The ends of an axis are its pixels, what lies outside stands at the nearer end, an axis may run upwards."""
    across, upwards = Axis(0, 10, 40, 340), Axis(0, 1, 220, 30)
    assert [across.at(value) for value in (-5, 0, 5, 10, 11)] == [40, 40, 190, 340, 340]
    assert [upwards.at(value) for value in (0, 0.5, 1)] == [220, 125, 30]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)), (0, 47, (0, 10, 20, 30, 40)), (-0.3, 0.3, (-0.2, 0, 0.2))],
)
def test_ticks_are_round(low: float, high: float, ticks: tuple[float, ...]) -> None:
    """Ticks are multiples of a round step, within the axis."""
    assert Axis(low, high, 0, 100).ticks == pytest.approx(ticks)


@given(VALUES)
def test_every_axis_has_ticks(high: float) -> None:
    """From three to six of them, on the axis, and a step is the next round one."""
    ticks = Axis(0, high, 0, 100).ticks
    assert 3 <= len(ticks) <= 6
    assert 0 <= ticks[0] <= ticks[-1] <= high * (1 + 1e-9)
    assert high * (1 - 1e-9) <= nice(high) <= 2.5 * high


@given(st.lists(VALUES, min_size=1, max_size=200))
def test_every_value_is_in_a_bar(values: list[float]) -> None:
    """Bars follow each other from 0 and hold all values, those far out too."""
    bars = histogram(values)
    assert (len(bars), bars[0].start) == (20, 0)
    assert sum(bar.count for bar in bars) == len(values)
    assert [bar.end for bar in bars[:-1]] == [bar.start for bar in bars[1:]]


def test_one_straggler_does_not_flatten_the_rest() -> None:
    """A value far above the 99th percentile stands in the last bar."""
    bars = histogram([1.0] * 500 + [1000.0])
    assert bars[-1].end < 2
    assert bars[-1].count == 1


@given(st.lists(st.floats(-10, 10), max_size=5))
def test_differences_stand_around_zero(values: list[float]) -> None:
    """Zero is in the middle and no value outside."""
    axis = around_zero(values)
    assert axis.at(0) == 60
    assert all(axis.low <= value <= axis.high for value in values)
