"""Every error as RFC 9457 problem details: what, which value, what to do next; never where in the code.

The words are the product's; the table of statuses is `api/errors.py`.
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from api.errors import ends_of, without_home
from api.http.requests import HEADER, METHODS, request_id
from api.text.terminal import printable
from evqa.errors import EvqaError
from evqa.model import Sparse

MEDIA_TYPE = "application/problem+json"
LONGEST = 80
NEXT = {
    400: "send the body as JSON in UTF-8, such as the examples in /openapi.json",
    404: "the routes are in /openapi.json",
    405: "the routes and their methods are in /openapi.json",
    413: "send less",
}


class Fault(Sparse):
    """A field of a request that can't be used: where it stands ("body", "query", "path"), its name, its value as JSON
    (cut if it is long), and what is expected of it."""

    place: str
    field: str = ""
    value: str | None = None
    reason: str


class Problem(Sparse):
    """Problem details (RFC 9457). `error` is the kind of error; the server's log has the `request_id`."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    error: str | None = None
    faults: tuple[Fault, ...] = ()
    request_id: str | None = None


def problem(status: int, detail: str, scope: Scope, error: str = "", faults: Sequence[Fault] = ()) -> Problem:
    """A problem with the title of its status and the id of the request in `scope`."""
    return Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=_clean(detail),
        error=error or None,
        faults=tuple(faults),
        request_id=request_id(scope),
    )


def problem_response(refusal: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The response that carries a problem; an ASGI layer may send it itself."""
    identity = {HEADER: refusal.request_id} if refusal.request_id else {}
    return Response(refusal.model_dump_json(), refusal.status, {**identity, **(headers or {})}, MEDIA_TYPE)


async def on_error(request: Request, error: Exception) -> Response:
    """The response to an error that evqa raises on purpose; the server's own folder isn't shown."""
    assert isinstance(error, EvqaError)
    home, ends = _home(request), ends_of(type(error))
    facts = without_home(error.facts, home) if home else error.facts
    headers = {"Retry-After": str(ends.retry)} if ends.retry else {}
    return problem_response(problem(ends.status, facts.line(), request.scope, type(error).__name__), headers)


async def on_http(request: Request, error: Exception) -> Response:
    """The response to what the router or a layer refuses: 400, 404, 405, 413 and the like."""
    assert isinstance(error, HTTPException)
    reason = f": {error.detail}" if error.detail != HTTPStatus(error.status_code).phrase else ""
    next_step = f"; {NEXT[error.status_code]}" if error.status_code in NEXT else ""
    detail = f"{request.method} {request.url.path[:LONGEST]}{reason}{next_step}"
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    return problem_response(problem(error.status_code, detail, request.scope), headers)


async def on_fault(request: Request, error: Exception) -> Response:
    """The response to a request whose fields can't be used: each is named with its value."""
    assert isinstance(error, RequestValidationError)
    faults = [_fault(details) for details in error.errors()]
    detail = f"{'; '.join(map(_in_words, faults[:3]))}; correct it and send it again, /openapi.json has examples"
    return problem_response(problem(422, detail, request.scope, "RequestValidationError", faults[:20]))


async def on_bug(request: Request, error: Exception) -> Response:
    """The response to what evqa didn't foresee: the client learns the request's id, the log has the rest."""
    detail = (
        "the server failed at this request; send it again, and if it fails again report its id with the server's log"
    )
    return problem_response(problem(500, detail, request.scope, type(error).__name__))


HANDLERS: dict[Any, Any] = {
    EvqaError: on_error,
    HTTPException: on_http,
    RequestValidationError: on_fault,
    Exception: on_bug,
}


def _allowed(request: Request) -> str:
    """Every method of the path; the router itself names those of the first route that matches."""
    routes = request.app.routes
    methods = {
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] == Match.FULL for route in routes)
    }
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


def _home(request: Request) -> Path | None:
    service = getattr(request.app.state, "service", None)
    return service.home if service else None


def _fault(details: Mapping[str, Any]) -> Fault:
    place, *path = details["loc"]
    if details["type"] == "json_invalid":
        at = ".".join(map(str, path))
        return Fault(
            place="body", field="", reason=f"isn't JSON at character {at} ({_lowered(details['ctx']['error'])})"
        )
    if not path and isinstance(details.get("input"), bytes):
        return Fault(place="body", field="", reason="isn't marked as JSON: send it with Content-Type: application/json")
    value = None if details["type"] == "missing" else _shown(details.get("input"))
    field = _clean(".".join(map(str, path)))[:LONGEST]
    return Fault(place=str(place), field=field, value=value, reason=_clean(_lowered(details["msg"])))


def _in_words(fault: Fault) -> str:
    name = f"{fault.place} {fault.field}".strip()
    is_unknown = fault.reason.startswith("extra inputs")
    return f"{name}: {fault.reason}" + (f", not {fault.value}" if fault.value and not is_unknown else "")


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return _clean(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _clean(text: str) -> str:
    """The text on one line; half of a surrogate pair is written as an escape."""
    return printable(text.encode("utf-8", "backslashreplace").decode("utf-8"))
