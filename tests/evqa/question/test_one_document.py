"""Which document of several a question needs, and names."""

import pytest

from evqa.answer import ask, search
from evqa.question.one_document import document_in, is_of_one
from tests.evqa.invented import BOTH, BREAD_HOME, BREAD_SHELF, SLEEP_HOME
from tests.evqa.papers import WITH_PAPERS


@pytest.mark.parametrize(
    "question",
    [
        "What does reference 2 support?",
        "How many references are there?",
        "What does the abstract say?",
        "Who wrote it?",
    ],
)
def test_what_each_document_has_is_asked_back(question: str) -> None:
    """The documents that have it are named, so that one can be chosen."""
    answer = ask(question, BOTH)
    assert (answer.status, answer.reason) == ("insufficient_evidence", "which_document")
    assert {each.id for each in answer.candidates} == {BREAD_HOME.id, SLEEP_HOME.id}
    assert answer.claims == ()
    assert answer.confidence == 0


@pytest.mark.parametrize(
    "question", ["What does Table 1 show?", "What does reference 2 support?", "What is the title?"]
)
def test_a_question_that_is_asked_back_is_ranked(question: str) -> None:
    """A refusal and a search give the nearest passages of the candidates, whether or not one prints what is asked."""
    answer = ask(question, BOTH)
    assert answer.reason == "which_document"
    assert answer.passages
    assert [each.id for each in search(question, BOTH, 5)] == [each.id for each in answer.passages]


def test_each_candidate_has_its_turn() -> None:
    """Two passages of a question that is asked back are of two documents, though the first has more of its part."""
    found = search("What does the abstract say?", BOTH, 2)
    assert {each.document.id for each in found} == {BREAD_HOME.id, SLEEP_HOME.id}


@pytest.mark.parametrize("question", ["What does reference 12 support?", "What is in Table 2?"])
def test_what_one_document_alone_has_is_answered(question: str) -> None:
    """As if that document were alone."""
    assert ask(question, BOTH).claims == ask(question, BREAD_SHELF).claims != ()


@pytest.mark.parametrize(
    "question", ["What does Table 1 of the sourdough review show?", "Who paid for the sourdough review?"]
)
def test_a_document_that_the_question_names_is_asked(question: str) -> None:
    """By words of its title."""
    answer = ask(question, BOTH)
    assert answer.status == "answered"
    assert {each.document.id for each in answer.passages} == {BREAD_HOME.id}


def test_a_review_with_its_papers_is_meant_by_itself() -> None:
    """ "The abstract" is the review's there, though the papers have one, too."""
    answer = ask("What does the abstract say?", WITH_PAPERS)
    assert answer.reason is None
    assert {each.document.id for each in answer.passages} == {BREAD_HOME.id}


def test_facts_of_cited_works_are_looked_for_everywhere() -> None:
    """Whoever cites a work by that author: no document need be named."""
    answer = ask("Which works by Whiteside are cited?", BOTH)
    assert answer.status == "answered"


def test_an_answer_without_a_question_back_has_no_fields_of_one() -> None:
    """So answers are as they were."""
    told = ask("What binds water?", BOTH).model_dump()
    assert not {"reason", "candidates", "filters"} & told.keys()


def test_names_in_a_question_mean_one_document() -> None:
    """All words of a name must be one document's, and no other's."""
    outlines = BOTH.outlines()
    assert document_in("Table 1 of the melatonin review", outlines) == (
        SLEEP_HOME.id,
        "Table 1 of the           review",
    )
    quoted = document_in("reference 2 in “Sourdough fermentation: a review”", outlines)
    assert quoted is not None
    assert quoted.document == BREAD_HOME.id
    assert document_in("Table 1 of the review", outlines) is None
    assert document_in("Table 1 of the whale review", outlines) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many patients were included?", True),
        ("What did the authors conclude?", True),
        ("Why did they stop the trial early?", True),
        ("What did they do?", True),
        ("How many groups were there?", True),
        ("Does sourdough lower glucose?", False),
        ("How do lactobacilli make their acid?", False),
        ("Why do bakers say that they add rye?", False),
        ("Which groups of bacteria acidify the dough?", False),
        ("How does yeast work?", False),
        ("Which acid do lactobacilli produce?", False),
    ],
)
def test_questions_on_a_study_itself_are_told_from_others(question: str, expected: bool) -> None:
    """By who or what is meant as if it were known."""
    assert is_of_one(question) is expected
