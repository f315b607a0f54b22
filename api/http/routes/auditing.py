"""GET /v1/corpora/{name}/audit: the audit of a corpus's own citations, as a record or as a page for the authors."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.audit.auditing import audited
from api.audit.findings import findings
from api.audit.page import audit_page, policy
from api.http.documented import Responses, answers, not_changed
from api.http.etags import tagged
from api.http.routes.asking import JSON, PASSAGE, SENTENCE, Served
from api.http.routes.bibliography import Name
from api.http.served import Content
from evqa.audit.records import Audit
from evqa.corpus.corpus import Corpus

router = APIRouter(prefix="/v1/corpora", tags=["corpora"])
HTML = "text/html; charset=utf-8"
DOCUMENT = PASSAGE["document"]["id"]
STATEMENT: dict[str, Any] = {
    "text": SENTENCE,
    "start": 1042,
    "end": 1068,
    "carried_from": None,
    "section": "4",
    "where": "text",
    "label": None,
}
ROW = {**STATEMENT, "text": "Leukemia\tCD19\t(1)", "start": 410, "end": 427, "where": "table", "label": "Table 1"}
EXAMPLE: dict[str, Any] = {
    "pairs": [
        {
            "document": DOCUMENT,
            "statement": STATEMENT,
            "reference": 15,
            "score": 0.07,
            "verdict": "suspect",
            "reason": "nothing here meets its title's “lichen”, “roofs”; 38 fits better",
            "known": "title",
            "better": [{"number": 38, "score": 0.98}],
        }
    ],
    "runs": [
        {
            "document": DOCUMENT,
            "where": "Table 1",
            "offset": 14,
            "rows": 6,
            "of": 6,
            "mapping": {"1": 15, "2": 16, "3": 17, "4": 18, "5": 19, "6": 20},
            "confidence": 0.99,
            "reason": "6 of 6 rows fit the entry 14 further on; the running text agrees in 1 statement",
            "start": 410,
            "end": 733,
            "statements": [410, 468, 521, 579, 634, 690],
            "agrees": [STATEMENT],
            "rests_on": ["others say the same and cite what is meant"],
        }
    ],
    "bookkeeping": [
        {
            "document": DOCUMENT,
            "kind": "never_cited",
            "references": [54],
            "detail": "no statement cites 54",
            "start": None,
            "end": None,
        }
    ],
    "verified": [],
    "failed": [],
}


class AuditQuery(BaseModel):
    """How the audit is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Literal["json", "html"] = Field(
        default="json", alias="format", description="the record, or a page of its own that can be sent to the authors"
    )


def _responses() -> Responses:
    responses = answers(
        "Every pair of statement and reference with its verdict, runs of shifted numbers, and bookkeeping",
        EXAMPLE, 404, 422, 500, 503,
        model=Audit,
    )  # fmt: skip
    responses[200]["content"]["text/html"] = {"schema": {"type": "string"}}
    return {**responses, **not_changed()}


@router.get(
    "/{name}/audit", summary="Audit the corpus's own citations", response_class=Response, responses=_responses()
)
async def audit(name: Name, query: Annotated[AuditQuery, Query()], service: Served, request: Request) -> Response:
    """What `evqa audit --json` prints, or with `format=html` what `evqa audit --report` writes: for each document that
    stands on its own, the citations that don't seem to fit, and the entries that would."""
    make = _page if query.form == "html" else _record
    body = await service.body(name, ("audit", query.form), make)
    response = tagged(request, body.fingerprint, body.content, HTML if query.form == "html" else JSON)
    if query.form == "html":
        response.headers["Content-Security-Policy"] = f"{policy()}; frame-ancestors 'none'"
    return response


def _record(corpus: Corpus) -> Content:
    return audited(corpus).model_dump_json().encode(), None


def _page(corpus: Corpus) -> Content:
    return audit_page(findings(audited(corpus), corpus)).encode(), None
