"""What a request is called in logs, counters and problems: its id, and its route's template.

The id is the proxy's or the client's own (`X-Request-ID`); a package for it is longer than these lines.
"""

import re
import secrets
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-ID"
HARMLESS = re.compile(r"[A-Za-z0-9._-]{1,64}")
UNMATCHED = "unmatched"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


class Requests:
    """An ASGI layer, the outermost: gives each request an id, and answers HEAD as GET.

    The id is in `scope["state"]["request_id"]` and in the response's header. FastAPI's routes don't know HEAD; uvicorn
    leaves out the content.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).get(HEADER, "")
        identity = sent if HARMLESS.fullmatch(sent) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = identity

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = identity
            await send(message)

        await self._app({**scope, "method": "GET"} if scope["method"] == "HEAD" else scope, receive, send_with_id)


def request_id(scope: Scope) -> str | None:
    """The id of a request."""
    identity: str | None = scope.get("state", {}).get("request_id")
    return identity


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The template of the route that took the request, such as /v1/corpora/{name}; "unmatched" where none did.

    Unlike the path it holds nothing that a person typed.
    """
    return getattr(scope.get("route"), "path", UNMATCHED)


def method_of(scope: MutableMapping[str, Any]) -> str:
    """The request's method; "other" for one that nobody knows."""
    return scope["method"] if scope["method"] in METHODS else "other"
