"""POST /v1/ask and /v1/search."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from api.answers import MOST, Passages, search_json
from api.filters import LONGEST_NAME, YEARS, filters_of
from api.http.documented import answers
from api.http.served import Content, Service, WatchedCorpus
from evqa.answer import LONGEST
from evqa.answer import ask as answer_to
from evqa.model import Answer, Filters, PassageKind

router = APIRouter(prefix="/v1", tags=["questions"])
JSON = "application/json"
QUESTION = "What does reference 15 support?"
CORPUS = {"name": "default", "fingerprint": "3b1f0c5d9a7e4f21", "documents": 1}
SENTENCE = "Vesicles carry PD-L1 (15)."
PASSAGE: dict[str, Any] = {
    "id": "p-3f2a9c4d1b0e5f67",
    "kind": "prose",
    "document": {"id": "d-91c0aa52de7b4f10", "title": "A review of vesicles", "kind": "review", "reference": None},
    "section": {"number": "4", "title": "Resistance"},
    "page": None,
    "start": 1042,
    "end": 1068,
    "text": SENTENCE,
    "sentences": [{"start": 1042, "end": 1068, "references": [15], "carried": []}],
    "references": [15],
    "label": None,
    "rank": 1,
    "score": 0.83,
    "scores": {"dense": 0.71, "lexical": 0.64, "late": 0.83},
}
ENTRY = {
    "number": 15,
    "document": "d-91c0aa52de7b4f10",
    "type": "article-journal",
    "title": "What vesicles carry",
    "author": [{"family": "Adams", "given": "A"}],
    "container-title": "J Vesicle Res",
    "issued": {"date-parts": [[2022]]},
    "DOI": "10.1000/vesicle.15",
    "raw": "15. Adams A. What vesicles carry. J Vesicle Res (2022).",
}
REASON = "12 “Checkpoint proteins on vesicles” fits far better"
DOUBT = f"ref 15 doesn't seem to fit this statement; 12 does: “{SENTENCE}”"
ANSWER = {
    "question": QUESTION,
    "status": "answered",
    "confidence": 0.91,
    "answer": f"{SENTENCE} [15]",
    "note": None,
    "missing": [],
    "claims": [
        {
            "text": SENTENCE,
            "passage": PASSAGE["id"],
            "start": 1042,
            "end": 1068,
            "references": [15],
            "carried": [],
            "doubts": [{"reference": 15, "score": 0.12, "reason": REASON, "better": [12], "warning": DOUBT}],
            "unresolved": [],
            "relevance": None,
            "context": None,
            "cells": [],
        }
    ],
    "references": [ENTRY],
    "passages": [PASSAGE],
    "warnings": [DOUBT],
    "judge": None,
    "corpus": CORPUS,
}


def service_of(request: Request) -> Service:
    """The app's service."""
    service: Service = request.app.state.service
    return service


async def _service(request: Request) -> Service:
    return service_of(request)


Served = Annotated[Service, Depends(_service)]

# A question must have a letter or sign. JSON Schema's \s lacks some of Python's blanks, so they are named.
WORDED: dict[str, Any] = {"pattern": r"[^\s\u001c-\u001f\u0085]"}
# For the description only: `corpus_folder` refuses other names, in its own words.
CorpusName = Annotated[
    str,
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[A-Za-z0-9_-][A-Za-z0-9._-]*$",
            "minLength": 1,
            "maxLength": 64,
            "examples": ["default"],
        }
    ),
]


def _whole(value: object) -> object:
    """The number 5.0 as 5: JSON Schema calls both integers."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole)]


class Question(BaseModel):
    """A question, the corpus to ask, and how many passages to give.

    Without a corpus the one called default is asked, else the only one that there is, or the built-in sample if there
    is none; of several one has to be named.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    question: str = Field(min_length=1, max_length=LONGEST, examples=[QUESTION], json_schema_extra=WORDED)
    corpus: CorpusName | None = Field(default=None, examples=[None], description="name of a corpus, as in /v1/corpora")
    k: Whole = Field(default=5, ge=1, le=MOST, examples=[5], description="passages to give")
    document: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_NAME,
        examples=[None],
        description="one document: its file's name, id, title or words of that, or its number in the bibliography that "
        "cites it; `Chen 2022` by first author and year",
    )
    years: str | None = Field(
        default=None, pattern=YEARS, examples=["2010-2020"], description="documents of these years; an end may be open"
    )
    kind: PassageKind | None = Field(default=None, examples=[None], description="passages of one kind")
    section: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_NAME,
        examples=[None],
        description="one section: its title, its number, or a part such as `methods`",
    )

    @property
    def filters(self) -> Filters | None:
        """What of the corpus is asked; None for all of it. Raises UsageError for years that can't be read."""
        return filters_of(self.document, self.years, self.kind, self.section)


class AskQuestion(Question):
    """The same for an answer, which may also be phrased by the language model that the server has set."""

    phrase: bool = Field(
        default=False, examples=[False], description="also phrase the answer, by the language model that is set"
    )


class SearchQuestion(Question):
    """The same for ranked passages only."""

    k: Whole = Field(default=10, ge=1, le=MOST, examples=[10], description="passages to give")


@router.post(
    "/ask",
    summary="Answer a question",
    response_class=Response,
    responses=answers(
        "An answer, or a refusal: then `status` is `insufficient_evidence` and the nearest passages are given",
        ANSWER,
        400, 404, 413, 422, 500, 503,
        model=Answer,
    ),
)  # fmt: skip
async def ask(question: AskQuestion, service: Served, request: Request) -> Response:
    """Verbatim sentences of the corpus with the reference numbers that it cites there, and their entries.

    The body is what `evqa ask --json` prints: the same corpus and question give the same bytes.
    """
    request.state.question = question.question
    request_key = ("ask", question.question, question.k, question.filters, question.phrase)
    body = await service.body(question.corpus, request_key, lambda corpus: answered(question, corpus, service))
    request.state.answer = body.status
    return Response(body.content, media_type=JSON)


def answered(question: AskQuestion, corpus: WatchedCorpus, service: Service) -> Content:
    """The answer in bytes, and its status."""
    phrase = service.phrase if question.phrase else None
    with service.counters.stage("answering"):
        answer = answer_to(question.question, corpus, question.k, question.filters)
    if phrase:
        with service.counters.stage("phrasing"):
            answer = phrase(answer, corpus)
    with service.counters.stage("writing"):
        return answer.model_dump_json().encode(), answer.status


@router.post(
    "/search",
    summary="Rank the passages for a question",
    response_class=Response,
    responses=answers(
        "The best passages, best first",
        {"question": QUESTION, "passages": [PASSAGE], "corpus": CORPUS},
        400, 404, 413, 422, 500, 503,
        model=Passages,
    ),
)  # fmt: skip
async def search(question: SearchQuestion, service: Served, request: Request) -> Response:
    """Ranked passages without an answer; the body is what `evqa search --json` prints."""
    request.state.question = question.question
    body = await service.body(
        question.corpus,
        ("search", question.question, question.k, question.filters),
        lambda corpus: (search_json(question.question, corpus, question.k, question.filters).encode(), None),
    )
    return Response(body.content, media_type=JSON)
