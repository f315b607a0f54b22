"""GET /v1/corpora/{name}/examples: questions that the corpus answers."""

from fastapi import APIRouter, Request, Response

from api.examples import Example, examples
from api.http.documented import answers, not_changed
from api.http.etags import tagged
from api.http.routes.asking import JSON, QUESTION, Served
from api.http.routes.bibliography import Name
from api.text.json_text import json_text

router = APIRouter(prefix="/v1/corpora", tags=["questions"])
EXAMPLE = {
    "question": QUESTION,
    "document": {"id": "d-91c0aa52de7b4f10", "name": "vesicles.md", "title": "A review of vesicles"},
}


@router.get(
    "/{name}/examples",
    summary="Questions that the corpus answers",
    response_class=Response,
    responses={
        **answers("Some questions, each with its document", [EXAMPLE], 404, 422, 500, 503,
                  written=tuple[Example, ...]),
        **not_changed(),
    },
)  # fmt: skip
async def example_questions(name: Name, service: Served, request: Request) -> Response:
    """Made of headings, short forms, tables and bibliographies of the documents. Each was asked, and is answered
    surely: a place to begin. The same corpus gives the same questions."""
    body = await service.body(name, ("examples",), lambda corpus: (json_text(examples(corpus)).encode(), None))
    return tagged(request, body.fingerprint, body.content, JSON)
