"""Confidence from a judge's relevances: the probability that the claims shown answer the question."""

import math
from collections.abc import Sequence

from evqa.answering.ranking import Ranked, Ranking
from evqa.fitted import fitted
from evqa.refusal.logistic import logistic

NAMES = ("any", "wording")
# The sign of each weight, which the fit keeps.
SIGNS = (1, 1)
# Log odds beyond this say no more.
SURE = 6.0


def relevance_features(ranked: Sequence[Ranked], wording: float) -> tuple[float, ...]:
    """Values of `NAMES` for judged passages and the confidence (0..1) by wording alone, before the judge.

    any: log of the sum of the odds that the passages answer, so that several which may answer speak for an answer.
    wording: log odds of the confidence that `evqa.refusal.confidence` gives.
    """
    odds = [log_odds(each.relevance) for each in ranked if each.relevance is not None]
    together = math.log(sum(map(math.exp, odds))) if odds else -SURE
    return min(max(together, -SURE), SURE), log_odds(wording)


def log_odds(probability: float) -> float:
    """The log odds of a probability, within -SURE and SURE."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return min(max(math.log(bounded / (1 - bounded)), -SURE), SURE)


def judged_confidence(ranking: Ranking, wording: float) -> float:
    """The confidence (0..1) in what a judged ranking has first, rounded to 4 places; `wording`: by wording alone.

    A judge that says probabilities which need no more fitting is taken at its word.
    """
    if ranking.verdict is None or not ranking.ranked:
        return 0.0
    if ranking.verdict.is_calibrated:
        return round(ranking.ranked[0].relevance or 0.0, 4)
    model = fitted().judging
    return logistic(model.bias, model.weights, NAMES, relevance_features(ranking.ranked, wording))
