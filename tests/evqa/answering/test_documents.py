"""Whether a question tells the documents of a ranking apart."""

from evqa.answer import ask
from evqa.answering.documents import alike, nearness
from evqa.answering.ranking import Ranked
from evqa.corpus.corpus import Candidate
from tests.evqa.invented import (
    BREAD_OUTLINE,
    BREAD_PASSAGES,
    BREAD_REFERENCES,
    SLEEP_OUTLINE,
    SLEEP_PASSAGES,
    SLEEP_REFERENCES,
)
from tests.evqa.shelf import Shelf


def ranked(bread: float, sleep: float) -> list[Ranked]:
    """The first passage of each of two documents with its late-interaction score, and a far one of the first."""
    scored = [(BREAD_PASSAGES[0], bread), (BREAD_PASSAGES[1], bread / 2), (SLEEP_PASSAGES[0], sleep)]
    return [Ranked(Candidate(passage, 0.0, 0.0, late), late) for passage, late in scored]


def test_a_document_is_as_near_as_its_best_passage() -> None:
    """The nearest comes first."""
    assert nearness(ranked(0.4, 0.8)) == {"d-sleep": 0.8, "d-bread": 0.4}


def test_documents_are_alike_within_a_share_of_the_best() -> None:
    """Else the best one stands out; a single document always does."""
    assert alike(ranked(0.8, 0.7), 0.85) == ("d-bread", "d-sleep")
    assert alike(ranked(0.8, 0.6), 0.85) == ()
    assert alike(ranked(0.8, 0.6)[:2], 0.85) == ()
    assert alike([], 0.85) == ()


def test_evidence_is_judged_within_its_document() -> None:
    """A word that only another document has is missing where the others stand: the answer is refused, or less sure."""
    question = "Does melatonin lower the peak of glucose in healthy adults?"
    alone = Shelf([BREAD_OUTLINE], BREAD_PASSAGES, BREAD_REFERENCES)
    both = Shelf(
        [BREAD_OUTLINE, SLEEP_OUTLINE],
        [*BREAD_PASSAGES, *SLEEP_PASSAGES],
        [*BREAD_REFERENCES, *SLEEP_REFERENCES],
    )
    assert ask(question, both).confidence <= ask(question, alone).confidence
