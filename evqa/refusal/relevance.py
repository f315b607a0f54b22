"""Confidence from a judge's relevances: the probability that the claims shown answer the question."""

import math
from collections.abc import Sequence

from evqa.answering.ranking import Ranked, Ranking
from evqa.fitted import fitted

NAMES = ("best", "second", "lead")
# The sign of each weight, which the fit keeps.
SIGNS = (1, 1, 1)
# Log odds beyond this say no more.
SURE = 6.0


def relevance_features(ranked: Sequence[Ranked]) -> tuple[float, ...]:
    """Values of `NAMES` for judged passages, best first.

    best, second: log odds of the first and of the second relevance; a second passage that answers, too, speaks for
    both. lead: how far the best stands above the mean of the others, in log odds.
    """
    odds = [log_odds(each.relevance or 0.0) for each in ranked if each.relevance is not None]
    best = odds[0]
    second = odds[1] if len(odds) > 1 else -SURE
    rest = odds[1:] or [-SURE]
    return best, second, best - sum(rest) / len(rest)


def log_odds(probability: float) -> float:
    """The log odds of a probability, within -SURE and SURE."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return min(max(math.log(bounded / (1 - bounded)), -SURE), SURE)


def judged_confidence(ranking: Ranking) -> float:
    """The confidence (0..1) in what a judged ranking has first, rounded to 4 places.

    A judge that says probabilities which need no more fitting is taken at its word.
    """
    if ranking.verdict is None or not ranking.ranked:
        return 0.0
    if ranking.verdict.is_calibrated:
        return round(ranking.ranked[0].relevance or 0.0, 4)
    return relevance_probability(relevance_features(ranking.ranked))


def relevance_probability(values: Sequence[float]) -> float:
    """Probability in 0..1, rounded to 4 places, for feature values in the order of `NAMES`."""
    model = fitted().judging
    total = model.bias + sum(model.weights[name] * value for name, value in zip(NAMES, values, strict=True))
    return round(1 / (1 + math.exp(-total)), 4)
