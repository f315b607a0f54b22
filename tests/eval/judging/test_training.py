"""The loss that teaches the judge, and the candidates that a step draws."""

import random

import pytest
import torch

from eval.judging.training import Recipe, drawn_candidates, question_loss


def loss(scores: list[float], grades: list[int]) -> float:
    return question_loss(torch.tensor(scores), grades, 0.5).item()


def test_the_loss_wants_what_answers_first() -> None:
    """It falls as the answer's score rises, and as that of what doesn't answer falls."""
    assert loss([3.0, -1.0], [3, 0]) < loss([1.0, -1.0], [3, 0]) < loss([1.0, 1.0], [3, 0]) < loss([-1.0, 1.0], [3, 0])


def test_where_nothing_answers_all_scores_should_be_low() -> None:
    """The null candidate takes the place of an answer."""
    assert loss([-3.0, -3.0], [0, 1]) < loss([0.0, 0.0], [0, 1]) < loss([0.0, 3.0], [0, 1])


def test_a_partial_answer_lies_between() -> None:
    """It should score above what says nothing, and not as high as an answer."""
    assert loss([0.0, -3.0], [2, 0]) < loss([-3.0, -3.0], [2, 0])
    assert loss([0.0, -3.0], [2, 0]) < loss([4.0, -3.0], [2, 0])


def test_a_step_draws_answers_and_hard_rivals() -> None:
    """All that answers, up to three, then others among the best; never one twice, never more than asked for."""
    draw = random.Random(1)
    grades = [0, 3, 2, 0, 1, 3, 0, 0, 3, 3, *[0] * 10]
    for _ in range(50):
        places = drawn_candidates(grades, 8, draw)
        assert len(places) == len(set(places)) == 8
        assert sum(grades[place] == 3 for place in places) == 3
        assert sum(grades[place] == 2 for place in places) == 1
    assert sorted(drawn_candidates([0, 0], 8, draw)) == [0, 1]


@pytest.mark.parametrize("name", ["epochs", "rate", "limit"])
def test_a_recipe_is_positive_by_default(name: str) -> None:
    """Nothing of the default recipe would train for no time."""
    assert getattr(Recipe(), name) > 0
