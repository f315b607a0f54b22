"""What of a question is content, and what only frames it."""

import time

import pytest
from hypothesis import given, settings

from evqa.language.framing import blanked, content, has_topic
from tests.evqa.questions import ANY_TEXT, LONG_TEXTS


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Which references support long fermentation?", "long fermentation?"),
        ("What evidence is cited for the effect of rye?", "effect of rye?"),
        ("Give the references for acid production", "acid production"),
        ("Which studies show that yeast slows down?", "yeast slows down?"),
        ("Which source backs the claim that rye needs acid?", "rye needs acid?"),
        ("citations on gluten", "gluten"),
        ("Which paper describes crust colour?", "crust colour?"),
        ("List all effects of fermentation", "effects of fermentation"),
        ("Please list every trial", "trial"),
        ("list theatre", "theatre"),
        ("Show the theory of fermentation", "theory of fermentation"),
        ("Can you name the acids?", "acids?"),
        ("According to the authors, what lowers sugar?", "what lowers sugar?"),
        ("Which acids are produced, with their references?", "Which acids are produced,?"),
        ("What lowers glucose? source please", "What lowers glucose?"),
        ("Is there a trial of rye bread?", "trial of rye bread?"),
        ("lactic acid - which article?", "lactic acid"),
        ("In the section on crust, what is brown?", "crust, what is brown?"),
        ("In the crust paragraph, what is brown?", "In the crust, what is brown?"),
        ("What is LAB in the list of abbreviations?", "What is LAB?"),
        ("What lowers glucose?", "What lowers glucose?"),
        ("", ""),
    ],
)
def test_content(question: str, left: str) -> None:
    """Words that ask for a source or a list go, what it is about stays."""
    assert content(question, ()) == left


def test_taken() -> None:
    """Stretches already understood go, too."""
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
