"""The words of an encoded question."""

from dataclasses import dataclass

import numpy as np

from evqa.language.words import FUNCTION_WORDS, fold
from index.models.embedding import Flags, Floats, Integers
from index.models.encode import Encoded


@dataclass(frozen=True)
class Words:
    """`texts` of the w words of a question without punctuation, and the m vectors (m, dim) of their pieces.

    Words that aren't `informative` (w,), the function words, are without vectors unless there are no others.
    `places` (m,) numbers the word of each piece from 0, `pieces` (w,) counts all pieces of each word.
    """

    texts: tuple[str, ...]
    vectors: Floats
    places: Integers
    pieces: Integers
    informative: Flags


def words_of(question: Encoded) -> Words:
    """The words of a question, in order."""
    surface = question.surface
    kept = [place for place, text in enumerate(surface) if any(map(str.isalnum, text))]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(question.words[place] for place in kept))}
    places = np.array([numbers[question.words[place]] for place in kept], dtype=np.int64)
    texts = [""] * len(numbers)
    for place, word in zip(kept, places.tolist(), strict=True):
        texts[word] += fold(surface[place])
    informative = np.array([text not in FUNCTION_WORDS for text in texts], dtype=bool)
    vectors, pieces = question.tokens[kept], np.bincount(places, minlength=len(texts))
    if informative.any():
        vectors, places = vectors[informative[places]], places[informative[places]]
    return Words(tuple(texts), vectors, places, pieces.astype(np.int64), informative)
