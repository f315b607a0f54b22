"""GET /v1/corpora/{name}/failures."""

from pathlib import Path

from index.store.failures import Failure, Failures
from tests.api.http.clients import Client, problem_of


def test_failed_files_are_named(client: Client, home: Path) -> None:
    """By name, with what is wrong, and never by where they lie on the server."""
    assert client.get("/v1/corpora/default/failures").json() == []
    failures = Failures(home / "corpora/default")
    failures.record(Failure(Path("/secret/place/torn.pdf"), "torn.pdf", "", "failed", "not a PDF"))
    try:
        response = client.get("/v1/corpora/default/failures")
    finally:
        failures.clear(Path("/secret/place/torn.pdf"))
    assert response.json() == [{"name": "torn.pdf", "state": "failed", "error": "not a PDF"}]
    assert "secret" not in response.text
    assert problem_of(client, "GET", "/v1/corpora/nowhere/failures")["status"] == 404
