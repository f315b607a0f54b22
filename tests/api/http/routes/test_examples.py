"""GET /v1/corpora/{name}/examples."""

from tests.api.http.clients import Client, problem_of

EXAMPLES = "/v1/corpora/default/examples"


def test_examples_are_answered(client: Client) -> None:
    """Each names its document; asked of it, it is answered; who has the bytes isn't sent them again."""
    response = client.get(EXAMPLES)
    found = response.json()
    assert found
    for each in found:
        asked = {"question": each["question"], "corpus": "default", "document": each["document"]["id"]}
        assert client.post("/v1/ask", json=asked).json()["status"] == "answered"
    again = client.get(EXAMPLES, headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert problem_of(client, "GET", "/v1/corpora/nowhere/examples")["status"] == 404
