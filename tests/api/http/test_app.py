"""The app: routes and the layers around them."""

import asyncio
from pathlib import Path

import pytest
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.app import create_app
from api.http.problems import problem, problem_response
from api.http.served import Service
from evqa.settings import Settings
from tests.api.http.clients import Client, problem_of, ready


class Gate:
    """A layer that refuses what has no key."""

    def __init__(self, app: ASGIApp, seen: list[str]) -> None:
        self._app, self._seen = app, seen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Notes the request's id, lets it through with a key."""
        if scope["type"] == "http" and b"x-key" not in dict(scope["headers"]):
            self._seen.append(scope["state"]["request_id"])
            await problem_response(problem(401, "no key: send X-Key", scope))(scope, receive, send)
            return
        await self._app(scope, receive, send)


def test_a_layer_lies_around_every_request(home: Path) -> None:
    """It knows the request's id, and its refusal is a problem; what it passes on is answered."""
    seen: list[str] = []
    with TestClient(create_app(Service(Settings(home=str(home))), [Middleware(Gate, seen=seen)])) as client:
        found = problem_of(client, "GET", "/healthz")
        assert (found["status"], found["detail"]) == (401, "no key: send X-Key")
        assert client.get("/healthz", headers={"X-Key": "k"}).json() == {"status": "ok"}
    assert seen == [found["request_id"]]


def test_the_service_ends_with_the_app(home: Path) -> None:
    """After the last request no thread is left to work in, and no corpus is open."""
    service = Service(Settings(home=str(home)))
    with TestClient(create_app(service)) as client:
        ready(client)
    assert service.ready() is None
    with pytest.raises(RuntimeError, match="after shutdown"):
        asyncio.run(service.run(lambda: None))


def test_every_operation_is_described(client: Client) -> None:
    """Each has a summary, an example of what it gives unless that is a picture or a page, and its problems with
    examples, as problem+json."""
    document = client.get("/openapi.json").json()
    assert document["info"]["title"] == "evqa"
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len(operations) >= 18
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        (good,) = [found for status, found in operation["responses"].items() if status < "300"]
        content = good.get("content", {})
        first = next(iter(content), "image/png")
        assert first == "image/png" or "example" in content[first]
        refused = {status: found for status, found in operation["responses"].items() if status >= "400"}
        assert "500" in refused
        for found in refused.values():
            (media, problem_content), *others = found["content"].items()
            assert (media, others) == ("application/problem+json", [])
            assert problem_content["example"]["detail"]
    assert "HTTPValidationError" not in str(document)
    assert "container-title" in document["components"]["schemas"]["Reference"]["properties"]


def test_answers_are_described_field_by_field(client: Client) -> None:
    """Records that leave out what isn't known are described with all fields that they may have."""
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    fields = {"Answer": "claims", "RankedPassage": "document", "Claim": "references", "Filters": "years"}
    for name, one in fields.items():
        assert one in schemas[name]["properties"], name


def test_every_reference_of_the_description_leads_somewhere(client: Client) -> None:
    """No $ref points at a schema that isn't there."""
    document = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    text = client.get("/openapi.json").text
    named = {each.split('"')[0] for each in text.split('"#/components/schemas/')[1:]}
    assert named <= set(schemas)


def test_no_page_loads_from_elsewhere(client: Client) -> None:
    """The documentation pages of the framework, which would load scripts from other hosts, aren't there."""
    assert client.get("/redoc").status_code == 404
    assert "evqa" in client.get("/docs").text
    assert "cdn" not in client.get("/docs").text
