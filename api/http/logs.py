"""What the server writes on stderr: a line for each request, and what went wrong; never what was asked, unless told."""

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any, Literal

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.part import Part
from api.http.problems import on_bug
from api.http.request_ids import request_id
from api.http.routed import method_of, route_of
from api.text.terminal import printable, say

Form = Literal["text", "json"]
log = logging.getLogger("evqa.http")


def logs(has_questions: bool = False) -> Part:
    """The part that logs requests, with what was asked where `has_questions`."""
    return Part(middleware=(Middleware(Logs, has_questions=has_questions),))


def begin_logs(form: Form, has_questions: bool = False) -> None:
    """Sends every log record of the process to stderr, as JSON lines or as text."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(has_questions) if form == "json" else Lines(has_questions))
    logging.getLogger().addHandler(handler)
    log.setLevel(logging.INFO)


def tell(message: str) -> None:
    """A message to whoever runs the server, in the form that its log has."""
    if any(isinstance(each.formatter, JsonLines) for each in logging.getLogger().handlers):
        log.info(printable(message))
    else:
        say(message)


class Logs:
    """An ASGI layer: a line for each request; answers 500 where the app failed, and logs where that was."""

    def __init__(self, app: ASGIApp, has_questions: bool) -> None:
        self._app, self._has_questions = app, has_questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen: dict[str, Any] = {"status": None}

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            await send(message)

        begun = time.perf_counter()
        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            log.error("failed", exc_info=error, extra={"fields": {"request_id": request_id(scope)}})
            if seen["status"] is not None:
                raise
            await (await on_bug(Request(scope), error))(scope, receive, noting)
        finally:
            fields = {**seen, "ms": round(1_000 * (time.perf_counter() - begun), 2)}
            log.info("request", extra={"fields": self._fields(scope, fields)})

    def _fields(self, scope: Scope, seen: dict[str, Any]) -> dict[str, Any]:
        state = scope["state"]
        known = {"request_id": request_id(scope), "method": method_of(scope), "route": route_of(scope), **seen}
        told = ("key", "answer", "question") if self._has_questions else ("key", "answer")
        return known | {name: state[name] for name in told if state.get(name) is not None}


class Lines(logging.Formatter):
    """A record on one line for a person, its trace below it.

    Of an error only its kind and place are told, as its message may hold what was asked; the message too where
    `has_questions`.
    """

    def __init__(self, has_questions: bool = False) -> None:
        super().__init__()
        self._has_questions = has_questions

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = " ".join(f"{name}={printable(str(value))}" for name, value in fields_of(record).items())
        line = f"{_when(record)} {record.levelname.lower()} {printable(record.getMessage())} {fields}".rstrip()
        return f"{line}\n{trace}" if (trace := self.trace(record)) else line

    def trace(self, record: logging.LogRecord) -> str:
        """Where the record's error was raised, and its kind."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return ""
        if self._has_questions:
            return "".join(traceback.format_exception(error)).rstrip()
        return "".join([*traceback.format_tb(error.__traceback__), type(error).__qualname__])


class JsonLines(Lines):
    """A record as a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The object."""
        line = {
            "time": _when(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **fields_of(record),
        }
        trace = self.trace(record)
        return json.dumps({**line, "trace": trace} if trace else line, ensure_ascii=True)


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a record tells beside its event."""
    found: dict[str, Any] = getattr(record, "fields", {})
    return found


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
