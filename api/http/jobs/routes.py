"""GET /v1/jobs and below: what became of uploads, and how far they are."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.errors import AbsentError
from api.http.documented import answers, refusals
from api.http.jobs.job import Job
from api.http.jobs.job_examples import DONE, EVENTS, JOB
from api.http.jobs.job_runner import Jobs
from api.http.jobs.uploads import jobs_of
from api.http.problems import problem, problem_response
from api.http.routes.asking import JSON
from api.text.json_text import json_text

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])
# Seconds between two signs of life, and between two looks at a job: another server may be working on it.
HEARTBEAT = 15
LOOK = 1.0
LARGEST_NUMBER = 2**53

Identity = Annotated[str, Path(description="id of the job", examples=["j-4f0c2a9d7be81536"], max_length=200)]
Most = Annotated[int, Query(ge=1, le=200, description="jobs to give")]
Last = Annotated[
    int, Header(alias="Last-Event-ID", ge=0, le=LARGEST_NUMBER, description="number of the last event that came")
]


@router.get(
    "",
    summary="List recent jobs",
    response_class=Response,
    responses=answers("Jobs, newest first", [DONE], 422, 500, 503, written=tuple[Job, ...]),
)
async def recent(request: Request, most: Most = 50) -> Response:
    """The jobs that came last."""
    jobs = await asyncio.to_thread(jobs_of(request).store.recent, most)
    return Response(json_text(jobs), media_type=JSON)


@router.get(
    "/{identity}",
    summary="One job",
    response_class=Response,
    responses=answers("The job: how far it is, and when it has ended what became of each file", DONE,
                      404, 422, 500, 503, model=Job),
)  # fmt: skip
async def job(identity: Identity, request: Request) -> Response:
    """Where a job is. Once it has ended: the integrity report of each file, ids of documents and where they belong."""
    return Response((await _job(jobs_of(request), identity)).model_dump_json(), media_type=JSON)


@router.get(
    "/{identity}/events",
    summary="Follow a job",
    response_class=Response,
    responses={
        200: {
            "description": "Events, each with the fields that changed (`progress`), the last with the job (`end`)",
            "content": {"text/event-stream": {"schema": {"type": "string"}, "example": EVENTS}},
        },
        **refusals(404, 422, 500, 503),
    },
)
async def events(identity: Identity, request: Request, last: Last = 0) -> Response:
    """Server-sent events from the first, or from behind `Last-Event-ID`, until the job has ended."""
    jobs = jobs_of(request)
    await _job(jobs, identity)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return EventSourceResponse(_events(jobs, identity, last), ping=HEARTBEAT, headers=headers)


async def _events(jobs: Jobs, identity: str, last: int) -> AsyncIterator[ServerSentEvent]:
    while True:
        current = await asyncio.to_thread(jobs.store.job, identity)
        for event in await asyncio.to_thread(jobs.store.events, identity, last):
            last = event.number
            yield ServerSentEvent(event.body, event="end" if event.is_last else "progress", id=str(last))
        if current is None or current.has_ended:
            return
        await jobs.pulse(identity, LOOK)


@router.delete(
    "/{identity}",
    status_code=202,
    summary="Cancel a job",
    response_class=Response,
    responses={
        202: {
            "description": "The job, which ends as soon as it can; what it had stored new is taken out again",
            "model": Job,
            "content": {JSON: {"example": JOB}},
        },
        **refusals(404, 409, 422, 500, 503, 507),
    },
)
async def cancel(identity: Identity, request: Request) -> Response:
    """Cancels a job that hasn't ended. A document that took the place of an earlier version stays."""
    jobs = jobs_of(request)
    job = await _job(jobs, identity)
    if job.has_ended:
        detail = f"job {identity} has ended already ({job.state}); DELETE its documents to take them out"
        return problem_response(problem(409, detail, request.scope))
    return Response((await jobs.cancel(job)).model_dump_json(), 202, media_type=JSON)


async def _job(jobs: Jobs, identity: str) -> Job:
    job = await asyncio.to_thread(jobs.store.job, identity)
    if job is None:
        raise AbsentError(f"no job {identity[:80]!r}", "it isn't there", "GET /v1/jobs names the recent ones")
    return job
