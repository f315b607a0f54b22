"""One relevance from the scores of late interaction, of vectors and of words.

Sentences are ranked by late interaction alone: in a short text every word's best counterpart is a good witness. In a
long one nearly every word finds some counterpart, so the vector of the whole and rare words in common count, too.
"""

import math
import statistics
from collections.abc import Sequence

from evqa.retriever import Candidate

DENSE, LEXICAL = 0.6, 0.3
# Characters from which texts count as long; at twice as many they do altogether.
LONG = 500


def relevances(candidates: Sequence[Candidate]) -> list[float]:
    """The relevance of each candidate, in 0..1: a convex sum whose weights follow from their typical length.

    What a cross-encoder has read is ranked by its score.
    """
    length = _length(candidates)
    if not length or any(each.rerank is not None for each in candidates):
        return [each.relevance for each in candidates]
    dense, lexical = DENSE * length, LEXICAL * length
    return [(each.late + dense * each.dense + lexical * each.lexical) / (1 + dense + lexical) for each in candidates]


def _length(candidates: Sequence[Candidate]) -> float:
    """How long the candidates are altogether: 0 for sentences, 1 for abstracts.

    One length for all: weights that differed from one to the next would make their scores incomparable.
    """
    typical = statistics.median([each.passage.end - each.passage.start for each in candidates]) if candidates else 0
    return min(1.0, max(0.0, math.log2(typical / LONG))) if typical else 0.0
