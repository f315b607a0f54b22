"""GET /v1/corpora/{name}/documents/{id}."""

import sqlite3
from pathlib import Path

import pytest

from api.http.app import create_app
from api.http.routes.documents import DocumentInFull
from api.http.served import Service
from evqa.settings import Settings
from tests.api.http.clients import QUESTION, Client, problem_of, ready
from tests.api.running import Run


def reading(home: Path) -> Client:
    """A client of an app that gives documents."""
    return Client(create_app(Service(Settings(home=str(home)))), raise_server_exceptions=False)


def path_of(client: Client) -> str:
    """Path of the one document of the default corpus."""
    found = client.get("/v1/corpora/default").json()["contents"][0]["id"]
    return f"/v1/corpora/default/documents/{found}"


def test_every_claim_is_found_in_its_document(own_home: Path, asked: Run) -> None:
    """The document of an answer's passage has that passage, and the claim's offsets slice its text to the claim."""
    with reading(own_home) as client:
        answer = ready(client).post("/v1/ask", json={"question": QUESTION}).json()
        response = client.get(path_of(client))
        found = DocumentInFull.model_validate_json(response.content)
    claim, passages = answer["claims"][0], {each.id: each for each in found.passages}
    assert found.text[claim["start"] : claim["end"]] == claim["text"]
    assert passages[claim["passage"]].start <= claim["start"]
    assert [each.start for each in found.passages] == sorted(each.start for each in found.passages)
    assert found.corpus.fingerprint == answer["corpus"]["fingerprint"]
    assert found.corpus.fingerprint in response.headers["etag"]
    assert len(found.references) == found.integrity.references == 90


def test_who_has_the_document_is_not_sent_it(own_home: Path) -> None:
    """If-None-Match with its entity tag gives 304."""
    with reading(own_home) as client:
        path = path_of(ready(client))
        tag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_document_that_is_not_there_is_named(own_home: Path) -> None:
    """With those that are."""
    with reading(own_home) as client:
        there = path_of(ready(client)).rpartition("/")[2]
        found = problem_of(client, "GET", "/v1/corpora/default/documents/d-none")
    assert found["status"] == 404
    assert "no document 'd-none'" in found["detail"]
    assert there in found["detail"]


def test_a_document_that_is_being_replaced_is_waited_for(own_home: Path) -> None:
    """What the record no longer holds as the live generation shows it isn't mixed with that: try again."""
    with reading(own_home) as client:
        path = path_of(ready(client))
        with sqlite3.connect(own_home / "corpora" / "default" / "corpus.sqlite") as record:
            record.execute("DELETE FROM document")
        record.close()
        response = client.get(path)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert "being replaced" in response.json()["detail"]


@pytest.mark.parametrize("damage", ["UPDATE document SET body = body || ' '"])
def test_a_damaged_document_is_not_shown(own_home: Path, damage: str) -> None:
    """Its checksum is looked at, and the problem names it."""
    with reading(own_home) as client:
        path = path_of(ready(client))
        with sqlite3.connect(own_home / "corpora" / "default" / "corpus.sqlite") as record:
            record.execute(damage)
        record.close()
        found = problem_of(client, "GET", path)
    assert (found["status"], "is damaged" in found["detail"]) == (503, True)
    assert str(own_home) not in found["detail"]


def test_it_is_described_with_a_valid_example(own_home: Path) -> None:
    """The description's example is a document as the schema has it, whose offsets slice its text; the server has it."""
    with reading(own_home) as client:
        operation = client.get("/openapi.json").json()["paths"]["/v1/corpora/{name}/documents/{identity}"]["get"]
    example = DocumentInFull.model_validate(operation["responses"]["200"]["content"]["application/json"]["example"])
    (citation,) = example.citations
    assert example.text[citation.start : citation.end] == citation.marker
