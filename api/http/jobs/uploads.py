"""POST /v1/corpora/{name}/documents, and DELETE of one of them."""

import asyncio
from contextlib import closing
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.corpus_names import own_name
from api.errors import AbsentError, ends_named
from api.http.documented import refusals
from api.http.jobs.job import Job
from api.http.jobs.job_examples import JOB
from api.http.jobs.job_process import process_for
from api.http.jobs.job_runner import Jobs
from api.http.jobs.upload_form import received
from api.http.problems import problem, problem_response
from api.http.routes.asking import JSON, Served
from api.http.routes.bibliography import Name
from api.http.routes.documents import Identity
from api.http.served import Service
from evqa.errors import BusyError, ErrorFacts
from index.disk.folder import RECORDS, corpus_folder
from index.store.store import opened
from ingest.reader import MEDIA_TYPES

router = APIRouter(prefix="/v1/corpora", tags=["corpora"])
# Seconds that a removal waits for another process that writes the corpus.
PATIENCE = 0.0
FORM: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {
                    "file": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "format": "binary"},
                        "description": "a review or a cited paper: .pdf, .docx, .html, .xml or .nxml (JATS), .md or "
                        ".txt; may be repeated",
                    },
                    "strict": {
                        "type": "string",
                        "enum": ["true", "false"],
                        "default": "false",
                        "description": "refuse documents with gaps in their numbering or unresolved markers; else "
                        "they are stored, and answers that touch a gap say so",
                    },
                    "ocr": {
                        "type": "string",
                        "enum": ["true", "false"],
                        "default": "false",
                        "description": "recognise the text of scanned PDF pages; 503 where the extra isn't installed",
                    },
                    "allow_partial": {
                        "type": "string",
                        "enum": ["true", "false"],
                        "default": "false",
                        "deprecated": True,
                        "description": "does nothing: documents with gaps are stored unless strict is true",
                    },
                },
            },
            "encoding": {"file": {"contentType": ", ".join(sorted(set(MEDIA_TYPES.values())))}},
        }
    },
}


def jobs_of(request: Request) -> Jobs:
    """The app's jobs."""
    jobs: Jobs = request.app.state.jobs
    return jobs


@router.post(
    "/{name}/documents",
    status_code=202,
    summary="Upload documents",
    response_class=Response,
    openapi_extra={"requestBody": FORM},
    responses={
        202: {
            "description": "The job that stores them; its address is in Location",
            "model": Job,
            "content": {JSON: {"example": JOB}},
            "headers": {"Location": {"description": "address of the job", "schema": {"type": "string"}}},
        },
        **refusals(400, 413, 415, 422, 500, 503, 507),
    },
)  # fmt: skip
async def upload(name: Name, request: Request, service: Served) -> Response:
    """Takes files and stores them in a job, whose progress is at its address. A corpus that isn't there is made.

    A file takes the place of one of the same name in the corpus.
    """
    corpus_folder(service.home, own_name(name))
    jobs = jobs_of(request)
    identity, folder = await asyncio.to_thread(jobs.new_upload)
    is_kept = False
    try:
        form = await received(request, folder, request.app.state.upload_limits)
        job = await jobs.add(identity, name, form)
        is_kept = True
    except ClientDisconnect as error:
        raise HTTPException(400, "the upload was broken off; send it again") from error
    finally:
        jobs.arrived()
        if not is_kept:
            await asyncio.shield(asyncio.to_thread(jobs.drop, identity))
    return Response(job.model_dump_json(), 202, {"Location": f"/v1/jobs/{job.id}"}, JSON)


@router.delete(
    "/{name}/documents/{identity}",
    status_code=204,
    summary="Remove a document",
    response_class=Response,
    responses={204: {"description": "It is removed; questions are answered without it"},
               **refusals(404, 409, 422, 500, 503, 507)},
)  # fmt: skip
async def remove(name: Name, identity: Identity, request: Request, service: Served) -> Response:
    """What `evqa remove` does. The response comes when no question is answered from the document any more."""
    await asyncio.to_thread(check_document, service, own_name(name), identity)
    order = {"document": identity, "removed": True, "patience": PATIENCE}
    async with process_for(service.home, name, service.settings, **order) as process:
        ended = await process.followed(ignored)
    if ended.failure:
        return refused(ended.kind, ended.failure, request)
    await asyncio.to_thread(service.renew, name)
    return Response(status_code=204)


async def ignored(progress: dict[str, Any]) -> None:
    """Nobody follows what is done at once, such as a removal."""


def check_document(service: Service, name: str, identity: str) -> None:
    """Raise AbsentError unless the corpus holds a document of that id."""
    records = corpus_folder(service.home, name) / RECORDS
    if not records.exists():
        raise AbsentError(f"no corpus {name!r}", "it isn't there", "GET /v1/corpora names those that are")
    with closing(opened(records)) as store:
        if not any(row.id == identity for row in store.named(identity)):
            raise AbsentError(f"no document {identity!r}", f"corpus {name!r} doesn't hold it", "GET the corpus for all")


def refused(kind: str, failure: ErrorFacts, request: Request) -> Response:
    """A problem; a corpus that is being written is a conflict with whoever writes it."""
    status = 409 if kind == BusyError.__name__ else ends_named(kind).status
    headers = {"Retry-After": "5"} if status in (409, 503) else {}
    return problem_response(problem(status, failure.line(), request.scope, kind), headers)
