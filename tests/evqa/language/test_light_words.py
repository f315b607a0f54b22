"""Words without a topic."""

import pytest

from evqa.language.light_words import is_light


@pytest.mark.parametrize(
    "word",
    [
        "during",
        "two",
        "role",
        "effects",
        "reference",
        "x",
        "7",
        "carrying",
        "defined",
        "studies",
        "evidence",
        "dealt",
        "seeing",
    ],
)
def test_light(word: str) -> None:
    """Prepositions, numerals, words that questions are put with, and single signs carry no topic."""
    assert is_light(word)


@pytest.mark.parametrize("word", ["rye", "glucose", "il6", "tightens", "matter", "tests", "seed"])
def test_topical(word: str) -> None:
    """Whatever a review may be about does."""
    assert not is_light(word)
