"""Calibrated probability that the corpus answers the question: a logistic model over `evqa.features`.

The weights lie in `confidence.json` with the score that they had on questions left out;
`python -m eval.calibrate` fits them anew.
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import cast

from evqa.features import NAMES


@cache
def _model() -> dict[str, object]:
    return cast(dict[str, object], json.loads((files("evqa") / "confidence.json").read_text(encoding="utf-8")))


def probability(values: Sequence[float]) -> float:
    """Probability in 0..1, rounded to 4 places, for feature values in the order of `features.NAMES`."""
    model = _model()
    weights = cast(dict[str, float], model["weights"])
    total = cast(float, model["bias"]) + sum(weights[name] * value for name, value in zip(NAMES, values, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def threshold() -> float:
    """Confidence below which a question is refused."""
    return cast(float, _model()["threshold"])
