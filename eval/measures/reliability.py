"""Reliability: how often questions of a confidence are answerable, over the bins of ECE.

DeGroot & Fienberg, The comparison and evaluation of forecasters, The Statistician 32, 1983.
"""

import numpy as np

from eval.measures.bootstrap import figure
from eval.measures.measures import BINS, Array, mean
from evqa.model import Record


class Bin(Record):
    """Of `questions` with a confidence in `start`..`end`, its mean, and the share answerable with a 95 % interval."""

    start: float
    end: float
    questions: int
    confidence: float
    answerable: float
    low: float
    high: float


def reliability(answerable: Array, unanswerable: Array) -> tuple[Bin, ...]:
    """The bins of equal width that hold a question, lowest first, from confidences (0..1) of the two groups."""
    confidence = np.concatenate([answerable, unanswerable])
    truth = np.repeat([1.0, 0.0], [len(answerable), len(unanswerable)])
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(_bin(place, confidence[places == place], truth[places == place]) for place in np.unique(places))


def _bin(place: int, confidence: Array, truth: Array) -> Bin:
    share = figure(mean, truth)
    return Bin(
        start=place / BINS,
        end=(place + 1) / BINS,
        questions=len(truth),
        confidence=float(confidence.mean()),
        answerable=share.value,
        low=share.low,
        high=share.high,
    )
