"""Intervals by resampling the questions."""

from collections.abc import Callable

import numpy as np
from pydantic import Field

from eval.measures.measures import Array
from evqa.model import Record

RESAMPLES = 2000
SEED = 20250
BOUNDS = (2.5, 97.5)


class Figure(Record):
    """A measure's value over `questions` questions, with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float
    questions: int = Field(ge=1)


def resampled(*groups: Array) -> list[Array]:
    """Each group, questions on its first axis, drawn 2,000 times with replacement: shape (2000, questions, …).

    The seed is fixed, so groups of the same sizes see the same questions drawn. Each group is resampled on its own,
    so that the numbers of answerable and unanswerable questions stay.
    """
    draws = np.random.default_rng(SEED)
    return [group[draws.integers(0, len(group), (RESAMPLES, len(group)))] for group in groups]


def figure(measure: Callable[..., Array], *groups: Array) -> Figure:
    """The measure of the groups with its percentile bootstrap interval.

    Efron & Tibshirani, An introduction to the bootstrap, 1993, chapter 13.
    """
    low, high = np.percentile(measure(*resampled(*groups)), BOUNDS)
    size = sum(len(group) for group in groups)
    return Figure(value=float(measure(*groups)), low=float(low), high=float(high), questions=size)
