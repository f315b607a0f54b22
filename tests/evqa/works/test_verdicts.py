"""Verdicts, decided from scores."""

import pytest

from evqa.works.verdicts import VerdictWeights, decided, probabilities, verdict_weights

PLAIN = VerdictWeights(scale=1.0, supports=0.0, unclear=0.0, disagrees=0.0, least=0.0)


def test_probabilities_add_up_and_follow_the_scores() -> None:
    """They are the softmax of the scaled scores with biases, however large these are."""
    assert probabilities((1.0, 1.0, 1.0), PLAIN) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert sum(probabilities((900.0, -900.0, 3.0), PLAIN)) == pytest.approx(1.0)
    biased = PLAIN.model_copy(update={"disagrees": 5.0})
    assert probabilities((1.0, 1.0, 1.0), biased)[2] > 0.9
    sharper = PLAIN.model_copy(update={"scale": 2.0})
    assert probabilities((2.0, 1.0, 0.0), sharper)[0] > probabilities((2.0, 1.0, 0.0), PLAIN)[0]


@pytest.mark.parametrize(
    ("scores", "outcome"), [((3.0, 0.0, 0.0), "supports"), ((0.0, 3.0, 0.0), "unclear"), ((0.0, 0.0, 3.0), "disagrees")]
)
def test_the_most_probable_outcome_is_given_with_its_probability(scores: tuple[float, ...], outcome: str) -> None:
    """Each outcome can be given; the probability is that of the outcome."""
    found = decided(scores, PLAIN)
    assert found.outcome == outcome
    assert found.probability == round(max(probabilities(scores, PLAIN)), 3)


def test_unclear_is_the_default() -> None:
    """An outcome that isn't probable enough is unclear, with the probability of that."""
    found = decided((1.0, 0.5, 0.9), PLAIN.model_copy(update={"least": 0.6}))
    assert found.outcome == "unclear"
    assert found.probability == round(probabilities((1.0, 0.5, 0.9), PLAIN)[1], 3)


def test_the_shipped_weights_keep_the_order_of_the_scores() -> None:
    """With the weights that come with evqa a clear score is given as what it is."""
    assert verdict_weights().scale > 0
    assert [decided(scores).outcome for scores in ((9.0, 0.0, 0.0), (0.0, 9.0, 0.0), (0.0, 0.0, 9.0))] == [
        "supports",
        "unclear",
        "disagrees",
    ]
