"""The risk–coverage curve with its area, and the bins of the reliability diagram."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.confidence import aurc, reliability, risk_coverage, risks
from eval.measures.measures import Array, ece

PAIRS = st.lists(
    st.tuples(st.sampled_from([0.1, 0.5, 0.9]) | st.floats(0, 1), st.sampled_from([0.0, 1.0])), min_size=1, max_size=20
).map(np.array)


def test_risks_by_hand() -> None:
    """From the surest question on: right, lost, right, lost."""
    answerable, unanswerable = np.array([[0.9, 0.0], [0.5, 0.0]]), np.array([[0.7, 1.0], [0.1, 1.0]])
    assert risks(answerable, unanswerable).tolist() == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert float(aurc(answerable, unanswerable)) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidences_share_their_loss() -> None:
    """Three questions as sure as each other, one of them lost: a third at each place."""
    answerable, unanswerable = np.array([[0.5, 0.0], [0.5, 0.0]]), np.array([[0.5, 1.0]])
    assert risks(answerable, unanswerable).tolist() == pytest.approx([1 / 3] * 3)


def test_a_perfect_order_is_best_and_the_reverse_worst() -> None:
    """Lost questions at the end give the least area, at the beginning the largest."""
    kept, lost = np.array([[0.9, 0.0], [0.8, 0.0]]), np.array([[0.2, 1.0], [0.1, 1.0]])
    assert risks(kept, lost).tolist() == pytest.approx([0, 0, 1 / 3, 1 / 2])
    assert risks(kept * [-1, 1], lost * [-1, 1]).tolist() == pytest.approx([1, 1, 2 / 3, 1 / 2])


@given(PAIRS, PAIRS, st.integers(0, 20))
def test_the_order_of_questions_is_nothing(answerable: Array, unanswerable: Array, shift: int) -> None:
    """Risks lie in 0..1, end at the share that is lost, and don't depend on the order of the questions."""
    found = risks(answerable, unanswerable)
    assert found.min() >= 0
    assert found.max() <= 1 + 1e-12
    assert found[-1] == pytest.approx(np.concatenate([answerable, unanswerable])[:, 1].mean())
    np.testing.assert_allclose(found, risks(np.roll(answerable, shift, axis=0), unanswerable), atol=1e-12)


@given(PAIRS, PAIRS, st.integers(0, 19))
def test_losing_a_question_surely_never_helps(answerable: Array, unanswerable: Array, place: int) -> None:
    """A question that is lost with all confidence lowers no risk: so silence, scored thus, never pays."""
    worse = answerable.copy()
    worse[place % len(worse)] = (np.inf, 1.0)
    assert (risks(worse, unanswerable) >= risks(answerable, unanswerable) - 1e-12).all()


def test_the_curve_has_a_point_for_each_question() -> None:
    """Coverage rises to 1, and each risk lies within its interval's reach of 0..1."""
    points = risk_coverage(np.array([[0.9, 0.0], [0.8, 1.0]]), np.array([[0.2, 1.0]]))
    assert [point.coverage for point in points] == pytest.approx([1 / 3, 2 / 3, 1])
    assert [point.risk for point in points] == pytest.approx([0, 1 / 2, 2 / 3])
    assert all(0 <= point.low <= point.high <= 1 + 1e-12 for point in points)


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
