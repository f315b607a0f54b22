"""HEAD answers as GET does, without content."""

import pytest

from tests.api.http.clients import Client


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
