"""Measure how much the best passage depends on single words of the question.

A passage that answers stays the best when the question loses a word. Where none answers, each word tends to have a best
passage of its own. Robustness of a ranking against a changed query predicts how good it is: Vinay, Cox, Milic-Frayling
and Wood, On Ranking the Effectiveness of Searches, SIGIR 2006.
"""

from operator import mul

from evqa.answering.ranking import Ranked, Ranking
from evqa.corpus.corpus import BEYOND
from evqa.fitted import fitted

# Only so many passages can become the best when one word is left out.
RIVALS = 20
# Scores that differ by less are equal, whatever is lost by rounding: scores and matches have six decimals.
EQUAL = 1e-5


def instability(ranking: Ranking) -> float:
    """The share (0 to 1) of the question's weight in words without which another passage would be the best.

    0 where a single word has all the weight, and where a cross-encoder ranked, which compares no words.
    """
    weights = [term.weight for term in ranking.terms]
    total = sum(weights)
    rivals = ranking.ranked[:RIVALS]
    if total <= 0 or any(each.candidate.rerank is not None for each in rivals):
        return 0.0
    matches = [_counted(each) for each in rivals]
    sums = [sum(map(mul, weights, found)) for found in matches]
    rest = [each.score - found / total for each, found in zip(rivals, sums, strict=True)]
    lost = tested = 0.0
    for place, weight in enumerate(weights):
        if 0 < weight < total:
            others = zip(matches, sums, rest, strict=True)
            scores = [(all_of - weight * found[place]) / (total - weight) + more for found, all_of, more in others]
            tested += weight
            lost += weight * (max(scores) > scores[0] + EQUAL)
    return lost / tested if tested else 0.0


def _counted(each: Ranked) -> list[float]:
    """The cosines of a passage with the question's words, saturated."""
    saturation = fitted().ranking.saturation
    return [match - (1 - BEYOND) * max(match - saturation, 0.0) for match in each.candidate.matches]
