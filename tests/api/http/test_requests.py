"""The id of a request, and HEAD."""

import re

import pytest

from tests.api.http.clients import Client


def test_every_response_has_an_id(client: Client) -> None:
    """Without one of the client's, ids are made, each another."""
    found = {client.get("/healthz").headers["x-request-id"] for _ in range(5)}
    assert len(found) == 5
    assert all(re.fullmatch("[0-9a-f]{16}", each) for each in found)


@pytest.mark.parametrize(("sent", "is_taken"), [("abc-1.2_3", True), ("x" * 65, False), ("a b", False), ("a;b", False)])
def test_a_clients_own_id_is_taken_if_it_is_harmless(client: Client, sent: str, is_taken: bool) -> None:
    """An id that could break a log's line is replaced."""
    found = client.get("/healthz", headers={"X-Request-ID": sent}).headers["x-request-id"]
    assert (found == sent) is is_taken


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/v1/corpora", "/v1/corpora/default", "/openapi.json"])
def test_head_is_get_without_content(client: Client, path: str) -> None:
    """The same status and headers, those of the content among them; nothing else."""
    found, whole = client.head(path), client.get(path)
    assert (found.status_code, found.content) == (200, b"")
    own = {"x-request-id", "date"}
    assert {name: value for name, value in found.headers.items() if name not in own} == {
        name: value for name, value in whole.headers.items() if name not in own
    }


def test_head_of_what_only_takes_content(client: Client) -> None:
    """Is refused like any other method, and HEAD is allowed where GET is."""
    refused = client.head("/v1/ask")
    assert (refused.status_code, refused.headers["allow"], refused.content) == (405, "POST", b"")
    assert client.post("/healthz").headers["allow"] == "GET, HEAD"
