"""How many connections are open at once, and how long one may take over the head of a request."""

import asyncio
import time
from typing import cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 1_000
HEAD = 10.0
STALL = 30.0
# Files that the process needs beside its connections.
OTHER_FILES = 200
FULL = b'{"title":"Service Unavailable","status":503,"detail":"no connection is free: try again"}'
REFUSAL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nRetry-After: 1\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(FULL), FULL)
)


class Connection(H11Protocol):
    """A connection that is closed when the head of a request takes more than `head` seconds, or when the client takes
    nothing of a response for `stall` seconds.

    Above `most` open ones, an eighth is closed of those that wait for a request, those that wait longest first; where
    none does, the new one gets 503. So who only opens connections doesn't keep others out.
    """

    most = MOST
    head = HEAD
    stall = STALL
    _late: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Takes the connection, if there is room or can be made."""
        super().connection_made(transport)
        self.since = time.monotonic()
        self._late = self.loop.call_later(self.head, transport.abort)
        if len(self.connections) > self.most and not self._made_room():
            transport.write(REFUSAL)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Lets go of it."""
        self._in_time()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes what has come; the time for a head runs from its first byte."""
        super().data_received(data)
        if not self.is_waiting:
            self._in_time()
        elif self._late is None:
            self._late = self.loop.call_later(self.head, self.transport.abort)

    def on_response_complete(self) -> None:
        """Waits for the next request."""
        self.since = time.monotonic()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """The client takes nothing just now."""
        super().pause_writing()
        self._stalled = self._stalled or self.loop.call_later(self.stall, self.transport.abort)

    def resume_writing(self) -> None:
        """The client takes something again."""
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None
        super().resume_writing()

    @property
    def is_waiting(self) -> bool:
        """Whether no request has come whole so far, or all were answered."""
        return self.conn.their_state is h11.IDLE and (self.cycle is None or self.cycle.response_complete)

    def _in_time(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None

    def _made_room(self) -> bool:
        others = [cast(Connection, each) for each in self.connections if each is not self]
        waiting = sorted((each for each in others if each.is_waiting), key=lambda each: each.since)
        for each in waiting[: max(1, self.most // 8)]:
            self.connections.discard(each)
            each.transport.abort()
        return bool(waiting)


def connections(most: int = MOST) -> type[Connection]:
    """The protocol with room for `most` connections, or as many as the process may have files open."""
    return type("Bounded", (Connection,), {"most": max(16, min(most, files_allowed(most + OTHER_FILES) - OTHER_FILES))})


def files_allowed(wanted: int) -> int:
    """How many files the process may have open; as many as wanted, if it may have that many, or nothing is known."""
    try:
        import resource
    except ImportError:  # Windows
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    allowed = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed
