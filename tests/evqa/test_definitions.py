"""Questions for a definition, and sentences that give it."""

import pytest
from hypothesis import given, settings

from evqa.definitions import find_definition, find_spelling
from evqa.model import Abbreviation
from tests.evqa.questions import ANY_TEXT


@pytest.mark.parametrize(
    "question",
    [
        "What is sourdough?",
        "What exactly is sourdough?",
        "what's meant by sourdough",
        "What’s a sourdough?",
        "What is exactly meant by sourdough?",
        "Define sourdough",
        "definition of sourdough",
        "What does sourdough mean?",
        "The meaning of sourdough",
    ],
)
def test_asked(question: str) -> None:
    """However the definition is asked for, a sentence that says what the term is, is known."""
    defines = find_definition(question)
    assert defines is not None
    assert defines.search("Sourdough is a dough raised by lactobacilli.")
    assert defines.search("Sourdough, a fermented dough, keeps long.")
    assert defines.search("In bakeries, sourdough (SD) refers to a fermented dough.")
    assert not defines.search("Bakers like sourdough.")
    assert not defines.search("Rye is sour.")


@pytest.mark.parametrize("question", ["Why does yeast slow down?", "Which acids are formed?", "How is LAB fed?", ""])
def test_not_asked(question: str) -> None:
    """Other questions ask for no definition."""
    assert find_definition(question) is None


def test_names() -> None:
    """The term may be written otherwise in the sentence."""
    defines = find_definition(
        "What is LAB?", [Abbreviation(short="LAB", long="lactobacilli"), Abbreviation(short="SD", long="x")]
    )
    assert defines is not None
    assert defines.search("Lactobacilli are bacteria.")
    assert not defines.search("Sourdough is bread.")


@pytest.mark.parametrize(
    "question",
    [
        "What does LAB stand for?",
        "What is the full form of LABs?",
        "Define LAB",
        "What is LAB short for?",
        "What is the abbreviation LAB for?",
        "What do the letters LAB mean?",
        "LAB stands for what?",
        "Spell out LAB",
        "How is LAB spelled out?",
        "What is “LAB” an acronym for",
    ],
)
def test_spelling(question: str) -> None:
    """Asked what an abbreviation stands for, the sentence is sought that gives both forms, in either order."""
    spells = find_spelling(question, [Abbreviation(short="LAB", long="lactic acid bacteria")])
    assert spells is not None
    assert spells.search("Many lactic acid bacteria (LAB) thrive.")
    assert spells.search("LAB, lactic acid bacteria; SD, sourdough.")
    assert not spells.search("LAB thrive.")


def test_no_abbreviation() -> None:
    """A term that no document abbreviates has no spelling to look for."""
    assert find_spelling("What is rye?", [Abbreviation(short="LAB", long="lactic acid bacteria")]) is None


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, signs of regular expressions in it are harmless."""
    defines = find_definition(question, [Abbreviation(short=question or "x", long=question or "y")])
    assert defines is None or not defines.search("")
