"""Curves over confidence: the risk–coverage curve and the reliability diagram.

Risk and coverage: El-Yaniv & Wiener, On the foundations of noise-free selective classification, JMLR 11, 2010. The area
under the curve: Geifman, Uziel & El-Yaniv, Bias-reduced uncertainty estimation for deep neural classifiers, ICLR 2019.
Reliability: DeGroot & Fienberg, The comparison and evaluation of forecasters, The Statistician 32, 1983.

A question is lost when it is unanswerable, or when its first passage holds no evidence. The functions on risk take
groups of shape (…, questions, 2): the confidence, and the loss of answering (1 or 0).
"""

import numpy as np

from eval.measures.measurement import BOUNDS, estimate, resampled
from eval.measures.measures import BINS, Array, mean, ties
from evqa.model import Record


class RiskPoint(Record):
    """When the most confident share `coverage` of the questions is answered, the share `risk` of them is lost.

    `low` and `high` bound the 95 % interval of the risk.
    """

    coverage: float
    risk: float
    low: float
    high: float


class ReliabilityBin(Record):
    """The questions with a confidence in `start`..`end`.

    `confidence` is their mean confidence, `answerable` the share of them that is answerable, with a 95 % interval.
    """

    start: float
    end: float
    questions: int
    confidence: float
    answerable: float
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


def risk_coverage(answerable: Array, unanswerable: Array) -> tuple[RiskPoint, ...]:
    """The risk–coverage curve: one point for each number of questions, with bootstrap intervals."""
    values = risks(answerable, unanswerable)
    low, high = np.percentile(risks(*resampled(answerable, unanswerable)), BOUNDS, axis=0)
    columns = np.stack([np.arange(1, len(values) + 1) / len(values), values, low, high]).T.tolist()
    return tuple(RiskPoint(coverage=c, risk=r, low=lo, high=hi) for c, r, lo, hi in columns)


def reliability(answerable: Array, unanswerable: Array) -> tuple[ReliabilityBin, ...]:
    """The bins of equal width that hold a question, lowest first, from the confidences (0..1) of the two groups."""
    confidence = np.concatenate([answerable, unanswerable])
    truth = np.repeat([1.0, 0.0], [len(answerable), len(unanswerable)])
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(_bin(place, confidence[places == place], truth[places == place]) for place in np.unique(places))


def _bin(place: int, confidence: Array, truth: Array) -> ReliabilityBin:
    share = estimate(mean, truth)
    return ReliabilityBin(
        start=place / BINS,
        end=(place + 1) / BINS,
        questions=len(truth),
        confidence=float(confidence.mean()),
        answerable=share.value,
        low=share.low,
        high=share.high,
    )
