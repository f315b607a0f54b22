"""Geometry of plots: where values stand on an axis, which ticks it has, how values fall into bars."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BARS = 20
FAR = 1.25
NICE = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Axis:
    """Maps values from `low` to `high` to pixels from `start` to `end`; `start` may be larger than `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value. Values outside the axis are put at its nearer end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Four to ten round values on the axis."""
        step = nice((self.high - self.low) / 5)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return tuple(round(place * step, 10) for place in range(first, last + 1))


def nice(step: float) -> float:
    """The smallest value of the form 1, 2, 2.5 or 5 times a power of ten that is at least the step."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in NICE if factor * power >= step * (1 - 1e-9))


@dataclass(frozen=True)
class HistogramBar:
    """The number of values in `start`..`end`."""

    start: float
    end: float
    count: int


def histogram(values: Sequence[float]) -> tuple[HistogramBar, ...]:
    """Twenty bars of equal width from 0. The last also holds all values far above the 99th percentile."""
    largest = min(max(values), FAR * float(np.percentile(values, 99))) or 1
    counts, edges = np.histogram(np.minimum(values, largest), bins=BARS, range=(0, largest))
    pairs = zip(edges.tolist(), edges.tolist()[1:], counts.tolist(), strict=False)
    return tuple(HistogramBar(start, end, count) for start, end, count in pairs)


def around_zero(values: Sequence[float]) -> Axis:
    """An axis over all values, with 0 in its middle, 120 pixels wide."""
    reach = max((abs(value) for value in values), default=0) or 1
    return Axis(-reach, reach, 4, 116)
