"""Selective answering: what is risked when only the most confident questions are answered.

El-Yaniv & Wiener, On the foundations of noise-free selective classification, JMLR 11, 2010; the area: Geifman, Uziel &
El-Yaniv, Bias-reduced uncertainty estimation for deep neural classifiers, ICLR 2019.

Here a question is lost when it is unanswerable, or its first passage holds no evidence. Groups have the shape
(…, questions, 2): the confidence, and the loss of answering (1 or 0).
"""

import numpy as np

from eval.measures.bootstrap import BOUNDS, resampled
from eval.measures.measures import Array, ties
from evqa.model import Record


class Point(Record):
    """Of the share `coverage` of the questions, the most confident, the share `risk` is lost; a 95 % interval."""

    coverage: float
    risk: float
    low: float
    high: float


def risks(answerable: Array, unanswerable: Array) -> Array:
    """(…, n): for each k from 1 to n, the share lost of the k most confident questions.

    Questions of equal confidence share their mean loss: any order of them is as good.
    """
    pairs = np.concatenate([answerable, unanswerable], axis=-2)
    order = np.argsort(-pairs[..., 0], axis=-1, kind="stable")
    falling = np.take_along_axis(-pairs[..., 0], order, axis=-1)
    lost = np.cumsum(np.take_along_axis(pairs[..., 1], order, axis=-1), axis=-1)
    before = np.concatenate([np.zeros((*lost.shape[:-1], 1)), lost], axis=-1)
    first, behind = ties(falling)
    within = np.take_along_axis(before, behind, -1) - np.take_along_axis(before, first, -1)
    counts = np.arange(1, lost.shape[-1] + 1)
    expected = np.take_along_axis(before, first, -1) + within * (counts - first) / (behind - first)
    return np.asarray(expected / counts)


def aurc(answerable: Array, unanswerable: Array) -> Array:
    """Area under the risk–coverage curve: the mean of the risks over k = 1…n; lower is better."""
    return np.asarray(risks(answerable, unanswerable).mean(axis=-1))


def curve(answerable: Array, unanswerable: Array) -> tuple[Point, ...]:
    """The risk–coverage curve, a point for each number of questions, with its bootstrap intervals."""
    values = risks(answerable, unanswerable)
    low, high = np.percentile(risks(*resampled(answerable, unanswerable)), BOUNDS, axis=0)
    columns = np.stack([np.arange(1, len(values) + 1) / len(values), values, low, high]).T.tolist()
    return tuple(Point(coverage=c, risk=r, low=lo, high=hi) for c, r, lo, hi in columns)
