"""What was expected and what came, question by question."""

from collections.abc import Mapping

import pytest

from eval.report.outcomes import QuestionOutcome, outcomes
from eval.runs.gold import Evidence, GoldQuestion
from eval.runs.run import Hit, Response

ASKED = GoldQuestion(
    id="q", question="Which?", kind="list", references=(4,), evidence=(Evidence(anchor="the anchor"),), answer="That."
)
NOWHERE = GoldQuestion(id="u", question="Who?", kind="unanswerable", why="Sport.")


def outcome(rank: int, fields: Mapping[str, object], question: GoldQuestion = ASKED) -> QuestionOutcome:
    hits = [Hit(score=1, text="The anchor." if place == rank else "none") for place in range(1, 8)]
    response = Response.model_validate({"id": question.id, "ms": 3, "hits": hits} | {**fields})
    return outcomes([question], {question.id: response})[0]


@pytest.mark.parametrize(
    ("rank", "fields", "said"),
    [
        (1, {}, "right"),
        (1, {"references": [4]}, "right"),
        (1, {"references": [4, 5]}, "partly"),
        (3, {}, "partly"),
        (6, {}, "wrong"),
        (0, {}, "wrong"),
        (1, {"status": "insufficient_evidence", "references": []}, "wrong"),
    ],
)
def test_an_answerable_question_is_judged(rank: int, fields: dict[str, object], said: str) -> None:
    """Right needs evidence first and the gold's references; evidence up to the fifth place is partly right."""
    assert outcome(rank, fields).verdict == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"status": "answered"}, "wrong"), ({"status": "insufficient_evidence"}, "right"), ({}, "undecided")],
)
def test_an_unanswerable_question_is_judged(fields: dict[str, object], said: str) -> None:
    """It is to be refused; a system that doesn't decide isn't judged by it."""
    assert outcome(1, fields, NOWHERE).verdict == said


def test_an_outcome_holds_what_was_expected_and_what_came() -> None:
    """Expected answer or reason, references, anchors; rank of the evidence, first passage, scores."""
    found = outcome(2, {"references": [4]})
    assert (found.expected, found.expected_references, found.anchors) == ("That.", (4,), ("the anchor",))
    assert (found.rank, found.first, found.references, found.scores["MRR"]) == (2, "none", (4,), 0.5)
    assert outcome(1, {}, NOWHERE).expected == "Sport."


def test_no_response_is_wrong() -> None:
    """Silence is an outcome, the worst one."""
    silent = outcomes([ASKED, NOWHERE], {})
    assert [(one.came, one.verdict, one.rank) for one in silent] == [(False, "wrong", None)] * 2
    assert set(silent[0].scores.values()) == {0}
