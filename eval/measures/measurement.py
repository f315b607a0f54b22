"""A measure over a set of questions, with its 95 % interval, and the difference between two systems.

Intervals come from resampling the questions, p values from exchanging the two systems. Seeds are fixed: the same data
give the same numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from pydantic import Field

from eval.measures.measures import Array, Bools
from evqa.model import Record

RESAMPLES = 2000
SEED = 20250
BOUNDS = (2.5, 97.5)
PERMUTATIONS = 10_000
BLOCK = 500
SAME = 1e-12


class Estimate(Record):
    """The value of a measure over `questions` questions, with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float
    questions: int = Field(ge=1)


class Difference(Record):
    """A measure of system `a` and of system `b` over the same questions.

    `difference` is b − a, with the bounds of its 95 % interval. `p` is the two-sided p value of the randomisation test.
    """

    a: float
    b: float
    difference: float
    low: float
    high: float
    p: float = Field(gt=0, le=1)
    questions: int = Field(ge=1)


@dataclass(frozen=True)
class Measurement:
    """A measure, and the groups of values that it takes. The first axis of each group is the questions."""

    measure: Callable[..., Array]
    groups: tuple[Array, ...]

    @property
    def estimate(self) -> Estimate:
        """The measure's value with its interval."""
        return estimate(self.measure, *self.groups)

    def against(self, other: "Measurement") -> Difference:
        """How far `other`, measured on the same questions, lies above this one."""
        return difference(self.measure, self.groups, other.groups)


Measurements: TypeAlias = dict[str, Measurement]


def estimates(measurements: Measurements) -> dict[str, Estimate]:
    """The estimate of every measurement, by its name."""
    return {name: measurement.estimate for name, measurement in measurements.items()}


def resampled(*groups: Array) -> list[Array]:
    """Draw each group's questions 2,000 times with replacement: arrays of shape (2000, questions, …).

    Groups of the same size get the same draws. Each group is drawn on its own, so the numbers of answerable and of
    unanswerable questions stay the same.
    """
    generator = np.random.default_rng(SEED)
    return [group[generator.integers(0, len(group), (RESAMPLES, len(group)))] for group in groups]


def estimate(measure: Callable[..., Array], *groups: Array) -> Estimate:
    """The measure of the groups with its percentile bootstrap interval.

    Efron & Tibshirani, An introduction to the bootstrap, 1993, chapter 13.
    """
    low, high = np.percentile(measure(*resampled(*groups)), BOUNDS)
    size = sum(len(group) for group in groups)
    return Estimate(value=float(measure(*groups)), low=float(low), high=float(high), questions=size)


def difference(measure: Callable[..., Array], a: Sequence[Array], b: Sequence[Array]) -> Difference:
    """Compare a measure of two systems: group g of `a` and of `b` holds the same questions in the same order.

    The interval is a percentile bootstrap with the same resampled questions for both systems. p is that of a paired
    randomisation test with 10,000 permutations. Each permutation swaps the two systems on a random half of the
    questions. p is the share of permutations, the observed one counted, whose difference is at least as large in
    absolute value.
    Smucker, Allan & Carterette, A comparison of statistical significance tests for information retrieval evaluation,
    CIKM 2007; counting the observation: Phipson & Smyth, Permutation p-values should never be zero, 2010.
    """
    first, second = float(measure(*a)), float(measure(*b))
    low, high = np.percentile(measure(*resampled(*b)) - measure(*resampled(*a)), BOUNDS)
    return Difference(
        a=first,
        b=second,
        difference=second - first,
        low=float(low),
        high=float(high),
        p=_p_value(measure, a, b, abs(second - first)),
        questions=sum(len(group) for group in a),
    )


def _p_value(measure: Callable[..., Array], a: Sequence[Array], b: Sequence[Array], observed: float) -> float:
    generator = np.random.default_rng(SEED)
    extreme = 0
    for _ in range(PERMUTATIONS // BLOCK):
        swaps = [generator.random((BLOCK, len(group))) < 0.5 for group in a]
        permuted = measure(*_swapped(a, b, swaps)) - measure(*_swapped(b, a, swaps))
        extreme += int((np.abs(permuted) >= observed - SAME).sum())
    return (extreme + 1) / (PERMUTATIONS + 1)


def _swapped(kept: Sequence[Array], other: Sequence[Array], swaps: Sequence[Bools]) -> list[Array]:
    """The values of `kept`, or of `other` where a question is swapped: arrays of shape (BLOCK, questions, …)."""
    return [
        np.where(swap.reshape(*swap.shape, *[1] * (values.ndim - 1)), replacement, values)
        for values, replacement, swap in zip(kept, other, swaps, strict=True)
    ]
