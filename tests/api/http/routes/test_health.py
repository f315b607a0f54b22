"""GET /healthz and /readyz."""

import json
from pathlib import Path

from tests.api.http.clients import QUESTION, Client, problem_of, ready


def test_a_server_that_can_answer_is_ready(client: Client) -> None:
    """/readyz names the corpus that is asked where none is named; /healthz asks nothing."""
    assert client.get("/healthz").json() == {"status": "ok"}
    found = client.get("/readyz").json()
    assert found["status"] == "ready"
    assert found["corpus"] == client.post("/v1/ask", json={"question": QUESTION}).json()["corpus"]


def test_a_damaged_corpus_is_not_ready(own_home: Path, own_client: Client) -> None:
    """A corpus whose record and index are damaged gives 503 here and to questions, and /healthz stays 200; once it is
    mended the server is ready again."""
    ready(own_client)
    folder = own_home / "corpora" / "default"
    current, records = (folder / "current").read_bytes(), (folder / "corpus.sqlite").read_bytes()
    (folder / "current").write_text("nothing")
    (folder / "corpus.sqlite").write_bytes(b"no database" * 500)
    found = problem_of(own_client, "GET", "/readyz")
    assert found["status"] == 503
    assert str(own_home) not in json.dumps(found)
    assert problem_of(own_client, "POST", "/v1/ask", json={"question": QUESTION})["status"] == 503
    assert own_client.get("/healthz").status_code == 200
    (folder / "corpus.sqlite").write_bytes(records)
    (folder / "current").write_bytes(current)
    assert ready(own_client).post("/v1/ask", json={"question": QUESTION}).status_code == 200
