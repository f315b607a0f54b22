"""Clients that put a server under load: as fast as it answers, or at a steady rate."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from itertools import islice
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")
PATIENCE = 60.0


class Sent(NamedTuple):
    """One request: when it was due and when its response was complete, in seconds of one clock, and its status.

    The status is 0 if no response came.
    """

    due: float
    done: float
    status: int

    @property
    def milliseconds(self) -> float:
        """The time since it was due, so waiting for earlier requests counts."""
        return (self.done - self.due) * 1000


class Ask(NamedTuple):
    """A request: POST with a body of JSON, or GET without one."""

    path: str
    body: bytes | None = None


def asking(question: str) -> Ask:
    """The request that asks a question."""
    return Ask("/v1/ask", json.dumps({"question": question}).encode())


class Pace(NamedTuple):
    """So many requests a second, evenly spaced, for so many seconds."""

    rate: float
    seconds: float

    def due(self, start: float) -> Iterator[float]:
        """When each request is due."""
        return (start + place / self.rate for place in range(round(self.rate * self.seconds)))


class Clock(NamedTuple):
    """Tells the time in seconds, and sleeps; tests replace it."""

    now: Callable[[], float] = time.perf_counter
    sleep: Callable[[float], None] = time.sleep


class Client:
    """One open connection; `send` reopens it after a failure."""

    def __init__(self, host: str, port: int) -> None:
        self._connection = HTTPConnection(host, port, timeout=PATIENCE)

    def send(self, ask: Ask) -> int:
        """Send a request and wait for the whole response. Returns its status, or 0 if the connection failed."""
        headers = {"Content-Type": "application/json"} if ask.body is not None else {}
        try:
            self._connection.request("GET" if ask.body is None else "POST", ask.path, ask.body, headers)
            response = self._connection.getresponse()
            response.read()
        except (OSError, HTTPException):
            self._connection.close()
            return 0
        return response.status

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Shared(Iterator[Item]):
    """An iterator that several threads share: each item goes to one of them."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = iter(items)
        self._lock = threading.Lock()

    def __next__(self) -> Item:
        with self._lock:
            return next(self._items)


CLOCK = Clock()


def saturating(clients: Sequence[Client], asks: Iterable[Ask], seconds: float, clock: Clock = CLOCK) -> list[Sent]:
    """Send requests in a closed loop: each client sends the next one as soon as it has a response.

    It ends after so many seconds, or when there are no more requests.
    """
    shared, end = Shared(asks), clock.now() + seconds

    def work(client: Client) -> list[Sent]:
        sent = []
        while (due := clock.now()) < end and (ask := next(shared, None)) is not None:
            sent.append(Sent(due, status=client.send(ask), done=clock.now()))
        return sent

    return _together(work, clients)


def steady(clients: Sequence[Client], asks: Iterable[Ask], pace: Pace, clock: Clock = CLOCK) -> list[Sent]:
    """Send requests in an open loop: at a pace, whether earlier ones were answered or not.

    A request that has to wait for a free client is late by that time.
    """
    shared = Shared(zip(pace.due(clock.now()), asks, strict=False))

    def work(client: Client) -> list[Sent]:
        sent = []
        for due, ask in shared:
            clock.sleep(max(0.0, due - clock.now()))
            sent.append(Sent(due, status=client.send(ask), done=clock.now()))
        return sent

    return _together(work, clients)


def _together(work: Callable[[Client], list[Sent]], clients: Sequence[Client]) -> list[Sent]:
    with ThreadPoolExecutor(len(clients)) as pool:
        return sorted(sent for of_client in pool.map(work, clients) for sent in of_client)


def repeated(questions: Sequence[str]) -> Iterator[str]:
    """The questions, repeated without end."""
    while True:
        yield from questions


def varied(questions: Sequence[str], start: int = 0) -> Iterator[str]:
    """The questions without end, no two alike: each round appends one more blank, which changes no answer.

    The first `start` of them are skipped.
    """

    def every() -> Iterator[str]:
        turn = 0
        while True:
            yield from (question + " " * turn for question in questions)
            turn += 1

    return islice(every(), start, None)
