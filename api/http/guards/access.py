"""One line in the log and one count for each request.

uvicorn's access log would write the path with its query, which may hold what was asked.
"""

import time
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.counters import Counters
from api.http.logs import log
from api.http.problems import on_bug
from api.http.requests import method_of, request_id, route_of


class Access:
    """An ASGI layer: logs and counts each request; answers 500 where the app failed, and logs where that was.

    `has_questions`: whether the log has what was asked.
    """

    def __init__(self, app: ASGIApp, counters: Counters, has_questions: bool = False) -> None:
        self._app, self._counters, self._has_questions = app, counters, has_questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status: int | None = None

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        begun = time.perf_counter()
        try:
            await self._app(scope, receive, send_noting)
        except Exception as error:
            log.error("failed", exc_info=error, extra={"fields": {"request_id": request_id(scope)}})
            if status is not None:
                raise
            await (await on_bug(Request(scope), error))(scope, receive, send_noting)
        finally:
            self._record(scope, status, time.perf_counter() - begun)

    def _record(self, scope: Scope, status: int | None, seconds: float) -> None:
        method, route, state = method_of(scope), route_of(scope), scope["state"]
        self._counters.requests.labels(method, route, str(status or 0)).inc()
        self._counters.seconds.labels(route).observe(seconds)
        if answer := state.get("answer"):
            self._counters.answers.labels(answer).inc()
        fields: dict[str, Any] = {"request_id": request_id(scope), "method": method, "route": route, "status": status}
        for name in ("key", "answer", "question") if self._has_questions else ("key", "answer"):
            if state.get(name) is not None:
                fields[name] = state[name]
        log.info("request", extra={"fields": {**fields, "ms": round(1_000 * seconds, 2)}})
