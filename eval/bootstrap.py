"""Intervals by resampling the questions."""

from collections.abc import Callable

import numpy as np
from pydantic import Field

from eval.measures import Array
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


def figure(measure: Callable[..., Array], *groups: Array) -> Figure:
    """The measure of the groups with its percentile bootstrap interval: 2,000 resamples, fixed seed.

    Each group, shape (questions,), is resampled on its own with replacement, so that the numbers of answerable
    and unanswerable questions stay; measures of the same groups see the same resamples.
    Efron & Tibshirani, An introduction to the bootstrap, 1993, chapter 13.
    """
    draws = np.random.default_rng(SEED)
    resampled = [group[draws.integers(0, len(group), (RESAMPLES, len(group)))] for group in groups]
    low, high = np.percentile(measure(*resampled), BOUNDS)
    size = sum(len(group) for group in groups)
    return Figure(value=float(measure(*groups)), low=float(low), high=float(high), questions=size)
