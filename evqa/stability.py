"""Whether the best passage hangs on single words of the question.

A passage that answers stays the best when the question loses a word; where none answers, each word has a best passage
of its own. Robustness of a ranking against a changed query predicts how good it is: Vinay, Cox, Milic-Frayling and
Wood, On Ranking the Effectiveness of Searches, SIGIR 2006.
"""

from operator import mul

from evqa.fitted import fitted
from evqa.ranking import Ranked, Ranking
from evqa.retriever import BEYOND

# Passages further down don't become the best for want of one word.
RIVALS = 20
# Passages that are equal stay so, whatever is lost by rounding: scores and matches have six decimals.
EQUAL = 1e-5


def instability(ranking: Ranking) -> float:
    """Share of the question's weight, 0..1, of the words without any of which another passage would be the best.

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
    """The cosines of a passage's words as they count."""
    saturation = fitted().ranking.saturation
    return [match - (1 - BEYOND) * max(match - saturation, 0.0) for match in each.candidate.matches]
