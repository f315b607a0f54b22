"""Questions for a definition, and sentences that give it."""

import pytest
from hypothesis import given, settings

from evqa.definitions import find_definition
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


@pytest.mark.parametrize("question", ["Why does yeast slow down?", "Which acids are formed?", ""])
def test_not_asked(question: str) -> None:
    """Other questions ask for no definition."""
    assert find_definition(question) is None


def test_names() -> None:
    """The term may be written otherwise in the sentence."""
    defines = find_definition("What is LAB?", ("What is lactobacillus?",))
    assert defines is not None
    assert defines.search("Lactobacillus is a genus.")


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, signs of regular expressions in it are harmless."""
    defines = find_definition(question, (question,))
    assert defines is None or not defines.search("")
