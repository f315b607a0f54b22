"""What kind of answer a question wants."""

import pytest
from hypothesis import given, settings

from evqa.question.intent import Intent, find_intent
from tests.evqa.questions import ANY_TEXT


@pytest.mark.parametrize(
    "question",
    [
        "Which references support rye?",
        "What evidence is there?",
        "source for the effect of rye?",
        "Which study found this?",
        "Who showed that rye binds water?",
        "Which cited paper treats gluten?",
        "Who tested long fermentation?",
        "Who first described the starter?",
        "Who has compared rye with wheat?",
    ],
)
def test_citation(question: str) -> None:
    """A source is asked for in many words."""
    assert find_intent(question).citation


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("List the acids", True),
        ("Which acids are formed?", True),
        ("What starter cultures exist?", True),
        ("Give all trials", True),
        ("What is sourdough?", False),
        ("What does rye need?", False),
        ("What was the peak of glucose?", False),
        ("Which acid is formed?", False),
    ],
)
def test_several(question: str, several: bool) -> None:
    """Several answers are wanted by a plural or a "list", not by the s of "is" and "does"."""
    assert find_intent(question).several is several


def test_nothing() -> None:
    """A plain question wants none of these, nor does one for who was treated."""
    assert not find_intent("Who was fed with rye?").citation
    assert find_intent("Why does yeast slow down?") == Intent()


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Any text can be looked at, with the same result in capitals."""
    assert find_intent(question) == find_intent(question.upper()) or not question.isascii()
