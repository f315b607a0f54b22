"""Question by question: what was expected and what came."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from eval.measures.ranked import Scores, shown_in
from eval.measures.scoring import Responses, question_scores
from eval.runs.gold import GoldQuestion
from eval.runs.run import Response, Statement
from evqa.model import Record, Status

Verdict = Literal["right", "partly", "wrong", "undecided"]
NEAR = 5


class Outcome(Record):
    """A gold question beside the response to it; `came` is False where there was none.

    `rank`: place of the first passage that holds evidence, from 1. `first`: the text of the first passage. `scores`:
    the measures of an answerable question; of an unanswerable one only `refused` (1 or 0), where that is known.
    """

    id: str
    question: str
    kind: str
    overlap: str | None
    expected: str
    anchors: tuple[str, ...]
    expected_references: tuple[int, ...]
    came: bool
    rank: int | None = None
    first: str = ""
    claims: tuple[Statement, ...] | None = None
    references: tuple[int, ...] | None = None
    confidence: float | None = None
    status: Status | None = None
    ms: float | None = None
    scores: dict[str, float]

    @property
    def verdict(self) -> Verdict:
        """How the question was dealt with.

        Answerable: right when it wasn't refused, the first passage holds evidence and the references, where the system
        gives any, are the gold's; wrong when no passage up to the fifth holds evidence, or when refused. Unanswerable:
        right when refused, wrong when answered. A question without response is wrong.
        """
        if not self.came:
            return "wrong"
        if self.kind == "unanswerable":
            return "undecided" if self.status is None else "right" if self.scores["refused"] else "wrong"
        if self.status == "insufficient_evidence" or not self.rank or self.rank > NEAR:
            return "wrong"
        return "right" if self.rank == 1 and self.scores.get("reference_F1", 1.0) == 1 else "partly"


def outcomes(gold: Sequence[GoldQuestion], responses: Responses) -> tuple[Outcome, ...]:
    """The outcome of every gold question, in order."""
    scores = question_scores(gold, responses)
    return tuple(_outcome(question, responses.get(question.id), scores) for question in gold)


def _outcome(question: GoldQuestion, response: Response | None, scores: Mapping[str, Scores]) -> Outcome:
    shown = shown_in(question.anchors, response.texts if response else ())
    return Outcome(
        id=question.id,
        question=question.question,
        kind=question.kind,
        overlap=question.overlap,
        expected=question.answer if question.is_answerable else question.why,
        anchors=tuple(evidence.anchor for evidence in question.evidence),
        expected_references=question.references,
        rank=next((rank for rank, found in enumerate(shown, start=1) if found), None),
        scores=scores.get(question.id, _refused(response)),
        **_came(response),
    )


def _refused(response: Response | None) -> Scores:
    if response is None:
        return {"refused": 0.0}
    return {} if response.status is None else {"refused": float(response.status == "insufficient_evidence")}


def _came(response: Response | None) -> dict[str, Any]:
    if response is None:
        return {"came": False}
    given = ("claims", "references", "confidence", "status", "ms")
    found = {name: getattr(response, name) for name in given}
    return {"came": True, "first": response.texts[0] if response.hits else "", **found}
