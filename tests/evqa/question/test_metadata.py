"""Whether a question asks for what a title page or a statement says of the document itself."""

import pytest

from evqa.question.metadata import find_metadata
from tests.evqa.invented import BOTH, BREAD_HOME, BREAD_OUTLINE


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is the title?", "title"),
        ("How is this paper called?", "title"),
        ("Who wrote this article?", "authors"),
        ("List the authors.", "authors"),
        ("Which journal published it?", "journal"),
        ("Where did the review appear?", "journal"),
        ("When was it published?", "year"),
        ("What is the year of publication?", "year"),
        ("doi of this article", "DOI"),
        ("Under which licence may I reuse the text?", "licence"),
        ("Is it open access?", "licence"),
        ("Who funded the study?", "funding"),
        ("Where did the money for this work come from?", "funding"),
        ("Which organisations supported the research?", "funding"),
        ("Do the authors declare any conflicts of interest?", "interests"),
        ("Is the trial registered, and under what number?", "registration"),
        ("How can I contact the corresponding author?", "correspondence"),
    ],
)
def test_what_is_asked_of_the_document_is_told_by_its_words(question: str, kind: str) -> None:
    """However it is asked, as long as no subject stands beside it."""
    found = find_metadata(question, [BREAD_OUTLINE])
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "question",
    [
        "What did the authors find?",
        "Which bakers funded the yeast trial?",
        "When was yeast published as extinct in Lapland?",
        "Which culture is called a starter?",
        "How many adults were registered as diabetic?",
        "Which conflicts did millers have with bakers?",
    ],
)
def test_a_subject_beside_it_makes_it_a_question_on_the_text(question: str) -> None:
    """The same words are then no question on the document itself."""
    assert find_metadata(question, [BREAD_OUTLINE]) is None


def test_words_of_a_title_say_which_document_is_meant() -> None:
    """Without any, each document may be."""
    named = find_metadata("Who funded the sourdough review?", BOTH.outlines())
    each = find_metadata("Who funded the review?", BOTH.outlines())
    assert named is not None
    assert each is not None
    assert named.documents == {BREAD_HOME.id}
    assert len(each.documents) == 2
