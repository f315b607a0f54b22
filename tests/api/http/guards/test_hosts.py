"""Names that the server answers to, and origins."""

import pytest

from api.http.guards.hosts import hosts
from tests.api.http.guarded import layered


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("localhost:8000", 200), ("LOCALHOST.", 200), ("127.0.0.1:1", 200), ("[::1]:8000", 200),
        ("review.lan", 200), ("evil.example", 421), ("localhost.evil.example", 421), ("127.0.0.1.evil.example", 421),
        ("::1", 421), ("", 421), ("[127.0.0.1]", 421),
    ],
)  # fmt: skip
def test_only_own_names_are_answered(host: str, status: int) -> None:
    """Addresses and the names given are; a name that another site points here isn't."""
    client = layered(*hosts(("localhost", "Review.lan"), ()))
    assert client.get("/x", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://localhost", 200), ("https://localhost", 200), ("https://evil.example", 403), ("null", 403)],
)
def test_pages_of_others_change_nothing(origin: str, status: int) -> None:
    """What changes something is refused to pages of another origin, which no CORS would keep from sending it."""
    client = layered(*hosts(("localhost",), ()))
    assert client.post("/x", headers={"Origin": origin}).status_code == status
    read = client.get("/x", headers={"Origin": origin})
    assert read.status_code == 200
    assert "access-control-allow-origin" not in read.headers


def test_origins_that_are_let_in() -> None:
    """A given origin may read and send; others still may not."""
    client = layered(*hosts(("localhost",), ("https://friend.example",)))
    friend, other = {"Origin": "https://friend.example"}, {"Origin": "https://other.example"}
    assert client.post("/x", headers=friend).headers["access-control-allow-origin"] == "https://friend.example"
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    assert client.options("/x", headers={**friend, **asked}).status_code == 200
    assert client.options("/x", headers={**other, **asked}).status_code == 400
    assert client.post("/x", headers=other).status_code == 403
