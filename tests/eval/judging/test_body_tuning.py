"""A document of the body judges weights by what a judge and a reader need; outcomes need no judge."""

from pathlib import Path

import pytest

from eval.fitting.calibrate import joined
from eval.judging.body import BodyDocument, BodyQuestion
from eval.judging.body_tuning import BodySet
from evqa.fitted import shipped
from evqa.language.words import squeeze
from evqa.refusal.confidence import NAMES
from tests.evqa.invented import BREAD_SHELF

ACID = "Lactobacilli (LAB) produce lactic acid within 8 h"


def question(text: str, *anchors: str) -> BodyQuestion:
    kind = "factoid" if anchors else "unanswerable"
    return BodyQuestion(id=text, question=text, kind=kind, anchors=tuple(map(squeeze, anchors)))


def made(*questions: BodyQuestion) -> BodySet:
    document = BodyDocument(name="bread", path=Path("bread.md"), split="fit", questions=questions)
    return BodySet(document, BREAD_SHELF)


WEIGHTS = shipped().ranking
FOUND = question("What do lactobacilli produce within 8 h?", ACID)
MISSED = question("What do lactobacilli produce within 8 hours?", "a sentence that the document lacks")
FOREIGN = question("Who painted The Night Watch?")


def test_the_answer_first_is_best() -> None:
    """1 where the only evidence comes first and alone is shown; unanswerable questions count for nothing."""
    assert made(FOUND, FOREIGN).quality(WEIGHTS.model_copy(update={"margin": 0.0})) == pytest.approx(1.0)


def test_missed_evidence_is_worst() -> None:
    """0 where no passage holds the evidence; the mean over the questions counts."""
    assert made(MISSED).quality(WEIGHTS) == 0.0
    both = made(FOUND, MISSED).quality(WEIGHTS.model_copy(update={"margin": 0.0}))
    assert both == pytest.approx(0.5)


def test_features_of_every_question() -> None:
    """A row a question, answerable or not, in their order; tables of several documents can be joined."""
    table = made(FOUND, FOREIGN).table(shipped())
    assert table.values.shape == (2, len(NAMES))
    assert table.answerable.tolist() == [1.0, 0.0]
    assert joined([table, table]).answerable.tolist() == [1.0, 0.0, 1.0, 0.0]


def test_outcomes() -> None:
    """Each question is asked whole, with the values given."""
    first, foreign = made(FOUND, FOREIGN).outcomes(shipped())
    assert first.rank == 1
    assert (first.document, foreign.rank) == ("bread", 0)
