"""What of a question is content, and what only frames it."""

import time

import pytest
from hypothesis import given, settings

from evqa.language.framing import blanked, content, has_topic
from tests.evqa.questions import ANY_TEXT, LONG_TEXTS


def test_taken() -> None:
    """Stretches already understood go, the rest stays."""
    assert content("", ()) == ""
    assert content("What does Table 1 say about adults?", [(10, 17)]) == "What does say about adults?"


def test_blanked() -> None:
    """Blanking keeps every other letter in its place."""
    assert blanked("Table 1 on rye", [(0, 7)]) == "        on rye"
    assert blanked("abc", []) == "abc"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("which references are cited?", False),
        ("Which appeared?", False),
        ("works by", False),
        ("", False),
        ("?!", False),
        ("which rye works?", True),
        ("종양", True),
    ],
)
def test_has_topic(text: str, topic: bool) -> None:
    """Words that merely speak of literature are no topic."""
    assert has_topic(text) is topic


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, content adds no sign that the text hasn't got, and is trimmed."""
    left = content(question, ())
    assert set(left) <= {*question, " "}
    assert left == left.strip()


def test_no_slow_question() -> None:
    """Degenerate questions of full length take moments."""
    began = time.process_time()
    for question in LONG_TEXTS:
        content(question, ())
    assert time.process_time() - began < 3
