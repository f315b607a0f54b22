"""Runs: what a system returned for each question, kept in a file so that any system can be measured."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pydantic import ConfigDict, Field, FiniteFloat

from eval.runs.gold import GoldQuestion
from eval.runs.lines import read_lines, unique_ids
from evqa.errors import InputError, UsageError
from evqa.model import Answer, Claim, Record, Status


class Hit(Record):
    """A returned passage; hits stand in the order in which they were returned.

    `document` names the document it is from, where a collection's judgements go by documents.
    """

    model_config = ConfigDict(extra="ignore")

    score: float
    text: str
    document: str | None = None


class Statement(Record):
    """A statement of an answer with the reference numbers that it is given."""

    model_config = ConfigDict(extra="ignore")

    text: str
    references: tuple[int, ...] = ()


class Response(Record):
    """What a system returned for one question, after `ms` milliseconds.

    `references`, `confidence`, `status` and `claims` are None where the system doesn't give them. `confidence`
    rises with the belief that the question is answerable; it is measured as a probability only within 0..1.
    `claims` are the statements of the answer, in order.
    """

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    ms: float = Field(ge=0)
    hits: tuple[Hit, ...]
    references: tuple[int, ...] | None = None
    confidence: FiniteFloat | None = None
    status: Status | None = None
    claims: tuple[Statement, ...] | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The passages' texts, in order."""
        return tuple(hit.text for hit in self.hits)


class Run(Record):
    """The responses of one system, one a question, in order; in a file one JSON object a line."""

    responses: tuple[Response, ...]

    def by_id(self) -> dict[str, Response]:
        """The responses by question id."""
        return {response.id: response for response in self.responses}


def load_run(path: Path) -> Run:
    """The run stored at `path`. Raises InputError naming the line that isn't a response, or a repeated id."""
    responses = read_lines(path, Response)
    unique_ids(path, [response.id for response in responses])
    return Run(responses=responses)


def save_run(run: Run, path: Path) -> None:
    """Writes the run, one response a line, fields that aren't known left out. Raises InputError if refused."""
    lines = [response.model_dump_json(exclude_none=True) + "\n" for response in run.responses]
    try:
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(path, "can't be written", "choose another place for the run", error.strerror) from error


def run_library(gold: Iterable[GoldQuestion], ask: Callable[[str], Answer]) -> Run:
    """Asks every question in order, timing each; one that can't be asked as it stands gets no response.

    The first one is asked once before, untimed, so that no time is that of loading what all need.
    """
    questions = list(gold)
    for question in questions[:1]:
        _timed(question, ask)
    responses = (_timed(question, ask) for question in questions)
    return Run(responses=tuple(response for response in responses if response))


def _timed(question: GoldQuestion, ask: Callable[[str], Answer]) -> Response | None:
    before = time.perf_counter()
    try:
        answer = ask(question.question)
    except UsageError:
        return None
    return response_of(question.id, answer, (time.perf_counter() - before) * 1000)


def response_of(name: str, answer: Answer, ms: float) -> Response:
    """The answer as a line of a run: passages as hits, top-level references as numbers."""
    return Response(
        id=name,
        ms=ms,
        hits=tuple(Hit(score=passage.score, text=passage.text) for passage in answer.passages),
        references=tuple(reference.number for reference in answer.references),
        confidence=answer.confidence,
        status=answer.status,
        claims=tuple(_statement(claim) for claim in answer.claims),
    )


def _statement(claim: Claim) -> Statement:
    """A claim with the numbers printed in it and those carried to it."""
    return Statement(text=claim.text, references=tuple(dict.fromkeys((*claim.references, *claim.carried))))
