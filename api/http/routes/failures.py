"""GET /v1/corpora/{name}/failures: files that a corpus was given and couldn't take."""

from fastapi import APIRouter, Response

from api.errors import AbsentError
from api.http.documented import answers
from api.http.routes.asking import JSON, Served
from api.http.routes.bibliography import Name
from api.http.served import Service
from api.text.json_text import json_text
from evqa.model import Record
from index.disk.folder import corpus_folder, corpus_names
from index.store.failures import failures_in

router = APIRouter(prefix="/v1/corpora", tags=["corpora"])
EXAMPLE = {"name": "scan.pdf", "state": "failed", "error": "scan.pdf: no text in it; try `evqa ingest --ocr`"}


class FailedFile(Record):
    """A file that isn't stored: its name in the corpus, whether it can't be read ("failed") or has gaps ("unsound"),
    and why."""

    name: str
    state: str
    error: str


@router.get(
    "/{name}/failures",
    summary="Files that couldn't be taken",
    response_class=Response,
    responses=answers("Every such file that is neither mended nor gone", [EXAMPLE], 404, 422, 500, 503,
                      written=tuple[FailedFile, ...]),
)  # fmt: skip
async def failures(name: Name, service: Served) -> Response:
    """Those of `evqa ingest`, by name: where they lie on the server's disk isn't said. Uploads
    tell theirs in the job."""
    text = await service.run(lambda: json_text(_failed(service, name)))
    return Response(text, media_type=JSON)


def _failed(service: Service, name: str) -> tuple[FailedFile, ...]:
    folder = corpus_folder(service.home, name)
    if not (found := failures_in(folder)) and name not in corpus_names(service.home):
        raise AbsentError(f"no corpus {name!r}", "it isn't there", "GET /v1/corpora names those that are")
    return tuple(FailedFile(name=each.source, state=each.state, error=each.error) for each in found)
