"""A logistic model's probability."""

import math
from collections.abc import Mapping, Sequence

# Log odds beyond this change no digit that is kept, and much larger ones can't be computed with.
FAR = 30.0
DECIMALS = 4


def logistic(bias: float, weights: Mapping[str, float], names: Sequence[str], values: Sequence[float]) -> float:
    """Probability in 0..1, rounded to 4 places, for the values of the features that have these names."""
    total = bias + sum(weights[name] * value for name, value in zip(names, values, strict=True))
    return round(1 / (1 + math.exp(-max(-FAR, min(FAR, total)))), DECIMALS)
