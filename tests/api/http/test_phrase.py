"""Answers that the service has phrased."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.served import Service
from evqa.settings import Settings
from tests.api.http.clients import Client, ready
from tests.index.judging.scripted import Request, Scripted, ScriptedEndpoint, failing, reply, scripted

QUESTION = "What do vesicles carry to the tumour?"


def honest(request: Request) -> Scripted:
    """Each claim as it stands."""
    sentences = [{"text": each["text"], "claims": [each["number"]]} for each in request.asked["claims"]]
    return reply(json.dumps({"sentences": sentences}))


@pytest.fixture
def model() -> Iterator[ScriptedEndpoint]:
    """The model's endpoint."""
    with scripted(honest) as server:
        yield server


@pytest.fixture
def client(own_home: Path, model: ScriptedEndpoint) -> Iterator[Client]:
    """A client of an app with the model set, whose default corpus is open."""
    given = {"judge": "off", "llm": model.address, "llm_model": "tiny"}
    app = create_app(Service(Settings(home=str(own_home), **given)))
    with TestClient(app, raise_server_exceptions=False) as made:
        yield ready(made)


def test_phrased_only_where_asked_for(client: Client, model: ScriptedEndpoint) -> None:
    """`phrase` brings the phrasing, sent once; without it nothing is sent, and the body is that of record."""
    plain = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert plain["status"] == "answered"
    assert "phrasing" not in plain
    assert not model.requests
    phrased = client.post("/v1/ask", json={"question": QUESTION, "phrase": True})
    assert client.post("/v1/ask", json={"question": QUESTION, "phrase": True}).content == phrased.content
    assert len(model.requests) == 1
    found = phrased.json()
    assert found.pop("phrasing")["model"] == "tiny"
    assert found == plain


def test_what_the_model_missed_is_asked_again(client: Client, model: ScriptedEndpoint) -> None:
    """An answer that couldn't be phrased says so, and isn't given again when the model is there."""
    model.answers = [failing(401)]
    asked = {"question": QUESTION, "phrase": True}
    answer = client.post("/v1/ask", json=asked).json()
    assert f"not phrased: the language model at {model.host} didn't answer (status 401)" in answer["warnings"]
    model.answers = [honest]
    assert "phrasing" in client.post("/v1/ask", json=asked).json()


def test_without_a_model(own_home: Path) -> None:
    """A server that has no model set says what to set, with status 422."""
    app = create_app(Service(Settings(home=str(own_home), judge="off")))
    with TestClient(app, raise_server_exceptions=False) as made:
        response = ready(made).post("/v1/ask", json={"question": QUESTION, "phrase": True})
    assert response.status_code == 422
    assert "EVQA_LLM and EVQA_LLM_MODEL not set" in response.text
