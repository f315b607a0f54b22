"""Answers from a review and the papers that it cites, side by side."""

import pytest

from evqa.answer import ask, search
from evqa.model import Answer
from tests.evqa.invented import BREAD_HOME, BREAD_SHELF
from tests.evqa.papers import WITH_PAPERS


def kinds(answer: Answer) -> list[tuple[str, tuple[int, ...]]]:
    """Document and numbers of each claim."""
    homes = {passage.id: passage.document.id for passage in answer.passages}
    return [(homes[claim.passage], claim.references) for claim in answer.claims]


def test_a_claim_and_its_paper_stand_side_by_side() -> None:
    """The review's statement comes first, then what its paper says of it, both under the review's number."""
    answer = ask("What does the colour of the crust depend on?", WITH_PAPERS)
    assert kinds(answer) == [(BREAD_HOME.id, (10,)), ("d-crust", (10,))]
    assert answer.answer.endswith("and on steam [4]. [10 cited paper]")
    assert [(entry.document, entry.number) for entry in answer.references] == [(BREAD_HOME.id, 10)]
    paper = next(passage for passage in answer.passages if passage.kind == "paper")
    assert (paper.document.reference, paper.document.review) == (10, BREAD_HOME.id)


def test_a_question_by_number_is_answered_from_both() -> None:
    """Of a reference asked by its number the review's statements come first, then its paper."""
    found = kinds(ask("What does reference 10 support?", WITH_PAPERS))
    assert found[0] == (BREAD_HOME.id, (10,))
    assert ("d-crust", (10,)) in found


def test_a_paper_answers_what_the_review_does_not_say() -> None:
    """Where only a paper says it, its passage is the answer, and the review's entry its reference."""
    answer = ask("Was reindeer milk served with every loaf?", WITH_PAPERS)
    assert answer.status == "answered"
    assert kinds(answer) == [("d-trials", (2,))]
    assert [(entry.document, entry.number) for entry in answer.references] == [(BREAD_HOME.id, 2)]


@pytest.mark.parametrize(
    "question",
    [
        "What does the abstract say?",
        "What do the methods say?",
        "How many references?",
        "What is the oldest reference?",
        "What does Figure 1 show?",
        "What does reference 99 support?",
        "works by Lindqvist",
        "What does Table 1 say of adults?",
    ],
)
def test_parts_and_bibliography_are_the_review_s(question: str) -> None:
    """A part, a figure, a number or an entry named is the review's: its answer is the same with papers and without."""
    own, other = ask(question, BREAD_SHELF), ask(question, WITH_PAPERS)
    known = {(claim.text, claim.references) for claim in other.claims}
    assert {(claim.text, claim.references) for claim in own.claims} <= known
    assert (own.status, own.note, own.warnings, own.confidence) == (
        other.status,
        other.note,
        other.warnings,
        other.confidence,
    )


@pytest.mark.parametrize(
    "question", ["What does the methods section of reference 10 say?", "What does ref 10 say in its methods section?"]
)
def test_a_part_of_a_paper_is_named_with_its_number(question: str) -> None:
    """The methods of reference 10 are the paper's."""
    found = ask(question, WITH_PAPERS)
    assert kinds(found) == [("d-crust", (10,))]
    assert "Lapland" in found.answer


def test_a_part_is_the_review_s_unless_the_paper_is_held_and_has_it() -> None:
    """A number without its paper, a part that the paper hasn't and the review's own part are as without papers."""
    for question in (
        "What does the methods section of reference 9 say?",
        "What does Table 7 of reference 10 say?",
        "According to the discussion, what does reference 10 support?",
    ):
        own, other = ask(question, BREAD_SHELF), ask(question, WITH_PAPERS)
        assert (own.status, own.confidence, own.claims[:1]) == (other.status, other.confidence, other.claims[:1])


def test_a_search_finds_papers_too() -> None:
    """Passages of papers are ranked among the review's, marked as such."""
    found = search("Ovens stood at 240 °C in every bakery of Lapland", WITH_PAPERS)
    assert (found[0].kind, found[0].document.reference) == ("paper", 10)
    assert {passage.kind for passage in found} > {"paper"}
