"""GET /v1/features."""

from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.served import Service
from evqa.settings import Settings
from tests.api.http.clients import Client


def test_what_is_set_up_is_told(client: Client) -> None:
    """Without a language model no phrasing can be had."""
    assert client.get("/v1/features").json() == {"phrasing": False}


def test_a_language_model_is_told(bare_home: object) -> None:
    """With address and name of a model a phrasing can be asked for; neither is told."""
    service = Service(Settings(home=str(bare_home), llm="http://127.0.0.1:9/v1", llm_model="tiny"))
    with TestClient(create_app(service)) as made:
        assert made.get("/v1/features").json() == {"phrasing": True}
