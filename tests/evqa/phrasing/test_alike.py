"""Words that mean the same."""

import re

import numpy as np
import pytest

from evqa.corpus.corpus import TextVectors
from evqa.phrasing.gate import faults

FAR, NEAR, SAME = (0.7, 0.714), (0.9, 0.436), (1.0, 0.0)
DIRECTIONS = {"often": SAME, "frequently": NEAR, "rats": FAR, "mice": SAME, "upstream": SAME, "downstream": SAME}


class Vectors:
    """Gives each word the vector that a test has for it, and any other word one of its own."""

    def text_vectors(self, text: str) -> TextVectors:
        found = [(m.start(), m.end(), DIRECTIONS.get(m.group(), (0.0, 1.0))) for m in re.finditer(r"\w+", text)]
        return TextVectors([(a, b) for a, b, _ in found], np.array([v for _, _, v in found], dtype=np.float32))


@pytest.mark.parametrize(
    ("sentence", "claim", "is_sound"),
    [
        ("It is frequently fatal.", "It is often fatal.", True),
        ("The mice died.", "The rats died.", False),
        ("The gene lies downstream.", "The gene lies upstream.", False),
    ],
)
def test_only_near_words_stand_for_each_other(sentence: str, claim: str, is_sound: bool) -> None:
    """A word passes for another one by the cosine of their vectors, unless the two are opposites."""
    assert (faults(sentence, [claim], Vectors()) == ()) == is_sound
    assert faults(sentence, [claim]) != ()
