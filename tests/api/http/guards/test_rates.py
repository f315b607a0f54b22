"""How often one may ask."""

from pathlib import Path

import pytest
from starlette.middleware import Middleware

from api.http.guards.keys import Keys
from api.http.guards.rates import Rates, client_of
from api.keyring import Keyring
from tests.api.http.clients import problem_of
from tests.api.http.guarded import layered


def test_too_many_requests() -> None:
    """The first N are answered with what is left; then 429 says when to come again; health isn't counted."""
    with layered(Middleware(Rates, most=3)) as client:
        left = [client.get("/v1/x").headers["ratelimit"].split(";")[1] for _ in range(3)]
        assert left == ["r=2", "r=1", "r=0"]
        refused = client.get("/v1/x")
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 120
        assert refused.headers["ratelimit-policy"] == '"minute";q=3;w=60'
        assert "more than 3 requests a minute" in problem_of(client, "GET", "/v1/x")["detail"]
        assert client.get("/healthz").status_code == 200


def test_each_key_has_its_own_rate(tmp_path: Path) -> None:
    """What one key has used up isn't another's loss, though both come from one address."""
    ring = Keyring(tmp_path)
    one, other = ({"Authorization": f"Bearer {ring.create(name, 'read')[1]}"} for name in "ab")
    with layered(Middleware(Keys, keyring=ring), Middleware(Rates, most=1)) as client:
        assert [client.get("/v1/x", headers=each).status_code for each in (one, one, other)] == [200, 429, 200]


@pytest.mark.parametrize(
    ("address", "client"),
    [("192.0.2.1", "192.0.2.1"), ("2001:db8::1:2", "2001:db8::/64"), ("testclient", "testclient")],
)
def test_an_address_of_version_6_counts_as_its_network(address: str, client: str) -> None:
    """One client has a whole network of them; of version 4 each is one."""
    assert client_of({"state": {}, "client": (address, 1)}) == client
