"""The outcome of each question: what was expected, and what the system returned."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from eval.measures.ranked import Scores, shown_in
from eval.measures.scoring import Responses, question_scores
from eval.runs.gold import GoldQuestion
from eval.runs.run import AnswerStatement, Response
from evqa.model import Record, Status

Verdict = Literal["right", "partly", "wrong", "undecided"]
NEAR = 5


class QuestionOutcome(Record):
    """A gold question beside the response to it; `came` is False if there was no response.

    `rank` is the place of the first passage that holds evidence, from 1. `first` is the text of the first passage.
    `scores` are the measures of an answerable question. An unanswerable one has only `refused` (1 or 0), if known.
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
    claims: tuple[AnswerStatement, ...] | None = None
    references: tuple[int, ...] | None = None
    confidence: float | None = None
    status: Status | None = None
    ms: float | None = None
    scores: dict[str, float]

    @property
    def verdict(self) -> Verdict:
        """Whether the question was dealt with rightly.

        An answerable question is right if it wasn't refused, its first passage holds evidence, and its references, if
        the system gives any, equal the gold's. It is wrong if it was refused or none of the first five passages holds
        evidence, and partly right otherwise. An unanswerable question is right if it was refused, wrong if it was
        answered, and undecided if that isn't known. A question without response is wrong.
        """
        if not self.came:
            return "wrong"
        if self.kind == "unanswerable":
            return "undecided" if self.status is None else "right" if self.scores["refused"] else "wrong"
        if self.status == "insufficient_evidence" or not self.rank or self.rank > NEAR:
            return "wrong"
        return "right" if self.rank == 1 and self.scores.get("reference_F1", 1.0) == 1 else "partly"


def outcomes(gold: Sequence[GoldQuestion], responses: Responses) -> tuple[QuestionOutcome, ...]:
    """The outcome of every gold question, in order."""
    scores = question_scores(gold, responses)
    return tuple(_outcome(question, responses.get(question.id), scores) for question in gold)


def _outcome(question: GoldQuestion, response: Response | None, scores: Mapping[str, Scores]) -> QuestionOutcome:
    shown = shown_in(question.anchors, response.texts if response else ())
    return QuestionOutcome(
        id=question.id,
        question=question.question,
        kind=question.kind,
        overlap=question.overlap,
        expected=question.answer if question.is_answerable else question.why,
        anchors=tuple(evidence.anchor for evidence in question.evidence),
        expected_references=question.references,
        rank=next((rank for rank, anchors in enumerate(shown, start=1) if anchors), None),
        scores=scores.get(question.id, _refused(response)),
        **_response_fields(response),
    )


def _refused(response: Response | None) -> Scores:
    if response is None:
        return {"refused": 0.0}
    return {} if response.status is None else {"refused": float(response.status == "insufficient_evidence")}


def _response_fields(response: Response | None) -> dict[str, Any]:
    if response is None:
        return {"came": False}
    fields = {name: getattr(response, name) for name in ("claims", "references", "confidence", "status", "ms")}
    return {"came": True, "first": response.texts[0] if response.hits else "", **fields}
