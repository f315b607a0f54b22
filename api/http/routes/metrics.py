"""GET /metrics: what the server counted, and what it holds now, for Prometheus."""

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from api.catalogue import listed
from api.http.documented import refusals
from api.http.served import Service
from index.corpora import CorpusSummary

SIZES = ("documents", "passages", "references", "bytes")
# Seconds between two looks at the corpora on the disk, however often the server is scraped.
FRESH = 15.0
EXAMPLE = 'evqa_answers_total{status="answered"} 12.0\n'
TEXT: dict[str, Any] = {"schema": {"type": "string"}, "example": EXAMPLE}

router = APIRouter(tags=["health"])


class JobStates(Protocol):
    """Whoever keeps jobs."""

    def states(self) -> Mapping[str, int]:
        """How many jobs there are, by state."""


class Gauges(Collector):
    """What the service holds at the time of a scrape: corpora, kept bodies, work, jobs."""

    def __init__(self, service: Service, jobs: JobStates) -> None:
        self._service, self._jobs = service, jobs
        self._summaries: Sequence[CorpusSummary] = ()
        self._looked = float("-inf")

    async def look(self) -> None:
        """Look at the corpora anew, unless that was just done."""
        if time.monotonic() - self._looked >= FRESH:
            self._looked = time.monotonic()
            self._summaries = await asyncio.to_thread(listed, self._service.home)

    def collect(self) -> Iterable[Metric]:
        """The metrics, as they are now."""
        for size in SIZES:
            family = GaugeMetricFamily(f"evqa_corpus_{size}", f"{size.capitalize()} of a corpus", labels=("corpus",))
            for summary in self._summaries:
                family.add_metric((summary.name,), getattr(summary, size))
            yield family
        bodies = self._service.bodies
        yield CounterMetricFamily("evqa_bodies_found", "Requests answered with an earlier one's bytes", bodies.found)
        yield CounterMetricFamily("evqa_bodies_made", "Requests whose answer had to be made", bodies.made)
        yield GaugeMetricFamily("evqa_bodies_bytes", "Memory that earlier answers take", bodies.taken)
        yield GaugeMetricFamily("evqa_working", "Requests worked on or waiting for a thread", self._service.work.size)
        family = GaugeMetricFamily("evqa_jobs", "Jobs by state", labels=("state",))
        for state, number in self._jobs.states().items():
            family.add_metric((state,), number)
        yield family


@router.get(
    "/metrics",
    summary="Counters for Prometheus",
    response_class=Response,
    responses={
        200: {"description": "Counters, in Prometheus's text format", "content": {"text/plain": TEXT}},
        **refusals(500),
    },
)
async def metrics(request: Request) -> Response:
    """Requests by route and status, latencies, answers and refusals, sizes of corpora, jobs by state."""
    state = request.app.state
    await state.gauges.look()
    return Response(generate_latest(state.service.counters.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)
