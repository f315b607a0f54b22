"""POST /v1/check."""

import pytest

from api.http.routes.checking import EXAMPLE
from evqa.quoting.records import Check
from tests.api.http.clients import QUESTION, Client, problem_of
from tests.api.running import Run


def test_it_is_what_the_command_line_gives(client: Client, asked: Run) -> None:
    """A sentence is checked with the bytes of `evqa check --json`; a draft is taken apart and each part placed."""
    text = client.post("/v1/search", json={"question": QUESTION}).json()["passages"][0]["text"]
    response = client.post("/v1/check", json={"sentences": [text]})
    assert response.content == asked("check", text, "--json").out.removesuffix("\n").encode()
    found = Check.model_validate_json(client.post("/v1/check", json={"text": f"> {text}\n"}).content)
    assert (found.verbatim, found.absent) == (1, 0)
    assert found.sentences[0].draft


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "either text or sentences"),
        ({"text": "x", "sentences": ["x"]}, "either text or sentences"),
        ({"sentences": []}, "at least 1"),
        ({"sentences": ["x"] * 201}, "at most 200"),
        ({"sentences": ["x" * 4001]}, "at most 4000"),
        ({"sentences": ["?!"]}, "holds no word"),
        ({"text": ""}, "at least 1"),
        ({"text": "x", "k": 3}, "body k"),
    ],
)
def test_what_cant_be_checked_is_a_problem(client: Client, body: dict[str, object], words: str) -> None:
    """The problem names the field and what is wrong with it."""
    problem = problem_of(client, "POST", "/v1/check", json=body)
    assert problem["status"] == 422
    assert words in problem["detail"].lower()


def test_the_example_is_a_check() -> None:
    """What the description shows can be read as what the endpoint gives."""
    assert Check.model_validate(EXAMPLE).near == 1


def test_unknown_corpora_are_absent(client: Client) -> None:
    """A corpus that doesn't exist is a 404, as for a question."""
    assert problem_of(client, "POST", "/v1/check", json={"sentences": ["a b c"], "corpus": "nowhere"})["status"] == 404
