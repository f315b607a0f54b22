"""The reliability diagram's bins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.measures import Array, ece
from eval.measures.reliability import reliability

CONFIDENCES = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


def test_bins_by_hand() -> None:
    """Three questions at .95, two of them answerable; one unanswerable at 0: two bins, the empty ones left out."""
    lowest, highest = reliability(np.array([0.95, 0.95]), np.array([0.95, 0.0]))
    assert (lowest.start, lowest.end, lowest.questions, lowest.answerable) == (0, 0.1, 1, 0)
    assert (highest.start, highest.end, highest.questions) == (0.9, 1.0, 3)
    assert [highest.confidence, highest.answerable] == pytest.approx([0.95, 2 / 3])
    assert highest.low <= highest.answerable <= highest.high


@given(CONFIDENCES, CONFIDENCES)
def test_bins_add_up_to_the_calibration_error(answerable: Array, unanswerable: Array) -> None:
    """Every question is in one bin, and their gaps weighted by size are the ECE."""
    bins = reliability(answerable, unanswerable)
    size = len(answerable) + len(unanswerable)
    assert sum(one.questions for one in bins) == size
    gaps = sum(abs(one.confidence - one.answerable) * one.questions for one in bins)
    assert gaps / size == pytest.approx(float(ece(answerable, unanswerable)), abs=1e-9)
