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


TITLED = [
    BREAD_OUTLINE.model_copy(update={"document": BREAD_HOME.model_copy(update={"title": title})})
    for title in (
        "A mediastinal mass in a patient with Covid-19 infection after contact with birds: Kimura's disease",
        "Extracellular vesicles as carriers to the target",
        "Deoxynivalenol contamination",
    )
]


@pytest.mark.parametrize(
    "question",
    [
        "When did the mediastinal mass appear?",
        "Did the patient with Covid-19 infection have contact with a patient?",
        "What is Kimura's disease called?",
        "What is Kimura's disease called in the paper?",
        "How do extracellular vesicles reach the target?",
        "Where are extracellular vesicles released?",
        "How is deoxynivalenol contamination registered?",
        "Where are vesicles released in this study?",
        "When did they appear?",
        "How were people registered in the trial?",
        "Who funded extracellular vesicles?",
    ],
)
def test_a_subject_that_a_title_names_is_no_document(question: str) -> None:
    """All words stand in a title or frame a question, yet what is asked of isn't the document."""
    assert find_metadata(question, TITLED) is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the extracellular vesicles review appear?", "year"),
        ("When did the review on extracellular vesicles appear?", "year"),
        ("When did “Extracellular vesicles as carriers to the target” appear?", "year"),
        ("Who funded Extracellular vesicles as carriers to the target?", "funding"),
        ("How can I reach the authors of the vesicles paper?", "correspondence"),
    ],
)
def test_a_document_is_named_by_its_title_beside_a_noun_or_in_quotes_or_whole(question: str, kind: str) -> None:
    """Then its own date, funding or address is asked for, and of no other document."""
    vesicles = TITLED[1].model_copy(update={"document": TITLED[1].document.model_copy(update={"id": "d-vesicles"})})
    found = find_metadata(question, [TITLED[0], vesicles, TITLED[2]])
    assert found is not None
    assert found.kind == kind
    assert found.documents == {"d-vesicles"}


def test_words_of_a_title_say_which_document_is_meant() -> None:
    """Without any, each document may be."""
    named = find_metadata("Who funded the sourdough review?", BOTH.outlines())
    each = find_metadata("Who funded the review?", BOTH.outlines())
    assert named is not None
    assert each is not None
    assert named.documents == {BREAD_HOME.id}
    assert len(each.documents) == 2
