"""Runs: what a system returned for each question. A run can be stored in a file, so any system can be measured."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pydantic import ConfigDict, Field, FiniteFloat

from eval.runs.gold import GoldQuestion
from eval.runs.lines import read_lines, unique_ids
from evqa.errors import InputError, UsageError
from evqa.model import Answer, Claim, Record, Status


class Hit(Record):
    """A returned passage. Hits are in the order in which they were returned.

    `document` is the id of its document, needed for a collection, whose judgements name documents.
    """

    model_config = ConfigDict(extra="ignore")

    score: float
    text: str
    document: str | None = None


class AnswerStatement(Record):
    """A statement of an answer, with its reference numbers."""

    model_config = ConfigDict(extra="ignore")

    text: str
    references: tuple[int, ...] = ()


class Response(Record):
    """What a system returned for one question, after `ms` milliseconds.

    `references`, `confidence`, `status` and `claims` are None if the system doesn't give them. The higher `confidence`,
    the more likely the question is answerable; within 0..1 it is measured as a probability. `claims` are the statements
    of the answer, in order.
    """

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    ms: float = Field(ge=0)
    hits: tuple[Hit, ...]
    references: tuple[int, ...] | None = None
    confidence: FiniteFloat | None = None
    status: Status | None = None
    claims: tuple[AnswerStatement, ...] | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The passages' texts, in order."""
        return tuple(hit.text for hit in self.hits)


class SystemRun(Record):
    """The responses of one system, one a question. A file holds one response a line, as JSON."""

    responses: tuple[Response, ...]

    def by_id(self) -> dict[str, Response]:
        """The responses by question id."""
        return {response.id: response for response in self.responses}


def load_run(path: Path) -> SystemRun:
    """Load a run. Raises InputError with the line that isn't a response, or with a repeated id."""
    responses = read_lines(path, Response)
    unique_ids(path, [response.id for response in responses])
    return SystemRun(responses=responses)


def save_run(run: SystemRun, path: Path) -> None:
    """Write the run, one response a line, without empty fields. Raises InputError if the file can't be written."""
    lines = [response.model_dump_json(exclude_none=True) + "\n" for response in run.responses]
    try:
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(path, "can't be written", "choose another place for the run", error.strerror) from error


def run_library(gold: Iterable[GoldQuestion], ask: Callable[[str], Answer]) -> SystemRun:
    """Ask every question in order, and time each. A question that `ask` refuses as unusable gets no response.

    The first question is asked once before, untimed, so that no time includes loading the model.
    """
    questions = list(gold)
    for question in questions[:1]:
        _timed(question, ask)
    responses = (_timed(question, ask) for question in questions)
    return SystemRun(responses=tuple(response for response in responses if response))


def _timed(question: GoldQuestion, ask: Callable[[str], Answer]) -> Response | None:
    before = time.perf_counter()
    try:
        answer = ask(question.question)
    except UsageError:
        return None
    return response_of(question.id, answer, (time.perf_counter() - before) * 1000)


def response_of(name: str, answer: Answer, ms: float) -> Response:
    """An answer of evqa as a response: passages become hits, the answer's references become numbers."""
    return Response(
        id=name,
        ms=ms,
        hits=tuple(Hit(score=passage.score, text=passage.text) for passage in answer.passages),
        references=tuple(reference.number for reference in answer.references),
        confidence=answer.confidence,
        status=answer.status,
        claims=tuple(_statement(claim) for claim in answer.claims),
    )


def _statement(claim: Claim) -> AnswerStatement:
    """A claim with the numbers printed in it and the numbers carried to it from another sentence."""
    return AnswerStatement(text=claim.text, references=tuple(dict.fromkeys((*claim.references, *claim.carried))))
