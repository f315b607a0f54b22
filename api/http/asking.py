"""POST /v1/ask and /v1/search."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from api.arguments import MOST
from api.http.documented import answers
from api.http.served import Made, Service
from api.search import Passages, search_json
from evqa.answer import LONGEST
from evqa.answer import ask as answer_to
from evqa.model import Answer
from evqa.retriever import Retriever

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
ANSWER = {
    "question": QUESTION,
    "status": "answered",
    "confidence": 0.91,
    "answer": f"{SENTENCE} [15]",
    "note": None,
    "claims": [
        {"text": SENTENCE, "passage": PASSAGE["id"], "start": 1042, "end": 1068, "references": [15], "carried": []}
    ],
    "references": [ENTRY],
    "passages": [PASSAGE],
    "warnings": [],
    "corpus": CORPUS,
}


def service_of(request: Request) -> Service:
    """The app's service."""
    found: Service = request.app.state.service
    return found


async def _service(request: Request) -> Service:
    return service_of(request)


Served = Annotated[Service, Depends(_service)]


# A question of blanks alone is refused where it is asked. Some blanks are none in the patterns of JSON Schema.
WORDED: dict[str, Any] = {"pattern": r"[^\s\u001c-\u001f\u0085]"}
# Described here; `corpus_folder` refuses any other in words of its own.
CorpusName = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_-][A-Za-z0-9._-]*$", "minLength": 1, "maxLength": 64}),
]


def _whole(given: object) -> object:
    """5.0 is as whole a number as 5, as JSON Schema has it."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


Whole = Annotated[int, BeforeValidator(_whole)]


class Asked(BaseModel):
    """A question, the corpus to ask, and how many passages to give. Without a corpus the one called default is asked,
    else the only one that there is, or the built-in sample where there is none; of several one has to be named."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    question: str = Field(min_length=1, max_length=LONGEST, examples=[QUESTION], json_schema_extra=WORDED)
    corpus: CorpusName | None = Field(default=None, examples=[None], description="name of a corpus, as in /v1/corpora")
    k: Whole = Field(default=5, ge=1, le=MOST, examples=[5], description="passages to give")


class Searched(Asked):
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
async def ask(asked: Asked, service: Served, request: Request) -> Response:
    """Verbatim sentences of the corpus with the reference numbers that it cites there, and their entries.

    The body is what `evqa ask --json` prints: the same corpus and question give the same bytes.
    """
    request.state.question = asked.question
    body = await service.body(
        asked.corpus, ("ask", asked.question, asked.k), lambda corpus: answered(asked, corpus, service)
    )
    request.state.answer = body.status
    return Response(body.content, media_type=JSON)


def answered(asked: Asked, retriever: Retriever, service: Service) -> Made:
    """The answer in bytes, and its status."""
    with service.stage("answering"):
        answer = answer_to(asked.question, retriever, asked.k)
    with service.stage("writing"):
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
async def search(asked: Searched, service: Served, request: Request) -> Response:
    """Ranked passages without an answer; the body is what `evqa search --json` prints."""
    request.state.question = asked.question
    what = ("search", asked.question, asked.k)
    body = await service.body(
        asked.corpus, what, lambda corpus: (search_json(asked.question, corpus, asked.k).encode(), None)
    )
    return Response(body.content, media_type=JSON)
