"""Keys over HTTP."""

from pathlib import Path

import pytest
from starlette.middleware import Middleware

from api.http.guards.keys import Keys, bearer
from api.keyring import FILE, Keyring
from tests.api.http.clients import problem_of
from tests.api.http.guarded import layered


def test_without_a_key(tmp_path: Path) -> None:
    """Only health, the description's page and the page's files are open; the rest is 401 and says how a key is sent."""
    client = layered(Middleware(Keys, keyring=Keyring(tmp_path)))
    is_open = ("/", "/healthz", "/readyz", "/favicon.ico", "/page/1/a.js", "/docs", "/docs/docs.js")
    assert {client.get(path).status_code for path in is_open} == {200}
    for path in ("/metrics", "/openapi.json", "/v1/corpora", "/page", "/healthz/x", "/docsx"):
        assert client.get(path).headers["www-authenticate"] == 'Bearer realm="evqa"'
        assert problem_of(client, "GET", path)["status"] == 401


def test_scopes(tmp_path: Path) -> None:
    """A key to read asks and reads, and is refused with 403 what changes something; one to write does all."""
    ring = Keyring(tmp_path)
    tokens = {scope: ring.create(scope, scope)[1] for scope in ("read", "write")}
    client = layered(Middleware(Keys, keyring=ring))
    requests = [("GET", "/v1/corpora/a/table"), ("POST", "/v1/ask"), ("POST", "/v1/ask/batch"), ("POST", "/v1/search"),
                ("POST", "/v1/check"), ("POST", "/v1/corpora/a/documents"), ("DELETE", "/v1/corpora/a/documents/d"),
                ("DELETE", "/v1/corpora/a")]  # fmt: skip
    found = {
        scope: [client.request(*each, headers={"Authorization": f"Bearer {token}"}).status_code for each in requests]
        for scope, token in tokens.items()
    }
    assert found == {"read": [200] * 5 + [403] * 3, "write": [200] * 8}
    refused = client.delete("/v1/x", headers={"Authorization": f"bearer {tokens['read']}"})
    assert 'error="insufficient_scope"' in refused.headers["www-authenticate"]


def test_a_wrong_key_and_a_revoked_one(tmp_path: Path) -> None:
    """Both are 401 with invalid_token; the revoked one from the next request on."""
    ring = Keyring(tmp_path)
    _, token = ring.create("reader", "read")
    client = layered(Middleware(Keys, keyring=Keyring(tmp_path)))
    sent = {"Authorization": f"Bearer {token}"}
    assert client.get("/v1/corpora", headers=sent).status_code == 200
    ring.revoke("reader")
    assert 'error="invalid_token"' in client.get("/v1/corpora", headers=sent).headers["www-authenticate"]


def test_damaged_keys_open_nothing(tmp_path: Path) -> None:
    """The client learns that the owner has to mend them, and no path."""
    (tmp_path / FILE).write_text("[{")
    found = problem_of(layered(Middleware(Keys, keyring=Keyring(tmp_path))), "GET", "/v1/corpora")
    assert found["status"] == 503
    assert str(tmp_path) not in found["detail"]


@pytest.mark.parametrize(
    ("sent", "token"), [(["Bearer a"], "a"), (["bearer  a "], "a"), (["Basic a"], ""), ([], ""), (["Bearer a"] * 2, "")]
)
def test_the_header(sent: list[str], token: str) -> None:
    """Only one header of the scheme Bearer counts."""
    assert bearer(sent) == token
