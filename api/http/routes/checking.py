"""POST /v1/check."""

from typing import Annotated, Any, Self

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.checking.drafts import checked_sentences, checked_text
from api.http.documented import answers
from api.http.routes.asking import CORPUS, JSON, PASSAGE, SENTENCE, CorpusName, Served
from api.http.served import Content
from evqa.corpus.corpus import Corpus
from evqa.quoting.checking import LONGEST
from evqa.quoting.records import Check

router = APIRouter(prefix="/v1", tags=["questions"])
MOST, LONGEST_TEXT = 200, 60_000
QUOTED = "Vesicles carry PD-L2 (15)."
EXAMPLE: dict[str, Any] = {
    "verbatim": 0,
    "near": 1,
    "absent": 0,
    "sentences": [
        {
            "text": QUOTED,
            "kind": "quotation",
            "verdict": "near",
            "similarity": 0.867,
            "differences": [{"quoted": "L2", "printed": "L1", "start": 18, "end": 20}],
            "inserted": [],
            "missing_numbers": [],
            "places": [
                {
                    "document": PASSAGE["document"],
                    "section": PASSAGE["section"],
                    "page": None,
                    "kind": "prose",
                    "label": None,
                    "passage": PASSAGE["id"],
                    "start": 1042,
                    "end": 1067,
                    "text": SENTENCE[:-1],
                    "references": [15],
                }
            ],
            "draft": None,
        }
    ],
    "corpus": CORPUS,
}


class CheckRequest(BaseModel):
    """A draft as `text`, or `sentences` to be checked one by one; and the corpus, as for a question."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    text: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_TEXT,
        examples=[None],
        description="a draft in Markdown or plain text: its quotations and its sentences with figures are checked",
    )
    sentences: list[Annotated[str, Field(min_length=1, max_length=LONGEST)]] | None = Field(
        default=None, min_length=1, max_length=MOST, examples=[[QUOTED]], description="quotations or sentences"
    )
    corpus: CorpusName | None = Field(default=None, examples=[None], description="name of a corpus, as in /v1/corpora")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (self.sentences is None):
            raise ValueError("give either text or sentences")
        return self


@router.post(
    "/check",
    summary="Check quotations",
    response_class=Response,
    responses=answers(
        "For each quotation or sentence whether it is printed in the corpus, where, and what differs there",
        EXAMPLE,
        400, 404, 413, 422, 500, 503,
        model=Check,
    ),
)  # fmt: skip
async def check(sent: CheckRequest, service: Served) -> Response:
    """Whether quotations are `verbatim`, `near` with the differing words, or `absent`; no model decides.

    The body is what `evqa check --json` prints.
    """

    def checked(corpus: Corpus) -> Content:
        found = (
            checked_sentences(sent.sentences or (), corpus) if sent.text is None else checked_text(sent.text, corpus)
        )
        return found.model_dump_json().encode(), None

    key = ("check", sent.text, *(sent.sentences or ()))
    body = await service.body(sent.corpus, key, checked)
    return Response(body.content, media_type=JSON)
