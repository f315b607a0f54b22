"""Questions read against a corpus."""

import time

import pytest
from hypothesis import given, settings

from evqa.question.understanding import understand
from tests.evqa.invented import BOTH, BREAD_SHELF, SLEEP_SHELF
from tests.evqa.questions import ANY_TEXT, LONG_TEXTS


def test_scope() -> None:
    """A named part limits the search and leaves the content."""
    asked = understand("According to the abstract, what lowers blood sugar?", BREAD_SHELF)
    assert asked.content == "what lowers blood sugar?"
    assert [passage.kind for passage in BREAD_SHELF.passages(asked.within)] == ["abstract", "abstract"]


def test_table() -> None:
    """A named table limits the search to its caption and rows."""
    asked = understand("Which cultures does Table 2 list?", BREAD_SHELF)
    found = BREAD_SHELF.passages(asked.within)
    assert [passage.label for passage in found] == ["Table 2"] * 3
    assert [passage.kind for passage in found] == ["caption", "table_row", "table_row"]


def test_two_tables() -> None:
    """A list of tables limits the search to all of them."""
    asked = understand("What do Tables 1 and 2 list?", BREAD_SHELF)
    assert {passage.label for passage in BREAD_SHELF.passages(asked.within)} == {"Table 1", "Table 2"}


@pytest.mark.parametrize(
    "question",
    [
        "In the main text, what slows yeast?",
        "What slows yeast (not in the tables)?",
        "What slows yeast, outside the tables?",
        "In the running text (without the tables), what slows yeast?",
    ],
)
def test_main_text(question: str) -> None:
    """ "Main text" leaves out abstract, tables, captions and bibliography; the words are taken."""
    asked = understand(question, BREAD_SHELF)
    assert {passage.kind for passage in BREAD_SHELF.passages(asked.within)} == {"prose"}
    assert "text" not in asked.content
    assert "table" not in asked.content


def test_rows_that_share_a_reference() -> None:
    """Table and reference number are understood side by side."""
    asked = understand("Which rows of Table 1 share reference 8?", BREAD_SHELF)
    assert asked.part is not None
    assert asked.part.labels == ("Table 1",)
    assert asked.numbers is not None
    assert asked.numbers.numbers == (8,)


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("What does Table 7 show?", "there is no Table 7 here: the corpus has Table 1, Table 2"),
        ("What does reference 97 support?", "there is no reference 97 here: the bibliography ends at 12"),
        ("reference 0", "there is no reference 0 here: the bibliography ends at 12"),
        ("Which works by Einstein are cited?", "no entry of the bibliography has an author Einstein"),
    ],
)
def test_problem(question: str, problem: str) -> None:
    """What a question names and the corpus hasn't got is said in one line with what there is."""
    assert understand(question, BREAD_SHELF).problems == (problem,)


def test_partly_beyond() -> None:
    """Numbers of which some exist are no problem."""
    assert understand("references 3 and 97", BREAD_SHELF).problems == ()


@pytest.mark.parametrize(
    ("question", "position"),
    [
        ("How does the abstract open?", "first"),
        ("the first sentence of the introduction", "first"),
        ("What closes the discussion?", "last"),
        ("last sentence of the abstract", "last"),
        ("How does section 3 end?", "last"),
        ("What is the final statement of the conclusion?", "last"),
        ("What does the abstract say?", None),
        ("How does the trial end?", None),
    ],
)
def test_position(question: str, position: str | None) -> None:
    """Beginning and end count only of a named part."""
    assert understand(question, BREAD_SHELF).position == position


def test_facts_leave_the_topic() -> None:
    """Bibliographic facts are taken out of the content."""
    asked = understand("all references from 2012 on glucose", BREAD_SHELF)
    assert asked.facts.selects
    assert "2012" not in asked.content
    assert "glucose" in asked.content


def test_two_reviews() -> None:
    """A part that only one document has is looked up there; numbers may be as high as the longest bibliography."""
    asked = understand("What does section 3.2 say?", BOTH)
    assert {passage.document.id for passage in BOTH.passages(asked.within)} == {"d-bread"}
    assert understand("reference 12", BOTH).problems == ()
    assert understand("reference 12", SLEEP_SHELF).problems != ()


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, the question is kept and what is left over is no longer than it."""
    asked = understand(question, BOTH)
    assert asked.question == question
    assert len(asked.content) <= len(question)
    assert all("\n" not in problem for problem in asked.problems)


@pytest.mark.slow
def test_no_slow_question() -> None:
    """Degenerate questions of full length take moments."""
    began = time.process_time()
    for question in LONG_TEXTS:
        understand(question, BOTH)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("question", "by", "has_topic", "is_narrowed", "is_open"),
    [
        ("What does reference 8 support?", "number", False, True, False),
        ("What does reference 8 say about bread?", "number", True, True, True),
        ("What is the oldest reference?", "facts", False, True, False),
        ("Which statements in Table 1 cite works from 2019?", "printed", False, True, False),
        ("How does the abstract end?", "printed", False, True, False),
        ("According to the abstract, what lowers blood sugar?", "content", True, True, False),
        ("What lowers blood sugar?", "content", True, False, True),
        ("In the main text, what slows yeast?", "content", True, False, False),
        ("What does reference 900 support?", "content", False, True, False),
    ],
)
def test_kind(question: str, by: str, has_topic: bool, is_narrowed: bool, is_open: bool) -> None:
    """What picks the passages is decided once: numbers before facts before a part; a topic decides the rest."""
    kind = understand(question, BREAD_SHELF).kind
    assert (kind.by, kind.has_topic, kind.is_narrowed, kind.is_open) == (by, has_topic, is_narrowed, is_open)
