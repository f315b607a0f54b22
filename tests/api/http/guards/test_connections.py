"""Connections, by a real server on a socket."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from api.http.guards.connections import MOST, Connection, connections, files_allowed
from api.http.guards.receiving import Receiving
from api.http.problems import HANDLERS
from api.http.request_ids import RequestIds
from api.http.serving import listening
from tests.api.http.guarded import echo

HEAD = b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"


class Hasty(Connection):
    """Few connections, little time."""

    most = 16
    head = 0.3


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server in a thread."""
    layers = [Middleware(RequestIds), Middleware(Receiving, most=100, upload=100, patience=0.5)]
    handlers = {kind: handler for kind, handler in HANDLERS.items() if kind is not Exception}
    app = Starlette(routes=[Route("/x", echo, methods=["POST"])], middleware=layers, exception_handlers=handlers)
    config = uvicorn.Config(app, http=Hasty, ws="none", log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    with listening("127.0.0.1", 0) as bound:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])))
        thread.start()
        yield bound.getsockname()[1]
        server.should_exit = True
        thread.join(10)


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """A connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as made:
        yield made


def answered(made: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    found = b""
    try:
        while piece := made.recv(65_536):
            found += piece
    except ConnectionResetError:
        pass
    return found


@pytest.mark.parametrize("sent", [b"", b"POST /x HT", HEAD[:-2]])
def test_a_slow_head_is_hung_up_on(port: int, sent: bytes) -> None:
    """Whether nothing came or a part of it."""
    begun = time.monotonic()
    with connected(port) as made:
        made.sendall(sent)
        assert answered(made) == b""
    assert 0.2 < time.monotonic() - begun < 3


def test_a_slow_body_is_answered_and_hung_up_on(port: int) -> None:
    """With 408, a problem that says how long it may take."""
    with connected(port) as made:
        made.sendall(HEAD + b"ab")
        found = answered(made)
    assert found.startswith(b"HTTP/1.1 408 ")
    assert b"didn't come within 0.5 s" in found


def test_idle_connections_keep_nobody_out(port: int) -> None:
    """With far more idle connections than there is room for, the next request is answered."""
    idle = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(50)]
    try:
        for _ in range(3):
            with connected(port) as made:
                made.sendall(HEAD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + b"abcde")
                assert answered(made).endswith(b"\r\n\r\n5")
    finally:
        for each in idle:
            each.close()


def test_busy_connections_are_not_closed_for_new_ones(port: int) -> None:
    """Where all are in the middle of a request, the next gets 503 with Retry-After, and those begun are answered."""
    busy = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(16)]
    try:
        for each in busy:
            each.sendall(HEAD)
        time.sleep(0.1)
        with connected(port) as made:
            found = answered(made)
        assert found.startswith(b"HTTP/1.1 503 ")
        assert b"Retry-After: 1" in found
        busy[0].sendall(b"abcde")
        assert busy[0].recv(15) == b"HTTP/1.1 200 OK"
    finally:
        for each in busy:
            each.close()


def test_room_depends_on_the_files_allowed() -> None:
    """Never more connections than files may be open."""
    assert 16 <= connections(MOST).most <= MOST
    assert files_allowed(64) == 64
