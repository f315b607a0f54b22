"""How large the body of a request may be.

Starlette's and FastAPI's own limit answers in plain text, and in place of any other refusal. How slowly a body may
come is the proxy's to decide.
"""

import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem, problem_response

LARGEST = 65_536
UPLOADS = re.compile(r"/v1/corpora/[^/]+/documents/?")
CLOSING = {"Connection": "close"}


class BodySize:
    """An ASGI layer: answers 413 to a body of more than `largest` bytes, an upload of more than `upload`, and hangs up.

    The check is made before the body if its length is announced, else while it comes.
    """

    def __init__(self, app: ASGIApp, upload: int, largest: int = LARGEST) -> None:
        self._app, self._upload, self._largest = app, upload, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with a body that is bounded."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._upload if UPLOADS.fullmatch(scope["path"]) else self._largest
        refusal = f"the body is larger than {most:,} bytes"
        if _announced(scope) > most:
            await problem_response(problem(413, f"{refusal}; send less", scope), CLOSING)(scope, receive, send)
            return
        received = 0

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413, refusal, CLOSING)
            return message

        await self._app(scope, receive_bounded, send)


def _announced(scope: Scope) -> int:
    sent = Headers(scope=scope).get("content-length", "")
    return int(sent) if sent.isascii() and sent.isdigit() else 0
