"""Bodies that are too large."""

from collections.abc import Iterator

import pytest
from starlette.middleware import Middleware

from api.http.guards.body_size import BodySize
from tests.api.http.clients import problem_of
from tests.api.http.guarded import layered

UPLOAD = "/v1/corpora/default/documents"


def pieces(size: int) -> Iterator[bytes]:
    """A body whose length isn't announced."""
    yield from (b"x" * 10 for _ in range(size // 10))


@pytest.mark.parametrize("is_announced", [True, False])
def test_too_large(is_announced: bool) -> None:
    """A body above the limit is 413 and ends the connection; one at the limit is taken, an upload up to its own."""
    client = layered(Middleware(BodySize, largest=100, upload=200))
    body = (lambda size: b"x" * size) if is_announced else pieces
    assert client.post("/v1/ask", content=body(100)).text == "100"
    refused = client.post("/v1/ask", content=body(110))
    assert (refused.status_code, refused.headers["connection"]) == (413, "close")
    assert "larger than 100 bytes" in problem_of(client, "POST", "/v1/ask", content=body(110))["detail"]
    assert client.post(UPLOAD, content=body(200)).text == "200"
    assert client.post(UPLOAD, content=body(210)).status_code == 413
