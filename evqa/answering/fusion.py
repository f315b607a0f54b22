"""Combine the late-interaction, dense and lexical scores of a passage into one relevance.

Sentences are ranked by late interaction alone. In long passages nearly every word of the question has some near
counterpart, so sentence vectors (`index/search/statements.py`) and BM25 count as well. For the same reason a longer
passage loses a little against a shorter one.
"""

import math
import statistics
from collections.abc import Callable, Sequence
from functools import lru_cache

from evqa.corpus.corpus import Candidate
from evqa.fitted import fitted

DENSE, LEXICAL = 1.5, 0.4
# From this typical length on, in characters, vectors and words begin to count; at twice as many they count in full.
LONG = 500
USUAL, SHORTEST = 150, 40


def relevances(
    candidates: Sequence[Candidate], longness: Callable[[Sequence[int]], float] | None = None
) -> list[float]:
    """The relevance of each candidate: a convex sum of its three scores less a cost of its length.

    The weights of the sum depend on the typical length of all candidates. Where a cross-encoder has read them, its
    score is taken instead. `longness` turns lengths into 0 (sentences) to 1 (abstracts); default `typical_longness`.
    """
    if any(each.rerank is not None for each in candidates):
        return [each.relevance for each in candidates]
    sizes = [each.passage.end - each.passage.start for each in candidates]
    length, cost = (longness or typical_longness)(sizes), fitted().ranking.length_cost
    dense, lexical = DENSE * length, LEXICAL * length
    return [
        (each.late + dense * each.dense + lexical * each.lexical) / (1 + dense + lexical) - cost * _octaves(size)
        for each, size in zip(candidates, sizes, strict=True)
    ]


@lru_cache(maxsize=4096)
def _octaves(size: int) -> float:
    """The logarithm to base 2 of a length over that of a usual passage."""
    return math.log2(max(size, SHORTEST) / USUAL)


def typical_longness(sizes: Sequence[int]) -> float:
    """How long passages of these sizes are by their median: 0 for sentences, 1 for abstracts.

    All candidates share one value: with weights of their own, their scores couldn't be compared.
    """
    typical = statistics.median(sizes) if sizes else 0
    return min(1.0, max(0.0, math.log2(typical / LONG))) if typical else 0.0
