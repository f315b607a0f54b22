"""An id for every request."""

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
