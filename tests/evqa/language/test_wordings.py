"""Lists of words from which patterns are built."""

import re

import pytest

from evqa.language import wordings
from evqa.language.wordings import ACCORDING, CARDINALS, IN, LEAD, OF_ANYTHING, OF_TEXT, ORDINALS, PART, PIECE, SECTION

FRAGMENTS = {name: value for name, value in vars(wordings).items() if name.isupper() and isinstance(value, str)}


@pytest.mark.parametrize("name", FRAGMENTS)
def test_each_list_stands_alone(name: str) -> None:
    """A list can be put anywhere in a pattern: it compiles, and its alternatives don't reach beyond it."""
    pattern = re.compile(rf"x{FRAGMENTS[name]}y|z", re.IGNORECASE)
    assert pattern.fullmatch("z")
    assert not pattern.fullmatch("x")


def test_numbers_in_words() -> None:
    """Cardinals and ordinals count up from one."""
    assert [CARDINALS[word] for word in ("one", "ten")] == [1, 10]
    assert [ORDINALS[word] for word in ("first", "tenth", "twentieth")] == [1, 10, 20]
    assert list(ORDINALS.values()) == list(range(1, 21))


@pytest.mark.parametrize("noun", ["section", "sub-chapters", "paragraphs", "passage"])
def test_nouns_of_a_text_are_parts(noun: str) -> None:
    """What is always a part of a text is one in every wider list, and never a mere piece."""
    assert all(re.fullmatch(nouns, noun) for nouns in (SECTION, OF_TEXT, PART))
    assert not re.fullmatch(PIECE, noun)


@pytest.mark.parametrize("noun", ["sentence", "blocks", "lines"])
def test_pieces(noun: str) -> None:
    """A piece is a part, or anything's with a title."""
    assert all(re.fullmatch(nouns, noun) for nouns in (PIECE, PART, OF_ANYTHING))


@pytest.mark.parametrize("words", ["according to", "going by", "as stated in", "per", "as per", "within", "under"])
def test_leads(words: str) -> None:
    """Whatever leads to a part leads to it in every pattern; it may also be missing."""
    assert re.fullmatch(rf"{ACCORDING}|{IN}", words)
    assert re.fullmatch(LEAD, f"{words} ")
    assert re.fullmatch(LEAD, "")
