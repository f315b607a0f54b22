"""The server: a socket, the app on it, and an orderly end."""

import errno
import signal
import socket
import sys
from collections.abc import Sequence
from typing import Any

import uvicorn

from api.http.app import create_app
from api.http.guards.connections import connections
from api.http.guards.guarding import Guard, guards
from api.http.jobs.routes import uploads
from api.http.jobs.upload_form import limits_from
from api.http.logs import begin_logs, tell
from api.http.part import Part
from api.http.routes.auditing import AUDITING
from api.http.routes.documents import DOCUMENTS
from api.http.routes.page_files import PAGE
from api.http.routes.pages import PAGES
from api.http.served import Service
from api.keyring import Keyring
from evqa.errors import EvqaError, UsageError
from evqa.settings import Settings

BACKLOG = 1024
DRAIN = 30
# Answering holds the interpreter for 5 ms at a time by default, which whatever is ready at once would wait for.
SWITCH = 0.001
# A server that says nothing of its own, trusts no proxy and ends in order.
QUIET: dict[str, Any] = {
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,
    "timeout_graceful_shutdown": DRAIN,
}
PARTS: tuple[Part, ...] = (DOCUMENTS, PAGES, AUDITING, PAGE, uploads())


class Server(uvicorn.Server):
    """Says where it listens once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts and says so."""
        await super().startup(sockets)
        for each in sockets or ():
            tell(f"listening on {address_of(each)}; stop with Ctrl-C")


def serve(host: str, port: int, settings: Settings, guard: Guard, parts: Sequence[Part] = PARTS) -> None:
    """Serves until SIGTERM or SIGINT, then answers what was begun, for `DRAIN` seconds at most.

    Raises UsageError when the address can't be had, others could reach it and there are no keys, or a
    setting can't be used.
    """
    limits_from(settings)
    bound = listening(host, port)
    service = Service(settings)
    guarding = _guarding(guard, bound, service)
    begin_logs(guard.log, guard.log_questions)
    sys.setswitchinterval(SWITCH)
    config = uvicorn.Config(
        create_app(service, (*guarding, *parts)),
        http=connections(),
        ws="none",
        backlog=BACKLOG,
        **QUIET,
    )
    pass_over_signals()
    Server(config).run(sockets=[bound])


def pass_over_signals() -> None:
    """The signal that ends a server is raised again behind it; by then it has been obeyed."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: None)


def _guarding(guard: Guard, bound: socket.socket, service: Service) -> list[Part]:
    try:
        return guards(guard, bound.getsockname()[0], Keyring(service.home))
    except EvqaError:
        bound.close()
        service.close()
        raise


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
    """Where a browser finds a socket."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if bound.family == socket.AF_INET6 else f"http://{host}:{port}"
