"""GET /metrics: what the server did and holds, for Prometheus."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol, runtime_checkable

from fastapi import APIRouter, FastAPI, Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.catalogue import listed
from api.http.documented import refusals
from api.http.part import Part
from api.http.routed import method_of, route_of
from api.http.served import Service
from index.corpora import CorpusSummary

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SIZES = ("documents", "passages", "references", "bytes")
# Corpora are looked at on the disk, which a scrape shouldn't do each time.
FRESH = 15.0
EXAMPLE = 'evqa_answers_total{status="answered"} 12.0\n'


@runtime_checkable
class Jobs(Protocol):
    """Whoever keeps jobs is found as `app.state.jobs`."""

    def states(self) -> Mapping[str, int]:
        """How many jobs there are, by state."""


class Counts:
    """The counters of one app, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("evqa_requests", "Requests", ("method", "route", "status"), registry=self.registry)
        self.seconds = Histogram(
            "evqa_request_seconds", "Time to the end of a response", ("route",), buckets=BUCKETS, registry=self.registry
        )
        self.stages = Histogram(
            "evqa_stage_seconds",
            "Time of a request that has to be worked on: waiting for a thread, working in it, and of that opening a "
            "corpus, answering, retrieving (which is part of answering) and writing; drawing a page",
            ("stage",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.answers = Counter("evqa_answers", "Answers and refusals", ("status",), registry=self.registry)
        ProcessCollector(registry=self.registry)

    def count(self, scope: Scope, status: int, seconds: float) -> None:
        """Counts a request that has ended; `status` 0 where it had no response."""
        route = route_of(scope)
        self.requests.labels(method_of(scope), route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)
        if answer := scope["state"].get("answer"):
            self.answers.labels(answer).inc()

    def stage(self, stage: str, seconds: float) -> None:
        """Takes the time of a stage; called from any thread."""
        self.stages.labels(stage).observe(seconds)


class Counting:
    """An ASGI layer: counts requests, their time and their answers."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self._app, self._counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        begun = time.perf_counter()
        try:
            await self._app(scope, receive, noting)
        finally:
            self._counts.count(scope, status, time.perf_counter() - begun)


class Holdings(Collector):
    """What the service holds when it is asked: corpora, kept bodies, work, jobs."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._service: Service = app.state.service
        self._summaries: Sequence[CorpusSummary] = ()
        self._looked = float("-inf")

    async def look(self) -> None:
        """Looks at the corpora anew, unless that was just done."""
        if time.monotonic() - self._looked >= FRESH:
            self._looked = time.monotonic()
            self._summaries = await asyncio.to_thread(listed, self._service.home)

    def collect(self) -> Iterable[Metric]:
        """The metrics, as they are now."""
        for size in SIZES:
            family = GaugeMetricFamily(f"evqa_corpus_{size}", f"{size.capitalize()} of a corpus", labels=("corpus",))
            for each in self._summaries:
                family.add_metric((each.name,), getattr(each, size))
            yield family
        bodies = self._service.bodies
        yield CounterMetricFamily("evqa_bodies_found", "Requests answered with an earlier one's bytes", bodies.found)
        yield CounterMetricFamily("evqa_bodies_made", "Requests whose answer had to be made", bodies.made)
        yield GaugeMetricFamily("evqa_bodies_bytes", "Memory that earlier answers take", bodies.taken)
        yield GaugeMetricFamily("evqa_working", "Requests worked on or waiting for a thread", self._service.working)
        yield from self._jobs()

    def _jobs(self) -> Iterable[Metric]:
        jobs = getattr(self._app.state, "jobs", None)
        if isinstance(jobs, Jobs):
            family = GaugeMetricFamily("evqa_jobs", "Jobs by state", labels=("state",))
            for state, number in jobs.states().items():
                family.add_metric((state,), number)
            yield family


def metrics() -> Part:
    """The part that counts and shows what was counted, for one app."""
    counts = Counts()

    @asynccontextmanager
    async def watching(app: FastAPI) -> AsyncIterator[None]:
        app.state.counts, app.state.holdings = counts, Holdings(app)
        counts.registry.register(app.state.holdings)
        app.state.service.watch = counts.stage
        yield

    return Part(routers=(router,), middleware=(Middleware(Counting, counts=counts),), lifespan=watching)


router = APIRouter(tags=["health"])
SHOWN: dict[str, Any] = {"schema": {"type": "string"}, "example": EXAMPLE}


@router.get(
    "/metrics",
    summary="Counters for Prometheus",
    response_class=Response,
    responses={
        200: {"description": "Counters, in Prometheus's text format", "content": {"text/plain": SHOWN}},
        **refusals(500),
    },
)
async def shown(request: Request) -> Response:
    """Requests by route and status, latencies, answers and refusals, sizes of corpora, jobs by state."""
    state = request.app.state
    await state.holdings.look()
    return Response(generate_latest(state.counts.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)
