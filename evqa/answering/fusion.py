"""One relevance from the scores of late interaction, of vectors and of words.

Sentences are ranked by late interaction alone: in a short text every word's best counterpart is a good witness. In a
long one nearly every word finds some counterpart, so vectors (those of its statements in their context,
`index/search/statements.py`) and rare words in common count, too.
For the same reason a longer passage loses a little against a shorter one.
"""

import math
import statistics
from collections.abc import Sequence
from functools import lru_cache

from evqa.corpus.corpus import Candidate
from evqa.fitted import fitted

DENSE, LEXICAL = 1.5, 0.4
# Characters from which texts count as long; at twice as many they do altogether.
LONG = 500
USUAL, SHORTEST = 150, 40


def relevances(candidates: Sequence[Candidate]) -> list[float]:
    """The relevance of each candidate: a convex sum, whose weights follow from their typical length, less a cost of
    its own length. What a cross-encoder has read is ranked by its score.
    """
    if any(each.rerank is not None for each in candidates):
        return [each.relevance for each in candidates]
    sizes = [each.passage.end - each.passage.start for each in candidates]
    length, cost = _length(sizes), fitted().ranking.length_cost
    dense, lexical = DENSE * length, LEXICAL * length
    return [
        (each.late + dense * each.dense + lexical * each.lexical) / (1 + dense + lexical) - cost * _octaves(size)
        for each, size in zip(candidates, sizes, strict=True)
    ]


@lru_cache(maxsize=4096)
def _octaves(size: int) -> float:
    """How often a usual passage would have to be doubled to have so many characters."""
    return math.log2(max(size, SHORTEST) / USUAL)


def _length(sizes: Sequence[int]) -> float:
    """How long passages of these sizes are altogether: 0 for sentences, 1 for abstracts.

    One length for all: weights that differed from one to the next would make their scores incomparable.
    """
    typical = statistics.median(sizes) if sizes else 0
    return min(1.0, max(0.0, math.log2(typical / LONG))) if typical else 0.0
