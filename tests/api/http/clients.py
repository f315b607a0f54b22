"""What tests do with a client of the app."""

import time
from typing import Any

from starlette.testclient import TestClient

Client = TestClient
QUESTION = "What does reference 15 support?"
UNANSWERED = "What is the boiling point of tungsten hexafluoride?"


def ready(client: Client) -> Client:
    """The client, once its app can answer."""
    deadline = time.monotonic() + 240
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() < deadline, client.get("/readyz").text
    return client


def problem_of(client: Client, method: str, path: str, **given: Any) -> dict[str, Any]:
    """The problem that a request ends in; its status, media type and id are checked."""
    response = client.request(method, path, **given)
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert found["status"] == response.status_code
    assert found["request_id"] == response.headers["x-request-id"]
    assert "Traceback" not in response.text
    assert 'File "' not in response.text
    return found
