"""DELETE /v1/corpora/{name}: a whole corpus."""

import asyncio
from time import monotonic, sleep

from fastapi import APIRouter, Request, Response

from api.corpus_names import own_name
from api.errors import AbsentError
from api.http.documented import refusals
from api.http.jobs.uploads import jobs_of
from api.http.problems import problem, problem_response
from api.http.routes.asking import Served
from api.http.routes.bibliography import Name
from api.http.served import Service
from evqa.errors import BusyError
from index.disk.folder import corpus_folder, corpus_names
from index.kept import take_away
from index.store.failures import FAILURES

router = APIRouter(prefix="/v1/corpora", tags=["corpora"])
# Seconds to wait until requests that are being answered have let go of the corpus, and between two looks.
PATIENCE, PAUSE = 5.0, 0.05


@router.delete(
    "/{name}",
    status_code=204,
    summary="Remove a corpus",
    response_class=Response,
    responses={
        204: {"description": "It is removed with all its documents; its name is free again"},
        **refusals(404, 409, 422, 500, 503, 507),
    },
)
async def remove(name: Name, request: Request, service: Served) -> Response:
    """Removes a corpus and everything in it; that can't be undone. What evqa keeps for itself, such as the built-in
    sample, isn't removed. A corpus that a job or another process is using is a conflict: cancel the job, or wait.
    """
    _check_there(service, own_name(name))
    jobs = await asyncio.to_thread(jobs_of(request).store.unfinished)
    if waiting := [job.id for job in jobs if job.corpus == name]:
        detail = f"corpus {name!r}: job {waiting[0]} is storing into it; DELETE /v1/jobs/{waiting[0]} cancels it"
        return problem_response(problem(409, detail, request.scope, BusyError.__name__))
    try:
        await asyncio.to_thread(_take_away, service, name)
    except BusyError as error:
        refusal = problem(409, error.facts.line(), request.scope, BusyError.__name__)
        return problem_response(refusal, {"Retry-After": "5"})
    return Response(status_code=204)


def _check_there(service: Service, name: str) -> None:
    only_failures = (corpus_folder(service.home, name) / FAILURES).exists()
    if name not in (names := corpus_names(service.home)) and not only_failures:
        known = ", ".join(names) or "none yet"
        raise AbsentError(f"no corpus {name!r}", f"there is {known}", "name one of these")


def _take_away(service: Service, name: str) -> None:
    """Remove the corpus once the requests that read it have ended. Raises BusyError if that takes too long."""
    deadline = monotonic() + PATIENCE
    while True:
        service.let_go(name)
        try:
            take_away(corpus_folder(service.home, name))
        except BusyError:
            if monotonic() >= deadline:
                raise
            sleep(PAUSE)
        else:
            return
