"""GET /v1/corpora/{name}/table: an evidence table, several questions put to each document by itself."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from itertools import product
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from starlette.exceptions import HTTPException

from api.evidence.gathering import check_questions, chosen_outlines, rows, table_of
from api.evidence.records import EvidenceRow, EvidenceTable
from api.evidence.writing import FORMS, Format
from api.filters import LONGEST_NAME
from api.http.body_cache import Body
from api.http.documented import Responses, answers, not_changed
from api.http.etags import tagged
from api.http.routes.asking import CORPUS, ENTRY, PASSAGE, QUESTION, SENTENCE, Served
from api.http.routes.bibliography import Name
from api.http.served import Content, Service
from api.text.json_text import json_text
from evqa.answer import LONGEST
from evqa.corpus.corpus import Corpus
from evqa.errors import BusyError, UsageError
from evqa.model import CorpusState, Outline

router = APIRouter(prefix="/v1/corpora", tags=["questions"])
# Questions of one request, and cells of its table: a cell takes a tenth of a second or more.
MOST_QUESTIONS, MOST_CELLS = 20, 400
EXAMPLE: dict[str, Any] = {
    "questions": [QUESTION],
    "asked": 1,
    "found_only": False,
    "rows": [
        {
            "question": QUESTION,
            "result": "found",
            "document": PASSAGE["document"],
            "source": "vesicles.md",
            "confidence": 0.91,
            "claim": SENTENCE,
            "relevance": None,
            "context": None,
            "cited": [
                {
                    "number": 15,
                    "carried": False,
                    "entry": "Adams A. What vesicles carry. J Vesicle Res (2022). https://doi.org/10.1000/vesicle.15",
                    "DOI": ENTRY["DOI"],
                    "status": None,
                    "said": "not checked for retraction",
                    "says": None,
                }
            ],
            "section": PASSAGE["section"],
            "label": None,
            "page": None,
            "passage": PASSAGE["id"],
            "start": 1042,
            "end": 1068,
            "notes": [],
        }
    ],
    "corpus": CORPUS,
}
ROWS: TypeAdapter[tuple[EvidenceRow, ...]] = TypeAdapter(tuple[EvidenceRow, ...])
Asked = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Named = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class TableQuery(BaseModel):
    """The questions, the documents that are asked, and how the table is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: list[Asked] = Field(
        min_length=1, max_length=MOST_QUESTIONS, description="a question; may be repeated", examples=[[QUESTION]]
    )
    document: list[Named] = Field(
        default=[],
        max_length=MOST_CELLS,
        description="ask this document: its file's name, its title or words of that, or its id; may be repeated; "
        "without any, all are asked",
    )
    found: bool = Field(default=False, description="leave out documents that answer `not found`")
    form: Format = Field(default="json", alias="format", description="how the table is written")


def _responses() -> Responses:
    responses = answers(
        "The table: one row a claim, with its place, what it cites and whether those works still stand",
        EXAMPLE, 404, 422, 500, 503,
        model=EvidenceTable,
    )  # fmt: skip
    for form in ("csv", "md"):
        responses[200]["content"][FORMS[form].media.partition(";")[0]] = {"schema": {"type": "string"}}
    return {**responses, **not_changed()}


@router.get("/{name}/table", summary="An evidence table", response_class=Response, responses=_responses())
async def table(name: Name, query: Annotated[TableQuery, Query()], service: Served, request: Request) -> Response:
    """What `evqa table` prints: every document is asked by itself, and one that doesn't answer has a row that says so.

    At most 400 cells (questions times documents) a request; name documents, or ask fewer questions, for more.
    """
    request.state.question = " | ".join(query.question)
    whole = await gathered(service, name, query.question, query.document, query.found, request.is_disconnected)
    form = FORMS[query.form]
    content = form.write(whole).encode()
    tag = f"{whole.corpus.fingerprint}-{hashlib.sha256(content).hexdigest()[:16]}"
    response = tagged(request, tag, content, form.media)
    if query.form != "json":
        response.headers["Content-Disposition"] = f'attachment; filename="{name}-evidence.{form.ending}"'
    return response


async def _stays() -> bool:
    return False


async def gathered(  # noqa: PLR0913, PLR0917
    service: Service,
    name: str,
    questions: Sequence[str],
    documents: Sequence[str],
    found_only: bool,
    is_gone: Callable[[], Awaitable[bool]] = _stays,
) -> EvidenceTable:
    """The table, cell by cell, while the client stays. Each cell is work of its own, so that a large table doesn't keep
    others waiting, and is kept for the next table.

    Raises UsageError as `evidence_table`, and for more than 400 cells; BusyError if the corpus is published meanwhile.
    """
    questions = tuple(dict.fromkeys(questions))
    check_questions(questions)
    state, chosen = await service.run(lambda: _chosen(service, name, documents))
    if len(questions) * len(chosen) > MOST_CELLS:
        asked = f"{len(questions)} questions to {len(chosen)} documents"
        raise UsageError(asked, f"more than {MOST_CELLS} cells", "name documents, or use `evqa table`")
    found: list[EvidenceRow] = []
    for question, outline in product(questions, chosen):
        if await is_gone():
            raise HTTPException(400, "the client has gone")
        found += await _cell(service, state, question, outline)
    return table_of(questions, len(chosen), found, state, found_only)


def _chosen(service: Service, name: str, documents: Sequence[str]) -> tuple[CorpusState, list[Outline]]:
    with service.generation(name) as generation:
        return generation.state, chosen_outlines(generation.corpus, documents)


async def _cell(service: Service, state: CorpusState, question: str, outline: Outline) -> tuple[EvidenceRow, ...]:
    """The rows of one document for one question."""

    def asked(corpus: Corpus) -> Content:
        with service.counters.stage("answering"):
            return json_text(rows(question, outline, corpus)).encode(), None

    body = await service.body(state.name, ("table", question, outline.document.id), asked)
    if not _is_of(body, state):
        raise BusyError(f"corpus {state.name!r}", "was published anew meanwhile", "ask again")
    return ROWS.validate_json(body.content)


def _is_of(body: Body, state: CorpusState) -> bool:
    """Whether a body rests on this generation; that which another judge decided says so after the fingerprint."""
    return body.fingerprint.startswith(state.fingerprint)
