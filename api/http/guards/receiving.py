"""How large a request's body may be, and how long it may take to come."""

import asyncio
import re
import time

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.part import Part
from api.http.problems import problem, problem_response

MOST = 65_536
UPLOAD = 512_000_000
UPLOADS = re.compile(r"/v1/corpora/[^/]+/documents/?")
# A body of JSON has this many seconds as a whole; an upload as many for each piece, however many there are.
PATIENCE = 20.0
CLOSING = {"Connection": "close"}


def receiving(most: int = MOST, upload: int = UPLOAD, patience: float = PATIENCE) -> Part:
    """The part that bounds bodies. `most`: bytes of a body; `upload`: of an upload; `patience`: seconds."""
    return Part(middleware=(Middleware(Receiving, most=most, upload=upload, patience=patience),))


class Receiving:
    """An ASGI layer: answers 413 to a body that is too large, 408 to one that comes too slowly, and hangs up then."""

    def __init__(self, app: ASGIApp, most: int, upload: int, patience: float) -> None:
        self._app, self._most, self._upload, self._patience = app, most, upload, patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, with a body that is bounded."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_upload = UPLOADS.fullmatch(scope["path"]) is not None
        most = self._upload if is_upload else self._most
        if _announced(scope) > most:
            await problem_response(problem(413, _said(most), scope), CLOSING)(scope, receive, send)
            return
        await self._app(scope, Bounded(receive, most, self._patience, is_upload), send)


class Bounded:
    """What comes of a body, until it is too much or too late; then raises HTTPException, whose answer ends the
    connection."""

    def __init__(self, receive: Receive, most: int, patience: float, is_upload: bool) -> None:
        self._receive, self._most, self._patience, self._is_upload = receive, most, patience, is_upload
        self._deadline = time.monotonic() + patience
        self._taken = 0
        self._is_whole = False

    async def __call__(self) -> Message:
        """The next message."""
        if self._is_whole:
            return await self._receive()
        message = await self._in_time()
        self._is_whole = not message.get("more_body", False)
        self._taken += len(message.get("body", b""))
        if self._taken > self._most:
            raise HTTPException(413, _said(self._most), CLOSING)
        return message

    async def _in_time(self) -> Message:
        if self._is_upload:
            self._deadline = time.monotonic() + self._patience
        try:
            async with asyncio.timeout(self._deadline - time.monotonic()):
                return await self._receive()
        except TimeoutError as error:
            said = f"the body didn't come within {self._patience:g} s; send it faster"
            raise HTTPException(408, said, CLOSING) from error


def _announced(scope: Scope) -> int:
    sent = Headers(scope=scope).get("content-length", "")
    return int(sent) if sent.isascii() and sent.isdigit() else 0


def _said(most: int) -> str:
    return f"the body is larger than {most:,} bytes"
