"""The lent embedding service speaks the form that clients of OpenAI's interface expect."""

import json
import urllib.request
from typing import Any

import pytest

from eval.peering.embedding_service import embedding_service


def asked(address: str, given: object) -> Any:
    """The answer to one request."""
    request = urllib.request.Request(f"{address}/embeddings", json.dumps({"model": "m", "input": given}).encode())
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


@pytest.mark.parametrize(("given", "vectors"), [("ab", [[2.0]]), (["a", "abc"], [[1.0], [3.0]])])
def test_texts_become_vectors_in_order(given: object, vectors: list[list[float]]) -> None:
    """One text or a list of texts gives one vector each, in order."""
    with embedding_service(lambda texts: [[float(len(text))] for text in texts]) as address:
        answer = asked(address, given)
    assert address.startswith("http://127.0.0.1:")
    assert [one["embedding"] for one in answer["data"]] == vectors
    assert [one["index"] for one in answer["data"]] == list(range(len(vectors)))
