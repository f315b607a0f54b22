"""Questions for a long form, and sentences that give it."""

import pytest
from hypothesis import given, settings

from evqa.language.expansion import Abbreviations
from evqa.model import Abbreviation
from evqa.question.long_forms import find_spelling
from tests.evqa.questions import ANY_TEXT

LAB = Abbreviations([Abbreviation(short="LAB", long="lactic acid bacteria")])


@pytest.mark.parametrize(
    "question",
    ["Why does yeast slow down?", "Which acids are formed?", "How is LAB fed?", "What is the role of LAB?", ""],
)
def test_not_asked(question: str) -> None:
    """Other questions don't ask what an abbreviation stands for."""
    assert find_spelling(question, LAB) is None


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
        "What do they mean by LAB here?",
        "What is LAB?",
        "What is the abbreviation of lactic acid bacteria?",
    ],
)
def test_spelling(question: str) -> None:
    """Asked what an abbreviation stands for, the sentence is sought that gives both forms, in either order."""
    spells = find_spelling(question, LAB)
    assert spells is not None
    assert spells.search("Many lactic acid bacteria (LAB) thrive.")
    assert spells.search("LAB, lactic acid bacteria; SD, sourdough.")
    assert not spells.search("LAB thrive.")


def test_no_abbreviation() -> None:
    """A term that no document abbreviates has no spelling to look for."""
    assert find_spelling("What is rye?", LAB) is None


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, signs of regular expressions in it are harmless."""
    spells = find_spelling(question, Abbreviations([Abbreviation(short=question or "x", long=question or "y")]))
    assert spells is None or not spells.search("")
