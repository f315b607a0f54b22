"""What the server counts for Prometheus.

An exporter package would count requests alone; stages, answers and corpora are ours, and one layer counts them all.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Counters:
    """The counters of one service, in a registry of its own. May be called from any thread."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("evqa_requests", "Requests", ("method", "route", "status"), registry=self.registry)
        self.seconds = Histogram(
            "evqa_request_seconds", "Time to the end of a response", ("route",), buckets=BUCKETS, registry=self.registry
        )
        self.stages = Histogram(
            "evqa_stage_seconds",
            "Time of a request that needs work: waiting for a thread; working, and within it opening a corpus, "
            "answering, retrieving (part of answering) and writing; drawing a page",
            ("stage",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.answers = Counter("evqa_answers", "Answers and refusals", ("status",), registry=self.registry)
        ProcessCollector(registry=self.registry)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure the block as a stage of a request, even if it fails."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.stages.labels(name).observe(time.perf_counter() - begun)
