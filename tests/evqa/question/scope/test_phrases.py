"""Phrases that name a part by its title."""

import pytest

from evqa.question.scope.phrases import by_phrase, called
from tests.evqa.invented import SLEEP_OUTLINE


def taken(question: str) -> list[tuple[str, str]]:
    """What each part is called, and the words that name it."""
    return [(part.name, question[part.start : part.end]) for part in by_phrase(question, [SLEEP_OUTLINE])]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("In the dosing overview, what is best?", "In the dosing overview, "),
        ("What is best, per the timing portion?", ", per the timing portion?"),
        ("What is best (section on dosing)?", "(section on dosing)"),
        ("What is best – see the part about dosing?", "– see the part about dosing?"),
        ("Dosing block: what is best?", "Dosing block: "),
        ("Dosing segment - what is best?", "Dosing segment - "),
        ("Where dosing is discussed, what is best?", "Where dosing is discussed,"),
        ("What is best? Dosing section please", "? Dosing section please"),
        ("As told under dosing and timing, what is best?", "As told under dosing and timing, "),
        ("dosing paragraph, what is best", "dosing paragraph, "),
    ],
)
def test_phrase(question: str, words: str) -> None:
    """Led or set apart, first, last or between brackets: the phrase is found and is no longer content."""
    assert taken(question)[0] == ("Dosing and timing", words)


@pytest.mark.parametrize(
    "question",
    [
        "Which part of the dose is lost?",
        "In part, is dosing wrong?",
        "What block of time is best for dosing?",
        "Under stress: what falls?",
        "Melatonin: when is it best?",
        "How does dosing differ in the old?",
        "What is the best dosing, morning or night?",
        "In the night, what do they do?",
        "Is timing everything?",
        "In the segment of the gut, which cells rest?",
        "In the summary of dosing errors, who was harmed?",
    ],
)
def test_topic(question: str) -> None:
    """A topic is no part, though a title says the same word."""
    assert taken(question) == []


def test_nested_names() -> None:
    """Of a part and a part in it the inner one is meant; where one is unknown nothing is."""
    found = called("Outlook, dosing section", [SLEEP_OUTLINE])
    assert found is not None
    assert found[0] in {"conclusion", "Dosing and timing"}
    assert called("Outlook, rye section", [SLEEP_OUTLINE]) is None


def test_subject() -> None:
    """What says something may be a part that goes by several words."""
    assert taken("What do the dosing and timing say on meals?") == [("Dosing and timing", "dosing and timing")]
    assert taken("Dosing paragraph says what on meals?") == [("Dosing and timing", "Dosing paragraph")]
