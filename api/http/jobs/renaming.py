"""PATCH of a corpus or of one of its documents: another name, another title."""

import asyncio
import time

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator

from api.catalogue import ListedCorpus, summary_record
from api.corpus_names import own_name
from api.errors import AbsentError
from api.http.documented import answers, refusals
from api.http.jobs.job_process import process_for
from api.http.jobs.uploads import PATIENCE, check_document, ignored, jobs_of, refused
from api.http.problems import problem, problem_response
from api.http.routes.asking import JSON, WORDED, CorpusName, Served
from api.http.routes.bibliography import SUMMARY, Name
from api.http.routes.documents import Identity
from api.http.served import Service
from api.text.json_text import json_text
from evqa.errors import BusyError
from index.corpora import summary
from index.disk.folder import corpus_folder, corpus_names
from index.moving import rename_corpus

router = APIRouter(prefix="/v1/corpora", tags=["corpora"])
LONGEST_TITLE = 1_000
# Seconds to wait until requests that are being answered have let go of the corpus, and between two looks.
WAIT, PAUSE = 5.0, 0.05


class CorpusChange(BaseModel):
    """What a corpus is to be called."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: CorpusName = Field(examples=["reviews"])


class DocumentChange(BaseModel):
    """What a document is to be called."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    title: str = Field(
        min_length=1, max_length=LONGEST_TITLE, examples=["A review of vesicles"], json_schema_extra=WORDED
    )

    @field_validator("title")
    @classmethod
    def _worded(cls, title: str) -> str:
        """The title without blanks around it. Raises ValueError if nothing is left."""
        if not title.strip():
            raise ValueError("the title has no words")
        return title.strip()


@router.patch(
    "/{name}",
    summary="Rename a corpus",
    response_class=Response,
    responses=answers("The corpus under its new name", {**SUMMARY, "name": "reviews"},
                      400, 404, 409, 413, 422, 500, 503, 507, written=ListedCorpus),
)  # fmt: skip
async def rename(name: Name, change: CorpusChange, request: Request, service: Served) -> Response:
    """Gives a corpus another name; answers name it from then on. What evqa keeps for itself keeps its name. A corpus
    that a job or another process is using is a conflict."""
    for each in (name, change.name):
        corpus_folder(service.home, own_name(each))
    if name not in (names := corpus_names(service.home)):
        known = ", ".join(names) or "none yet"
        raise AbsentError(f"no corpus {name!r}", f"there is {known}", "name one of these")
    jobs = await asyncio.to_thread(jobs_of(request).store.unfinished)
    if working := [job for job in jobs if job.corpus in (name, change.name)]:
        job = working[0]
        detail = f"corpus {job.corpus!r}: job {job.id} is storing into it; DELETE /v1/jobs/{job.id} cancels it"
        return problem_response(problem(409, detail, request.scope, BusyError.__name__))
    try:
        await asyncio.to_thread(_moved, service, name, change.name)
    except BusyError as error:
        busy = problem(409, error.facts.line(), request.scope, BusyError.__name__)
        return problem_response(busy, {"Retry-After": "5"})
    text = await service.run(lambda: json_text(summary_record(summary(service.home, change.name))))
    return Response(text, media_type=JSON)


def _moved(service: Service, name: str, to: str) -> None:
    """Rename the corpus once the requests that read it have ended. Raises BusyError if that takes too long."""
    deadline = time.monotonic() + WAIT
    while True:
        service.let_go(name)
        try:
            return rename_corpus(service.home, name, to)
        except BusyError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(PAUSE)


@router.patch(
    "/{name}/documents/{identity}",
    status_code=204,
    summary="Rename a document",
    response_class=Response,
    responses={204: {"description": "Lists and answers call it so from now on"},
               **refusals(400, 404, 409, 413, 422, 500, 503, 507)},
)  # fmt: skip
async def retitle(
    name: Name, identity: Identity, change: DocumentChange, request: Request, service: Served
) -> Response:
    """Gives a document another title, where that of its file is wrong, or says little. Its text, and what it is to a
    review that cites it, stay; a later version of the file keeps the title."""
    await asyncio.to_thread(check_document, service, own_name(name), identity)
    order = {"document": identity, "title": change.title, "patience": PATIENCE}
    async with process_for(service.home, name, service.settings, **order) as process:
        ended = await process.followed(ignored)
    if ended.failure:
        return refused(ended.kind, ended.failure, request)
    await asyncio.to_thread(service.renew, name)
    return Response(status_code=204)
