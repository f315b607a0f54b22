"""An app with its guards, and a little app to put layers around."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.guards.guarding import Guard, guards
from api.http.problems import HANDLERS
from api.http.requests import Requests
from api.http.served import Service
from api.keyring import Keyring
from evqa.settings import Settings
from tests.api.http.clients import Client

LOCAL, PUBLIC = "127.0.0.1", "192.0.2.7"


@contextmanager
def guarded(home: Path, guard: Guard | None = None, host: str = LOCAL) -> Iterator[Client]:
    """A client of the app over a home, guarded as a server on `host` is."""
    service = Service(Settings(home=str(home)))
    app = create_app(service, guards(guard or Guard(), host, Keyring(home), service.counters))
    with TestClient(app, base_url=f"http://{host}", raise_server_exceptions=False) as client:
        yield client


async def echo(request: Request) -> Response:
    """The length of the body."""
    return PlainTextResponse(str(len(await request.body())))


async def fail(request: Request) -> Response:
    """A bug, whose message holds what was asked."""
    raise RuntimeError(f"asked about {bytes.fromhex('74756e677374656e').decode()}")


def layered(*layers: Middleware) -> Client:
    """A client of a little app within the layers, the first outermost."""
    methods = ["GET", "POST", "DELETE"]
    routes = [Route("/fail", fail), Route("/{path:path}", echo, methods=methods)]
    handlers = {kind: handler for kind, handler in HANDLERS.items() if kind is not Exception}
    app = Starlette(routes=routes, exception_handlers=handlers, middleware=[Middleware(Requests), *layers])
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
