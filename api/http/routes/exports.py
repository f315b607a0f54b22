"""GET /v1/corpora/{name}/export: chosen entries, of one document or several, for other programs."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.bibliography.entries import entry
from api.bibliography.exporting import MEDIA, Format, listed
from api.http.documented import answers, not_changed
from api.http.etags import tagged
from api.http.routes.asking import Served
from api.http.routes.bibliography import CITED, Name
from api.text.terminal import WIDEST
from evqa.corpus.corpus import Corpus
from evqa.model import Reference

router = APIRouter(prefix="/v1/corpora", tags=["corpora"])
# Entries of one request at most: as many as an address holds.
MOST = 200
Chosen = Annotated[str, StringConstraints(pattern=r"^[^\s:]{1,200}:\d{1,9}$")]
_OTHERS: dict[str, Any] = {MEDIA[form].partition(";")[0]: {"schema": {"type": "string"}} for form in MEDIA}


class ExportQuery(BaseModel):
    """Which entries, in which order, and how they are written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entry: tuple[Chosen, ...] = Field(
        min_length=1,
        max_length=MOST,
        description="id of the document and number of the entry, with a colon between; may be repeated",
        examples=[["d-91c0aa52de7b4f10:15"]],
    )
    form: Format = Field(default="bibtex", alias="format", description="how the entries are written")


def _responses() -> dict[int | str, dict[str, Any]]:
    found = answers("The entries, in the order asked for", [CITED], 404, 422, 500, 503)
    found[200]["content"] |= _OTHERS
    return {**found, **not_changed()}


@router.get("/{name}/export", summary="Chosen entries for other programs", response_class=Response,
            responses=_responses())  # fmt: skip
async def export(name: Name, query: Annotated[ExportQuery, Query()], service: Served, request: Request) -> Response:
    """Entries such as those behind an answer, in one file, so that their keys are unique. What the audit doubts, and
    whether a work still stands, goes along as a note."""
    form, chosen = query.form, query.entry
    body = await service.body(
        name,
        ("export", form, chosen),
        lambda corpus: (listed(_chosen(chosen, corpus), corpus, form, WIDEST).encode(), None),
    )
    return tagged(request, body.fingerprint, body.content, MEDIA[form])


def _chosen(chosen: Sequence[str], corpus: Corpus) -> list[Reference]:
    """The entries in the order given, each once. Raises AbsentError for one that isn't there."""
    parts = [each.rpartition(":") for each in dict.fromkeys(chosen)]
    return [entry(int(number), corpus, document) for document, _, number in parts]
