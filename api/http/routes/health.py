"""GET /healthz and /readyz."""

import asyncio

from fastapi import APIRouter, Request, Response

from api.errors import without_home
from api.http.documented import answers
from api.http.problems import problem, problem_response
from api.http.routes.asking import CORPUS, JSON, Served
from api.http.served import Service
from api.text.json_text import json_text
from api.text.terminal import printable
from evqa.errors import EvqaError

router = APIRouter(tags=["health"])
PATIENCE = 1.0


class Readiness:
    """Opens the corpus that is opened first, in the background, and again if that failed."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._opening: asyncio.Task[str] | None = None

    async def reason(self) -> str:
        """Why no corpus can answer, "" if one can. Waits a second for one that is being opened."""
        if self._service.ready():
            return ""
        self.begin()
        assert self._opening is not None
        await asyncio.wait([self._opening], timeout=PATIENCE)
        if not self._opening.done():
            return "the corpus is being opened; ask again in some seconds"
        return self._opening.result()

    def begin(self) -> None:
        """Start to open it, unless that is going on."""
        if self._opening is None or self._opening.done():
            # Not in the threads that answer: building the sample takes long.
            self._opening = asyncio.create_task(asyncio.to_thread(self._open))

    async def end(self) -> None:
        """Wait for what was begun."""
        if self._opening:
            await asyncio.wait([self._opening])

    def _open(self) -> str:
        try:
            with self._service.generation(self._service.first) as generation:
                if generation.state.documents:
                    return ""
                return f"corpus {generation.state.name} holds no document; put one there"
        except EvqaError as error:
            return printable(without_home(error.facts, self._service.home).line())


@router.get(
    "/healthz",
    summary="Whether the server runs",
    response_class=Response,
    responses=answers("It does", {"status": "ok"}, 500),
)
async def healthz() -> Response:
    """Always 200 while the server answers at all."""
    return Response(b'{"status":"ok"}', media_type=JSON)


@router.get(
    "/readyz",
    summary="Whether questions can be answered",
    response_class=Response,
    responses=answers("A corpus can answer", {"status": "ready", "corpus": CORPUS}, 500, 503),
)
async def readyz(request: Request, service: Served) -> Response:
    """200 once the corpus that is asked where none is named has answered a question of ours, else a problem.

    Where one has to be named, the first by name stands for all.
    """
    reason = await request.app.state.readiness.reason()
    if reason:
        return problem_response(problem(503, f"not ready: {reason}", request.scope), {"Retry-After": "5"})
    return Response(json_text({"status": "ready", "corpus": service.ready()}), media_type=JSON)
