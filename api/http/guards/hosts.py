"""The names under which the server answers, and the sites whose pages it serves.

Starlette's TrustedHostMiddleware knows neither "any IP address" nor the Origin of a request that changes something.
"""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import problem, problem_response
from api.http.requests import HEADER

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
METHODS = ("GET", "POST", "PATCH", "DELETE")
SENT = ("Authorization", "Content-Type", "If-None-Match", "Last-Event-ID", HEADER)
SHOWN = ("ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "Content-Disposition", HEADER)


def hosts(names: Collection[str], origins: Collection[str]) -> list[Middleware]:
    """The layers that answer to these names only, and let pages of these origins read the answers.

    An origin is a scheme and a host as a browser sends them, such as https://example.org; "*" stands for any.
    """
    layers = [Middleware(Hosts, names=frozenset(map(str.lower, names)), origins=frozenset(origins))]
    if origins:
        layers.append(
            Middleware(
                CORSMiddleware, allow_origins=list(origins), allow_methods=METHODS, allow_headers=SENT,
                expose_headers=SHOWN,
            )
        )  # fmt: skip
    return layers


class Hosts:
    """An ASGI layer: refuses names that aren't the server's, and changes that a page of another site asks for.

    A site may point a name of its own at this machine (DNS rebinding), and any page may send a form to it. Both show
    the site's name, in `Host` or in `Origin`. An IP address as `Host` can't come about that way, so all are answered.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str], origins: frozenset[str]) -> None:
        self._app, self._names, self._origins = app, names, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421 or 403."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if not self._is_known(headers.getlist("host")):
                name = headers["host"][:80]
                detail = f"this server isn't called {name!r}: start it with --allow-host NAME to add a name"
                await problem_response(problem(421, detail, scope))(scope, receive, send)
                return
            if scope["method"] not in SAFE and not self._is_own(headers):
                detail = f"pages of {headers['origin'][:80]!r} may not change anything here: --cors adds an origin"
                await problem_response(problem(403, detail, scope))(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_known(self, sent: list[str]) -> bool:
        return all(is_address(name) or name in self._names for name in map(name_of, sent))

    def _is_own(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None or origin in self._origins or "*" in self._origins:
            return True
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""


def name_of(host: str) -> str:
    """The name or address in a Host header, without the port, in small letters and without a final dot."""
    name, colon, port = host.rpartition(":")
    bare = name if colon and (port.isdigit() or not port) else host
    return bare.lower().removesuffix(".")


def is_address(name: str) -> bool:
    """Whether it is an IP address, an IPv6 one in brackets."""
    is_bracketed = name.startswith("[") and name.endswith("]")
    try:
        return (ipaddress.ip_address(name[1:-1] if is_bracketed else name).version == 6) is is_bracketed
    except ValueError:
        return False
