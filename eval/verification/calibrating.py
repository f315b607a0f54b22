"""Fit how a verifier's scores become probabilities."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from evqa.works.verdicts import OUTCOMES, VerdictWeights
from index.models.embedding import Doubles

# How strongly biases are held near nothing: a few hundred pairs tell little.
HELD = 0.02
# A verdict other than "unclear" is given only where it is more likely than not. That costs macro F1 (.613 to .556 of
# 223 pairs) and makes "disagrees" more precise (.50 to .67).
LEAST = 0.5


def calibrated(scores: Doubles, outcomes: Sequence[int]) -> VerdictWeights:
    """The scale and biases under which the outcomes are most likely (Guo et al., On Calibration of Modern Neural
    Networks, ICML 2017, with a bias for each outcome)."""
    truth = np.array(outcomes)

    def loss(values: Doubles) -> float:
        given = scores * np.exp(values[0]) + np.array([values[1], 0.0, values[2]])
        highest = given.max(axis=1, keepdims=True)
        logs = given - highest - np.log(np.exp(given - highest).sum(axis=1, keepdims=True))
        return float(-logs[np.arange(len(truth)), truth].mean() + HELD * (values[1:] ** 2).sum())

    found = minimize(loss, np.zeros(3), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-7}).x
    values = dict(zip(OUTCOMES, (float(found[1]), 0.0, float(found[2])), strict=True))
    rounded = {name: round(value, 4) for name, value in values.items()}
    return VerdictWeights(scale=round(float(np.exp(found[0])), 4), least=LEAST, **rounded)
