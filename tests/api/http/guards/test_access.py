"""What is logged of requests."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.middleware import Middleware

from api.http.counters import Counters
from api.http.guards.access import Access
from api.http.guards.guarding import Guard
from api.http.logs import JsonLines, TextLines, log
from tests.api.http.clients import QUESTION, ready
from tests.api.http.guarded import guarded, layered

Read = Callable[[], str]


@pytest.fixture(params=[JsonLines, TextLines])
def read(request: pytest.FixtureRequest) -> Iterator[Read]:
    """Reads what was logged, in either form."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield stream.getvalue
    log.removeHandler(handler)
    log.setLevel(logging.NOTSET)


def last(text: str) -> dict[str, Any]:
    """The last line, as an object."""
    if not text.startswith("{"):
        return dict(word.split("=", 1) for word in text.splitlines()[-1].split() if "=" in word)
    found: dict[str, Any] = json.loads(text.splitlines()[-1])
    return found


@pytest.mark.parametrize("is_logged", [False, True])
def test_a_line_for_a_request(home: Path, read: Read, is_logged: bool) -> None:
    """It holds id, method, route, status, time and outcome; what was asked only where that was wished for."""
    with guarded(home, Guard(log_questions=is_logged)) as client:
        response = ready(client).post("/v1/ask", json={"question": QUESTION}, params={"q": "my own words"})
    line = last(read())
    assert line["request_id"] == response.headers["x-request-id"]
    assert (line["method"], line["route"], str(line["status"])) == ("POST", "/v1/ask", "200")
    assert float(line["ms"]) > 0
    assert line["answer"] == "answered"
    assert (QUESTION in read()) is is_logged
    assert "my own words" not in read()


def test_an_unknown_path_isnt_logged(read: Read) -> None:
    """It may be anything that a person typed."""
    with_question = layered(Middleware(Access, counters=Counters()))
    with_question.get("/what+do+vesicles+carry")
    assert "vesicles" not in read()


def test_a_failure_tells_where_but_not_what(read: Read) -> None:
    """The client gets 500 with the id that the log has; the log has the place and kind of the error, not its words."""
    response = layered(Middleware(Access, counters=Counters())).get("/fail")
    assert response.status_code == 500
    assert response.json()["request_id"] in read()
    assert "RuntimeError" in read()
    assert "in fail" in read()
    assert "tungsten" not in read()
