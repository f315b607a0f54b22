"""Calibrated probability that the corpus answers the question: a logistic model over `evqa.refusal.features`."""

import math
from collections.abc import Sequence

from evqa.fitted import fitted
from evqa.refusal.features import NAMES


def probability(values: Sequence[float]) -> float:
    """Probability in 0..1, rounded to 4 places, for feature values in the order of `features.NAMES`."""
    model = fitted().confidence
    total = model.bias + sum(model.weights[name] * value for name, value in zip(NAMES, values, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def threshold() -> float:
    """Confidence below which a question is refused."""
    return fitted().confidence.threshold
