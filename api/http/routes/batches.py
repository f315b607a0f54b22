"""POST /v1/ask/batch: several questions in one request, each with its answer or its own problem."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from api.http.documented import answers, schema_of
from api.http.logs import log
from api.http.problems import Problem, on_bug, on_error, on_fault
from api.http.requests import request_id
from api.http.routes.asking import ANSWER, JSON, QUESTION, AskQuestion, Served, ask
from api.http.served import Service
from api.text.json_text import json_text
from evqa.errors import EvqaError
from evqa.model import Answer, Record

router = APIRouter(prefix="/v1", tags=["questions"])
MOST = 50
LONGEST_ID = 200
Identity = Annotated[str, Field(max_length=LONGEST_ID)] | int | None


class BatchQuestion(AskQuestion):
    """A question as `/v1/ask` takes it, with an id of the client's own that stands with its answer."""

    id: Identity = Field(default=None, examples=["q1"], description="stands with the answer; any text or whole number")


class BatchResult(Record):
    """The answer to a question of a batch, or its problem; the other one is null."""

    id: Identity
    answer: Answer | None
    problem: Problem | None


class BatchResults(Record):
    """The results, in the order of the questions."""

    results: tuple[BatchResult, ...]


# Each question is checked by itself, so that a wrong one doesn't refuse the others.
Sent = Annotated[dict[str, Any], WithJsonSchema(schema_of(BatchQuestion))]


class Batch(BaseModel):
    """Questions, 1 to 50, each with what `/v1/ask` takes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    questions: list[Sent] = Field(
        min_length=1, max_length=MOST, examples=[[{"id": "q1", "question": QUESTION}, {"id": "q2", "question": ""}]]
    )


EXAMPLE: dict[str, Any] = {
    "results": [
        {"id": "q1", "answer": ANSWER, "problem": None},
        {
            "id": "q2",
            "answer": None,
            "problem": {
                "type": "about:blank",
                "title": "Unprocessable Content",
                "status": 422,
                "detail": 'body questions.1.question: string should have at least 1 character, not ""; correct it and '
                "send it again, /openapi.json has examples",
                "error": "RequestValidationError",
                "request_id": "9f86d081884c7d65",
            },
        },
    ]
}


@router.post(
    "/ask/batch",
    summary="Answer several questions",
    response_class=Response,
    responses=answers(
        "A result for each question, in order: its answer, or the problem that it alone had",
        EXAMPLE, 400, 413, 422, 500, 503,
        model=BatchResults,
    ),
)  # fmt: skip
async def batch(sent: Batch, service: Served, request: Request) -> Response:
    """Each answer has the bytes that `/v1/ask` gives. The status is 200 whatever becomes of single questions; a batch
    that can't be read, or has more than 50 questions, is refused as a whole.
    """
    results = [await _result(place, fields, service, request) for place, fields in enumerate(sent.questions)]
    request.state.question, request.state.answer = f"{len(results)} questions", None
    return Response(f'{{"results":[{",".join(results)}]}}', media_type=JSON)


async def _result(place: int, fields: Mapping[str, Any], service: Service, request: Request) -> str:
    """The result of one question, as JSON."""
    try:
        question = BatchQuestion.model_validate(fields)
        answer = await ask(question, service, request)
    except ValidationError as error:
        faults = [{**fault, "loc": ("body", "questions", place, *fault["loc"])} for fault in error.errors()]
        return _written(_named(fields), "null", await _problem(on_fault, request, RequestValidationError(faults)))
    except EvqaError as error:
        return _written(question.id, "null", await _problem(on_error, request, error))
    except Exception as error:  # the other questions are answered all the same, and the log says where it was
        log.error("failed", exc_info=error, extra={"fields": {"request_id": request_id(request.scope)}})
        return _written(question.id, "null", await _problem(on_bug, request, error))
    service.counters.answers.labels(request.state.answer).inc()
    return _written(question.id, bytes(answer.body).decode(), "null")


def _named(fields: Mapping[str, Any]) -> Identity:
    """The id of a question that can't be used, where that is an id."""
    given = fields.get("id")
    is_one = isinstance(given, int) or (isinstance(given, str) and len(given) <= LONGEST_ID and _is_unicode(given))
    return given if is_one and not isinstance(given, bool) else None


def _is_unicode(text: str) -> bool:
    """Whether a text can be written: JSON may name half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


async def _problem(
    handler: Callable[[Request, Exception], Awaitable[Response]], request: Request, error: Exception
) -> str:
    return bytes((await handler(request, error)).body).decode()


def _written(identity: Identity, answer: str, problem: str) -> str:
    return f'{{"id":{json_text(identity)},"answer":{answer},"problem":{problem}}}'
