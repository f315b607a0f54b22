"""Verdicts scored and calibrated."""

import numpy as np
import pytest

from eval.verification.calibrating import calibrated
from eval.verification.scoring import scored
from evqa.works.verdicts import VerdictWeights, probabilities

PLAIN = VerdictWeights(scale=1.0, supports=0.0, unclear=0.0, disagrees=0.0, least=0.0)
RIGHT = [[4.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 4.0]] * 4
TRUTH = [0, 1, 2] * 4
NAMES = [f"d-{place}" for place in range(12)]


def test_all_right() -> None:
    """Where every verdict is right all scores are 1, and the interval has no width."""
    found = scored(RIGHT, TRUTH, NAMES, PLAIN)
    assert (found.macro_f1, found.right, found.auroc_supports, found.auroc_disagrees) == (1.0, 1.0, 1.0, 1.0)
    assert found.low <= found.macro_f1 <= found.high
    assert found.ece == pytest.approx(1 - probabilities(RIGHT[0], PLAIN)[0], abs=0.001)


def test_a_verdict_that_is_always_the_same() -> None:
    """Always “unclear” is right for a third, with a macro F1 of a sixth, and tells nothing apart."""
    found = scored([[0.0, 4.0, 0.0]] * 12, TRUTH, NAMES, PLAIN)
    assert (found.right, found.macro_f1, found.auroc_supports) == (0.333, 0.167, 0.5)
    assert found.f1 == {"supports": 0.0, "unclear": 0.5, "disagrees": 0.0}


def test_calibration_makes_up_for_what_is_too_sure() -> None:
    """Scores that are right in two thirds of the cases get probabilities of about two thirds."""
    draw = np.random.default_rng(3)
    truth = draw.integers(0, 3, 900)
    given = np.where(draw.random(900) < 2 / 3, truth, draw.integers(0, 3, 900))
    scores = np.eye(3)[given] * 9
    weights = calibrated(scores, truth.tolist())
    sure = max(probabilities(scores[0].tolist(), weights))
    assert sure == pytest.approx((given == truth).mean(), abs=0.03)
