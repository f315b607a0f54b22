"""Two systems on the same questions: how far apart they are, and whether chance could have done it."""

from collections.abc import Callable, Sequence

import numpy as np
from pydantic import Field

from eval.measures.bootstrap import BOUNDS, SEED, resampled
from eval.measures.measures import Array, Bools
from evqa.model import Record

PERMUTATIONS = 10_000
BLOCK = 500
SAME = 1e-12


class Difference(Record):
    """A measure of system `a` and of system `b` over the same questions.

    `difference` is b − a, with the bounds of its 95 % interval; `p` the two-sided p value of the randomisation test.
    """

    a: float
    b: float
    difference: float
    low: float
    high: float
    p: float = Field(gt=0, le=1)
    questions: int = Field(ge=1)


def difference(measure: Callable[..., Array], a: Sequence[Array], b: Sequence[Array]) -> Difference:
    """Compares the measure of paired groups: group g of `a` and of `b` holds the same questions in the same order.

    Interval: percentile bootstrap, the same resampled questions for both. p: paired randomisation test, 10,000
    permutations with a fixed seed; each swaps the two systems on a random half of the questions, and p is the share
    (its own observation counted) in which the difference is at least as large, whatever its sign.
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
        p=_p(measure, a, b, abs(second - first)),
        questions=sum(len(group) for group in a),
    )


def _p(measure: Callable[..., Array], a: Sequence[Array], b: Sequence[Array], observed: float) -> float:
    draws = np.random.default_rng(SEED)
    extreme = 0
    for _ in range(PERMUTATIONS // BLOCK):
        swaps = [draws.random((BLOCK, len(group))) < 0.5 for group in a]
        changed = measure(*_swapped(a, b, swaps)) - measure(*_swapped(b, a, swaps))
        extreme += int((np.abs(changed) >= observed - SAME).sum())
    return (extreme + 1) / (PERMUTATIONS + 1)


def _swapped(kept: Sequence[Array], other: Sequence[Array], swaps: Sequence[Bools]) -> list[Array]:
    """(BLOCK, questions, …): the kept system's values, where a question is swapped the other's."""
    return [
        np.where(swap.reshape(*swap.shape, *[1] * (own.ndim - 1)), its, own)
        for own, its, swap in zip(kept, other, swaps, strict=True)
    ]
