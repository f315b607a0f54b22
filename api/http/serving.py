"""The server: a socket, the app on it, and an orderly end.

uvicorn's own start would exit with a traceback or its own words where a port is taken; this one names the option.
"""

import errno
import signal
import socket
import sys
from typing import Any

import uvicorn

from api.http.app import create_app
from api.http.guards.guarding import Guard, guards
from api.http.jobs.upload_form import limits_from
from api.http.logs import begin_logs, tell
from api.http.served import Service
from api.keyring import Keyring
from evqa.errors import EvqaError, UsageError
from evqa.settings import Settings

BACKLOG = 1024
# Above this many connections uvicorn answers 503. With files of uploads and corpora they stay below 1,024 open files,
# which is what most systems allow a process.
MOST_CONNECTIONS = 400
# Answering holds the interpreter for 5 ms at a time by default, and whatever else is ready would wait for it.
SWITCH = 0.001
# A server that logs nothing of its own, trusts no proxy's headers and ends in order.
QUIET: dict[str, Any] = {
    "http": "h11",
    "ws": "none",
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,
    "limit_concurrency": MOST_CONNECTIONS,
    "timeout_graceful_shutdown": 30,
}


class AnnouncedServer(uvicorn.Server):
    """Says where it listens once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        for bound in sockets or ():
            tell(f"listening on {address_of(bound)}; stop with Ctrl-C")


def serve(host: str, port: int, settings: Settings, guard: Guard) -> None:
    """Serve until SIGTERM or SIGINT, then finish what was begun, for 30 seconds at most.

    Raises UsageError if the address can't be had, if others can reach it and there are no keys, or if a setting can't
    be used.
    """
    limits = limits_from(settings)
    bound = listening(host, port)
    service = Service(settings)
    try:
        layers = guards(guard, bound.getsockname()[0], Keyring(service.home), service.counters)
    except EvqaError:
        bound.close()
        service.close()
        raise
    begin_logs(guard.log, guard.log_questions)
    sys.setswitchinterval(SWITCH)
    config = uvicorn.Config(create_app(service, layers, limits), backlog=BACKLOG, **QUIET)
    ignore_repeated_signals()
    AnnouncedServer(config).run(sockets=[bound])


def ignore_repeated_signals() -> None:
    """uvicorn obeys the signal that ends it, and raises it again afterwards, when nothing is left to end."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)


def listening(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises UsageError, which names the port or host."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        step = "give one of this machine's, such as 127.0.0.1"
        raise UsageError(f"--host {host}", "no such address", step) from error
    bound = socket.socket(family, kind, protocol)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(address)
        bound.listen(BACKLOG)
    except OSError as error:
        bound.close()
        raise _refused(host, port, error) from error
    return bound


def _refused(host: str, port: int, error: OSError) -> UsageError:
    address = f"port {port} of {host}"
    if error.errno == errno.EADDRINUSE:
        return UsageError(address, "in use", "stop what listens there, or give another --port")
    if error.errno == errno.EACCES:
        return UsageError(address, "not allowed", "give a --port from 1024 on")
    return UsageError(address, "can't be listened on", "give an address of this machine's as --host", error.strerror)


def address_of(bound: socket.socket) -> str:
    """The address of a socket as a browser takes it."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if bound.family == socket.AF_INET6 else f"http://{host}:{port}"
