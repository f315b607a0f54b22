"""What the indexes are compared with: the plain matrix product, and BM25 as its authors wrote it."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np

from evqa.language.words import words
from index.models.embedding import Floats, Integers
from index.search.dense import best
from index.search.lexical import ranked, stems, terms

K1, B = 1.2, 0.75


class ExactDense:
    """Vectors of length 1 (n, dim) under the ids 0 to n-1."""

    def __init__(self, vectors: Floats) -> None:
        self._vectors = vectors

    def search(self, query: Floats, limit: int, within: Integers | None = None) -> tuple[Integers, Floats]:
        """As FaissDense.search."""
        ids = np.arange(len(self._vectors)) if within is None else within
        return best(ids, self._vectors[ids] @ query, limit)


class ExactLexical:
    """Texts under integer ids."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._stems = {place: Counter(stems(words(text))) for place, text in texts.items()}

    def search(self, text: str, limit: int, within: Integers | None = None) -> tuple[Integers, Floats]:
        """As TantivyLexical.search."""
        count = len(self._stems)
        mean = sum(held.total() for held in self._stems.values()) / max(count, 1)
        scores: dict[int, float] = defaultdict(float)
        for term in terms(text):
            holders = {place: held for place, held in self._stems.items() if term in held}
            rarity = math.log(1 + (count - len(holders) + 0.5) / (len(holders) + 0.5))
            for place, held in holders.items():
                norm = K1 * (1 - B + B * held.total() / mean)
                scores[place] += rarity * held[term] * (K1 + 1) / (held[term] + norm)
        chosen = set(self._stems) if within is None else set(within.tolist())
        return ranked({place: score for place, score in scores.items() if place in chosen}, limit)
