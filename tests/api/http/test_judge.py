"""A language model that decides, set for the service."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.served import Service
from evqa.settings import Settings
from tests.api.http.clients import Client, ready
from tests.index.judging.scripted import Request, Scripted, ScriptedEndpoint, failing, grading, scripted

QUESTION = "What do vesicles carry to the tumour?"
KEY = "sk-secret-0123456789"


def last(request: Request) -> Scripted:
    """The best grade for the last passage that was shown."""
    return grading(*[0] * (len(request.asked["passages"]) - 1), 3)


@pytest.fixture
def model() -> Iterator[ScriptedEndpoint]:
    """The model's endpoint."""
    with scripted(last) as server:
        yield server


@pytest.fixture
def client(own_home: Path, model: ScriptedEndpoint) -> Iterator[Client]:
    """A client of an app with the model set, whose default corpus is open."""
    given = {"judge": "llm", "llm": model.address, "llm_model": "tiny", "llm_key": KEY}
    app = create_app(Service(Settings(home=str(own_home), **given)))
    with TestClient(app, raise_server_exceptions=False) as made:
        yield ready(made)


def test_the_service_asks_the_model(client: Client, model: ScriptedEndpoint) -> None:
    """Opening a corpus sends nothing; a question is sent once and answered by the model's choice."""
    assert not model.requests
    answer = client.post("/v1/ask", json={"question": QUESTION}).json()
    (request,) = model.requests
    assert answer["judge"]["name"] == "llm:tiny"
    assert answer["passages"][0]["text"] == request.asked["passages"][-1]["text"]
    assert client.post("/v1/ask", json={"question": QUESTION}).json() == answer
    found = client.post("/v1/search", json={"question": QUESTION}).json()["passages"]
    assert found[0]["id"] == answer["passages"][0]["id"]
    assert len(model.requests) == 1


def test_what_the_model_missed_is_asked_again(client: Client, model: ScriptedEndpoint) -> None:
    """An answer without the model says so and isn't given again when the model is there; nor is a list of entries,
    whose tag is another then. The key is told nowhere."""
    model.answers = [failing(401)]
    cited = "/v1/corpora/default/references"
    problem = f"the language model at {model.host} didn't answer (status 401), so the local judge decided"
    answer = client.post("/v1/ask", json={"question": QUESTION})
    assert problem in answer.json()["warnings"]
    listed = client.get(cited, params={"cited_by": QUESTION})
    assert KEY not in answer.text + listed.text + client.get("/metrics").text + client.get("/openapi.json").text
    model.answers = [last]
    assert client.post("/v1/ask", json={"question": QUESTION}).json()["judge"]["name"] == "llm:tiny"
    again = client.get(cited, params={"cited_by": QUESTION}, headers={"If-None-Match": listed.headers["etag"]})
    assert again.status_code == 200
    assert again.headers["etag"] != listed.headers["etag"]
