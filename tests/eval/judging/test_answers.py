"""Measures of whole answers over documents."""

import pytest

from eval.judging.answers import Outcome, Scores
from eval.judging.body import BodyQuestion


def made(document: str, answerable: bool, confidence: float, rank: int = 0, shown: bool = True) -> Outcome:
    question = BodyQuestion(id="q", question="Why?", kind="factoid" if answerable else "unanswerable")
    return Outcome(document, question, shown, confidence, rank, rank == 1, shown and rank == 1)


OUTCOMES = [
    made("a", True, 0.9, 1),
    made("a", True, 0.6, 3),
    made("a", False, 0.7),
    made("b", True, 0.2, shown=False),
    made("b", True, 0.8, 1),
    made("b", False, 0.1, shown=False),
]


def test_the_measures() -> None:
    """Worked by hand: four answerable questions, two unanswerable, as many as two to one."""
    found = {name: value for name, value, *_ in Scores(OUTCOMES).measures()}
    assert found["hit@1"] == 0.5
    assert found["hit@5"] == 0.75
    assert found["answerable refused"] == 0.25
    assert found["unanswerable refused"] == 0.5
    assert found["shown and right"] == 0.5
    assert found["AUROC"] == pytest.approx(6 / 8)
    # Shown: .9 and .8 right, .6 and .7 wrong, each in a bin of its own.
    assert found["ECE of what is shown"] == pytest.approx((0.1 + 0.2 + 0.6 + 0.7) / 4)


def test_shown_and_right_stands_for_two_to_one() -> None:
    """Twice the unanswerable questions with the same outcomes change nothing in what stands for two to one."""
    more = [*OUTCOMES, *(each for each in OUTCOMES if not each.question.is_answerable)]
    for name in ("shown and right", "ECE of what is shown"):
        few, many = ({name: value for name, value, *_ in Scores(each).measures()}[name] for each in (OUTCOMES, more))
        assert few == pytest.approx(many)


def test_intervals_hold_the_value() -> None:
    """Each lies around its value, and one document alone gives no width."""
    for name, value, low, high in Scores(OUTCOMES).measures():
        assert low - 1e-9 <= value <= high + 1e-9, name
    alone = [each for each in OUTCOMES if each.document == "a"]
    assert all(low == high for _, _, low, high in Scores(alone).measures())
