"""Askers for tests: of the real client, in no real time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from api.enrichment.asking import Asker, Breaker
from api.enrichment.client import Base, Limits, SourceClient
from api.enrichment.pace import Pace
from api.enrichment.sources import RATES


@dataclass
class Clock:
    """A clock that only moves when somebody sleeps. `slept`: for how long each time."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> bool:
        """Let time pass; nobody stops the run."""
        with self.lock:
            self.slept.append(seconds)
            self.now += seconds
        return False


def asker(address: str, clock: Clock, rate: float = 1000.0, limits: Limits | None = None) -> Asker:
    """One pool of a source at an address."""
    client = SourceClient(Base(address, is_set=True), "ada@example.org", limits or Limits())
    return Asker(client, Pace(rate, clock), Breaker(), clock.sleep)


@contextmanager
def closing_client(one: Asker) -> Iterator[Asker]:
    """An asker whose connection is closed at the end."""
    try:
        yield one
    finally:
        one.client.close()


def askers(address: str, clock: Clock) -> dict[str, Asker]:
    """All pools of the world at an address."""
    return {pool: asker(f"{address}/{name}", clock) for name, rates in RATES.items() for pool in rates}
