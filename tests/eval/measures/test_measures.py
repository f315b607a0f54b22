"""Measures keep to their definitions, ranges and independent implementations."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import measures
from eval.measures.measures import Array

NUMBERS = st.lists(st.integers(1, 8), max_size=6)
CONFIDENCES = st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=30).map(np.array)
OF_CONFIDENCE = [measures.auroc, measures.refusals, measures.brier, measures.ece]
OF_DECISION = [measures.accuracy, measures.true_refusals, measures.false_refusals]


def test_evidence_within_the_first_characters() -> None:
    """Characters are counted over the joined passages, and an anchor cut by the limit isn't found."""
    texts = ["x" * 10, "the anchor"]
    assert [measures.within(["theanchor"], texts, limit) for limit in (10, 20, 21)] == [0.0, 0.0, 1.0]
    assert measures.within(["theanchor"], [], 500) == 0.0


@pytest.mark.parametrize(
    ("gold", "answer", "expected"),
    [
        ([1, 2], [1, 2], (1, 1, 1)),
        ([1, 2], [2, 2, 3], (1 / 2, 1 / 2, 1 / 2)),
        ([1, 2, 3, 4], [1], (1, 1 / 4, 2 / 5)),
        ([1], [], (0, 0, 0)),
        ([1], [2], (0, 0, 0)),
        ([], [], (1, 1, 1)),
        ([], [1], (0, 0, 0)),
    ],
)
def test_reference_measures(gold: list[int], answer: list[int], expected: tuple[float, float, float]) -> None:
    """Precision, recall and F1 of sets; where nothing is cited, only an empty list is right."""
    found = (measures.precision(gold, answer), measures.recall(gold, answer), measures.f1(gold, answer))
    assert found == pytest.approx(expected)


@given(NUMBERS, NUMBERS)
def test_reference_measures_stay_in_range(gold: list[int], answer: list[int]) -> None:
    """Each lies in 0..1; F1 lies between precision and recall and is their harmonic mean."""
    p, r, f = measures.precision(gold, answer), measures.recall(gold, answer), measures.f1(gold, answer)
    assert 0 <= min(p, r) <= f + 1e-12
    assert f <= max(p, r) + 1e-12 <= 1 + 2e-12
    assert f == pytest.approx(2 * p * r / (p + r) if p + r else 0)


@given(CONFIDENCES, CONFIDENCES)
def test_auroc_is_the_share_of_ordered_pairs(answerable: Array, unanswerable: Array) -> None:
    """The rank formula counts pairs, ties one half."""
    difference = answerable[:, None] - unanswerable[None, :]
    expected = ((difference > 0) + 0.5 * (difference == 0)).mean()
    assert measures.auroc(answerable, unanswerable) == pytest.approx(expected)


def test_auroc_and_brier_agree_with_scikit_learn() -> None:
    """On confidences with many ties the figures are those of scikit-learn."""
    sklearn = pytest.importorskip("sklearn.metrics", reason="scikit-learn isn't installed")
    draws = np.random.default_rng(1)
    answerable, unanswerable = draws.integers(3, 11, 90) / 10, draws.integers(0, 9, 40) / 10
    truth, confidence = np.repeat([1, 0], [90, 40]), np.concatenate([answerable, unanswerable])
    assert measures.auroc(answerable, unanswerable) == pytest.approx(sklearn.roc_auc_score(truth, confidence))
    assert measures.brier(answerable, unanswerable) == pytest.approx(sklearn.brier_score_loss(truth, confidence))


def test_midranks_agree_with_scipy() -> None:
    """Ranks with ties, row by row, are those of scipy."""
    stats = pytest.importorskip("scipy.stats", reason="scipy isn't installed")
    values = np.random.default_rng(2).integers(0, 6, (5, 20)).astype(float)
    np.testing.assert_array_equal(measures.midranks(values), stats.rankdata(values, axis=-1))


@pytest.mark.parametrize(("unlucky", "expected"), [(0, 1.0), (1, 1.0), (2, 0.0)])
def test_refusals_keep_to_the_allowed_false_ones(unlucky: int, expected: float) -> None:
    """Of 20 answerable questions one may be refused, not two."""
    answerable = np.array([0.1] * unlucky + [0.9] * (20 - unlucky))
    assert measures.refusals(answerable, np.array([0.2, 0.3])) == expected


@given(CONFIDENCES, CONFIDENCES)
def test_refusals_are_the_best_threshold(answerable: Array, unanswerable: Array) -> None:
    """No threshold within the limit refuses more."""
    thresholds = [*answerable, *unanswerable, 2.0]
    allowed = [t for t in thresholds if (answerable < t).mean() <= 0.05]
    best = max([(unanswerable < t).mean() for t in allowed], default=0.0)
    assert measures.refusals(answerable, unanswerable) == pytest.approx(best)


def test_calibration_error_by_hand() -> None:
    """Two bins, one off by .05 and one by .45: their mean weighted by size."""
    answerable, unanswerable = np.array([0.95, 0.95]), np.array([0.45, 0.45])
    assert measures.ece(answerable, unanswerable) == pytest.approx(0.25)


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_a_right_confidence_is_perfect(confidence: float) -> None:
    """1 for every answerable and 0 for every unanswerable question is perfect; the reverse is worst."""
    sure, unsure = np.full(7, confidence), np.full(5, 1 - confidence)
    assert measures.auroc(sure, unsure) == measures.refusals(sure, unsure) == confidence
    assert measures.ece(sure, unsure) == measures.brier(sure, unsure) == 1 - confidence


@given(CONFIDENCES, CONFIDENCES)
def test_measures_of_confidence_stay_in_range(answerable: Array, unanswerable: Array) -> None:
    """Every one lies in 0..1."""
    for measure in OF_CONFIDENCE:
        assert 0 <= measure(answerable, unanswerable) <= 1 + 1e-12


def test_decisions_are_counted() -> None:
    """Accuracy, right and false refusals of 4 answerable and 2 unanswerable questions."""
    answered = np.array([1.0, 1, 1, 0]), np.array([0.0, 1])
    assert [float(measure(*answered)) for measure in OF_DECISION] == pytest.approx([4 / 6, 1 / 2, 1 / 4])


@pytest.mark.parametrize("measure", [*OF_CONFIDENCE, *OF_DECISION])
def test_many_resamples_are_measured_at_once(measure: Callable[[Array, Array], Array]) -> None:
    """Rows of a matrix give what each row gives alone."""
    draws = np.random.default_rng(3)
    answerable = draws.integers(0, 2, (6, 9)).astype(np.float64)
    unanswerable = draws.integers(0, 2, (6, 5)).astype(np.float64)
    alone = [float(measure(a, u)) for a, u in zip(answerable, unanswerable, strict=True)]
    assert measure(answerable, unanswerable) == pytest.approx(alone)
