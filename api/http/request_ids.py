"""An id for every request, by which a person finds it in the logs."""

import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-ID"


class RequestIds:
    """An ASGI layer: puts the id in `scope["state"]["request_id"]` and in the response's header.

    A client's own is taken over if it is 1 to 64 of A-Z a-z 0-9 . _ -.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identity = _given(Headers(scope=scope).get(HEADER, "")) or secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = identity

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = identity
            await send(message)

        await self._app(scope, receive, named)


def request_id(scope: Scope) -> str | None:
    """The id of a request."""
    found: str | None = scope.get("state", {}).get("request_id")
    return found


def _given(header: str) -> str:
    return header if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", header) else ""
