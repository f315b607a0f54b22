"""Clients that send requests to a server: as fast as it answers, or at a steady rate whatever it does."""

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
    """One request: when it should be sent and when its response was there, in seconds of one clock, and its status (0
    where none came)."""

    due: float
    done: float
    status: int

    @property
    def milliseconds(self) -> float:
        """From when it should have been sent, so that a wait for the requests before it counts."""
        return (self.done - self.due) * 1000


class Ask(NamedTuple):
    """A request: POST with a body of JSON, or GET without one."""

    path: str
    body: bytes | None = None


def asking(question: str) -> Ask:
    """The request that asks a question."""
    return Ask("/v1/ask", json.dumps({"question": question}).encode())


class Pace(NamedTuple):
    """So many requests a second, evenly, for so many seconds."""

    rate: float
    seconds: float

    def due(self, start: float) -> Iterator[float]:
        """When each of them is due."""
        return (start + place / self.rate for place in range(round(self.rate * self.seconds)))


class Clock(NamedTuple):
    """Tells the time in seconds, and sleeps."""

    now: Callable[[], float] = time.perf_counter
    sleep: Callable[[float], None] = time.sleep


class Client:
    """One connection, kept open; `send` opens it anew after a failure."""

    def __init__(self, host: str, port: int) -> None:
        self._connection = HTTPConnection(host, port, timeout=PATIENCE)

    def send(self, ask: Ask) -> int:
        """The status of the response, once it is there as a whole; 0 where the connection failed."""
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
        """Closes the connection."""
        self._connection.close()


class Shared(Iterator[Item]):
    """One iterator for several threads: each item goes to one of them."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = iter(items)
        self._lock = threading.Lock()

    def __next__(self) -> Item:
        with self._lock:
            return next(self._items)


CLOCK = Clock()


def saturating(clients: Sequence[Client], asks: Iterable[Ask], seconds: float, clock: Clock = CLOCK) -> list[Sent]:
    """Each client sends its next request when it has the last one's response (a closed loop), for so many seconds or
    until there are no more."""
    shared, end = Shared(asks), clock.now() + seconds

    def work(client: Client) -> list[Sent]:
        sent = []
        while (due := clock.now()) < end and (ask := next(shared, None)) is not None:
            sent.append(Sent(due, status=client.send(ask), done=clock.now()))
        return sent

    return _together(work, clients)


def steady(clients: Sequence[Client], asks: Iterable[Ask], pace: Pace, clock: Clock = CLOCK) -> list[Sent]:
    """Sends requests at a pace, whether the last ones were answered or not (an open loop, as long as a client is
    free); a request that had to wait for a client is late by that."""
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
        return sorted(sent for found in pool.map(work, clients) for sent in found)


def repeated(questions: Sequence[str]) -> Iterator[str]:
    """The questions, over and over."""
    while True:
        yield from questions


def varied(questions: Sequence[str], start: int = 0) -> Iterator[str]:
    """The same, no two alike: each time round, blanks are added behind them, which no answer depends on.

    `start`: how many of them to pass over.
    """

    def every() -> Iterator[str]:
        turn = 0
        while True:
            yield from (question + " " * turn for question in questions)
            turn += 1

    return islice(every(), start, None)
