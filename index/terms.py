"""The words of an encoded question."""

from dataclasses import dataclass

import numpy as np

from evqa.words import FUNCTION_WORDS, fold
from index.embedding import Flags, Floats, Integers
from index.encode import Encoded


@dataclass(frozen=True)
class Words:
    """`texts` of the w words of a question without punctuation, and the m vectors (m, dim) of their pieces.

    `places` (m,) numbers the word of each piece from 0, `pieces` (w,) counts them, `informative` (w,) is
    False for function words.
    """

    texts: tuple[str, ...]
    vectors: Floats
    places: Integers
    pieces: Integers
    informative: Flags


def words_of(question: Encoded) -> Words:
    """The words of a question, in order."""
    kept = [place for place, text in enumerate(question.surface) if any(map(str.isalnum, text))]
    numbers = np.array([question.words[place] for place in kept], dtype=np.int64)
    _, places, pieces = np.unique(numbers, return_inverse=True, return_counts=True)
    texts = [""] * len(pieces)
    for place, word in zip(kept, places.tolist(), strict=True):
        texts[word] += fold(question.surface[place])
    informative = np.array([text not in FUNCTION_WORDS for text in texts], dtype=bool)
    return Words(tuple(texts), question.tokens[kept], places.astype(np.int64), pieces.astype(np.int64), informative)
