"""Measures that no library has in this form, each by its published definition.

Measures of one question take its gold and what the system returned. Measures of a whole set take arrays whose last axis
is the questions, so one call measures many resamples. Higher is better, except for ECE, Brier and false refusals.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from evqa.language.words import squeeze

Array: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
BINS = 10


def within(anchors: Sequence[str], texts: Iterable[str], characters: int) -> float:
    """in<N>c: 1 when an anchor is inside the first N characters (code points) of the passages joined by newlines.

    It compares systems whose passages differ in length by how much a reader has to read.
    """
    beginning = squeeze("\n".join(texts)[:characters])
    return float(any(anchor in beginning for anchor in anchors))


def precision(gold: Iterable[int], given: Iterable[int]) -> float:
    """Share of the given reference numbers that are gold; where gold is empty, 1 for an empty list, else 0.

    Set-based precision: van Rijsbergen, Information retrieval, 1979.
    """
    right, gold_count, given_count = _overlap(gold, given)
    return _share(right, given_count) if gold_count else float(not given_count)


def recall(gold: Iterable[int], given: Iterable[int]) -> float:
    """Share of the gold reference numbers that are given; where gold is empty, 1 for an empty list, else 0.

    Set-based recall: van Rijsbergen, Information retrieval, 1979.
    """
    right, gold_count, given_count = _overlap(gold, given)
    return _share(right, gold_count) if gold_count else float(not given_count)


def f1(gold: Iterable[int], given: Iterable[int]) -> float:
    """Harmonic mean of precision and recall of one question; their mean over questions is macro-averaged.

    van Rijsbergen, Information retrieval, 1979 (F with beta = 1).
    """
    right, gold_count, given_count = _overlap(gold, given)
    return _share(2 * right, gold_count + given_count) if gold_count else float(not given_count)


def _overlap(gold: Iterable[int], given: Iterable[int]) -> tuple[int, int, int]:
    """How many numbers are in both, how many are gold, how many are given."""
    gold_set, given_set = set(gold), set(given)
    return len(gold_set & given_set), len(gold_set), len(given_set)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def mean(values: Array) -> Array:
    """Arithmetic mean over the questions."""
    return np.asarray(values.mean(axis=-1))


def ties(ordered: Array) -> tuple[Integers, Integers]:
    """For each place along the last axis of ordered values: where the run of equal values begins, and where it ends."""
    size = ordered.shape[-1]
    place = np.broadcast_to(np.arange(size), ordered.shape)
    changes = ordered[..., 1:] != ordered[..., :-1]
    edge = np.ones((*ordered.shape[:-1], 1), dtype=bool)
    first = np.maximum.accumulate(np.where(np.concatenate([edge, changes], -1), place, 0), axis=-1)
    behind = np.where(np.concatenate([changes, edge], -1), place + 1, size)
    return first, np.minimum.accumulate(behind[..., ::-1], axis=-1)[..., ::-1]


def midranks(values: Array) -> Array:
    """Ranks from 1 along the last axis; equal values share the mean of their ranks."""
    order = np.argsort(values, axis=-1)
    first, behind = ties(np.take_along_axis(values, order, axis=-1))
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, (first + behind + 1) / 2, axis=-1)
    return ranks


def auroc(answerable: Array, unanswerable: Array) -> Array:
    """Chance that an answerable question has more confidence than an unanswerable one; a tie counts one half.

    By the rank formula U / (a · u): Mann & Whitney 1947; Hanley & McNeil, Radiology 143, 1982.
    """
    count = answerable.shape[-1]
    ranks = midranks(np.concatenate([answerable, unanswerable], axis=-1))
    above = ranks[..., :count].sum(axis=-1) - count * (count + 1) / 2
    return np.asarray(above / (count * unanswerable.shape[-1]))


def refusals(answerable: Array, unanswerable: Array, percent: int = 5) -> Array:
    """Share of unanswerable questions refused when at most `percent` % of the answerable ones are refused.

    A question is refused when its confidence lies below a threshold, the highest that keeps to this limit.
    A point of the ROC curve: Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006.
    """
    allowed = answerable.shape[-1] * percent // 100
    threshold = np.sort(answerable, axis=-1)[..., allowed, None]
    return mean((unanswerable < threshold).astype(float))


def brier(answerable: Array, unanswerable: Array) -> Array:
    """Mean squared distance of confidence (0..1) from 1 for answerable and 0 for unanswerable questions.

    Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78, 1950.
    """
    return mean(np.concatenate([1 - answerable, unanswerable], axis=-1) ** 2)


def ece(answerable: Array, unanswerable: Array) -> Array:
    """Expected calibration error over 10 bins of equal width: |mean confidence − share answerable|, weighted by size.

    Naeini, Cooper & Hauskrecht, AAAI 2015; Guo et al., On calibration of modern neural networks, ICML 2017.
    Its bootstrap distribution lies above the figure itself, since resampling adds noise to every bin.
    """
    confidence = np.concatenate([answerable, unanswerable], axis=-1)
    gap = np.concatenate([answerable - 1, unanswerable], axis=-1)
    filled = np.minimum((confidence * BINS).astype(int), BINS - 1)
    sums = [np.abs(np.where(filled == place, gap, 0).sum(axis=-1)) for place in range(BINS)]
    return np.asarray(sum(sums) / confidence.shape[-1])


def accuracy(answerable: Array, unanswerable: Array) -> Array:
    """Share of questions rightly answered or rightly refused; arrays hold 1 for answered and 0 for refused."""
    return mean(np.concatenate([answerable, 1 - unanswerable], axis=-1))


def false_refusals(answerable: Array, _unanswerable: Array) -> Array:
    """Share of answerable questions that the system refused; 1 = answered, 0 = refused."""
    return mean(1 - answerable)


def true_refusals(_answerable: Array, unanswerable: Array) -> Array:
    """Share of unanswerable questions that the system refused; 1 = answered, 0 = refused."""
    return mean(1 - unanswerable)
