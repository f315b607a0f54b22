"""The guards of a server together."""

from pathlib import Path

import pytest

from api.http.counters import Counters
from api.http.guards.guarding import Guard, guards
from api.keyring import Keyring
from api.loopback import is_loopback
from evqa.errors import UsageError
from tests.api.http.guarded import PUBLIC, guarded


def test_this_machine_needs_no_key(home: Path) -> None:
    """On loopback everything is open, nothing is counted against a rate, and no other site is let in."""
    with guarded(home) as client:
        response = client.get("/v1/corpora", headers={"Origin": "https://example.org"})
        assert response.status_code == 200
        assert not {"ratelimit", "access-control-allow-origin"} & set(response.headers)
        assert client.get("/metrics").status_code == 200


def test_others_need_one(own_home: Path) -> None:
    """Elsewhere a key is needed for everything but health, metrics included, and requests are counted."""
    _, token = Keyring(own_home).create("reader", "read")
    with guarded(own_home, host=PUBLIC) as client:
        assert client.get("/healthz").status_code == 200
        assert {client.get(path).status_code for path in ("/metrics", "/v1/corpora", "/openapi.json")} == {401}
        response = client.get("/v1/corpora", headers={"Authorization": f"Bearer {token}"})
        assert (response.status_code, response.headers["ratelimit-policy"]) == (200, '"minute";q=600;w=60')


def test_no_key_no_server(tmp_path: Path) -> None:
    """Where others reach it and no key is valid it doesn't start, unless it is told not to ask for one."""
    with pytest.raises(UsageError, match="can be reached by others, and no key is valid"):
        guards(Guard(), PUBLIC, Keyring(tmp_path), Counters())
    with pytest.raises(UsageError, match="--keys: asks for keys"):
        guards(Guard(keys=True), "::1", Keyring(tmp_path), Counters())
    with pytest.raises(UsageError, match="they exclude each other"):
        guards(Guard(keys=True, insecure=True), PUBLIC, Keyring(tmp_path), Counters())
    assert guards(Guard(insecure=True), PUBLIC, Keyring(tmp_path), Counters())


@pytest.mark.parametrize(
    ("address", "is_local"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("::", False), (PUBLIC, False)]
)
def test_loopback(address: str, is_local: bool) -> None:
    """An address that stands for all of the machine's isn't only for itself."""
    assert is_loopback(address) is is_local


def test_the_description_names_what_guards(home: Path) -> None:
    """Every operation but health has the key's scheme and the problems of the guards."""
    with guarded(home) as client:
        document = client.get("/openapi.json").json()
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert ("429" in operation["responses"]) is (path not in ("/healthz", "/readyz"))
            assert ("413" in operation["responses"]) is ("requestBody" in operation)
    assert {"401", "403", "429"} <= set(document["paths"]["/v1/ask"]["post"]["responses"])
