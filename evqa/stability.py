"""Whether the best passage hangs on single words of the question.

A passage that answers stays the best when the question loses a word; where none answers, each word has a best passage
of its own. Robustness of a ranking against a changed query predicts how good it is: Vinay, Cox, Milic-Frayling and
Wood, On Ranking the Effectiveness of Searches, SIGIR 2006.
"""

from evqa.ranking import Ranking

# Passages further down don't become the best for want of one word.
RIVALS = 20
# Passages that are equal stay so, whatever is lost by rounding.
EQUAL = 1e-9


def instability(ranking: Ranking) -> float:
    """Share of the question's weight, 0..1, of the words without any of which another passage would be the best.

    0 where a single word has all the weight, and where a cross-encoder ranked, which compares no words.
    """
    weights = [term.weight for term in ranking.terms]
    total = sum(weights)
    rivals = ranking.ranked[:RIVALS]
    if total <= 0 or any(each.candidate.rerank is not None for each in rivals):
        return 0.0
    sums = [_dot(weights, each.candidate.matches) for each in rivals]
    rest = [each.score - found / total for each, found in zip(rivals, sums, strict=True)]
    lost = tested = 0.0
    for place, weight in enumerate(weights):
        if 0 < weight < total:
            others = zip(rivals, sums, rest, strict=True)
            scores = [
                (found - weight * each.candidate.matches[place]) / (total - weight) + more
                for each, found, more in others
            ]
            tested += weight
            lost += weight * (max(scores) > scores[0] + EQUAL)
    return lost / tested if tested else 0.0


def _dot(weights: list[float], matches: tuple[float, ...]) -> float:
    return sum(weight * match for weight, match in zip(weights, matches, strict=True))
