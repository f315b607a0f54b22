"""Words that mean the same in their sentences, by the query model's vectors: "frequently" and "often"."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evqa.corpus.corpus import TextVectors
from evqa.phrasing.polarity import are_opposite
from evqa.phrasing.reading import Reading, Word, has_word

Floats = NDArray[np.float32]
# Cosine from which two words of two sentences count as the same (docs/lab/phrasing.md). Of pairs that must not be taken
# for each other, such as rats and mice, all but those listed as opposites lie below it.
ALIKE = 0.78


class WordVectors(Protocol):
    """Gives vectors of words as they stand in their text. Several threads may ask it."""

    def text_vectors(self, text: str) -> TextVectors:
        """The vectors of a text's word pieces."""


class Unrelated:
    """No vectors: only forms of one word count as the same."""

    def text_vectors(self, text: str) -> TextVectors:  # noqa: ARG002 - no text has any
        """Nothing."""
        return TextVectors((), np.zeros((0, 1), dtype=np.float32))


def has_alike(word: Word, sentence: Reading, claims: Sequence[Reading], source: WordVectors) -> bool:
    """Whether a claim has a word in the place of this one that means the same, and that the sentence leaves out."""
    own = _vector(word, sentence, source.text_vectors(sentence.text))
    if own is None:
        return False
    for claim in claims:
        vectors = source.text_vectors(claim.text)
        for each in claim.words:
            if each.is_name or has_word(each.form, sentence.forms) or are_opposite(word.form, each.form):
                continue
            other = _vector(each, claim, vectors)
            if other is not None and float(own @ other) >= ALIKE:
                return True
    return False


def _vector(word: Word, reading: Reading, found: TextVectors) -> Floats | None:
    """The mean vector of a word's pieces, of length 1; None if it has none."""
    token = reading.tokens[word.at]
    places = [at for at, (start, end) in enumerate(found.offsets) if start < token.end and end > token.start]
    if not places:
        return None
    mean = found.vectors[places].mean(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / np.float32(length) if length else None
