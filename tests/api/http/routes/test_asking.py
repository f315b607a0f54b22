"""POST /v1/ask and /v1/search."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from api.answers import Passages
from api.http.routes.asking import ANSWER, CorpusName, Question
from evqa.errors import UsageError
from evqa.model import Answer
from index.disk.folder import corpus_folder
from tests.api.http.clients import QUESTION, UNANSWERED, Client, problem_of
from tests.api.running import Run


@pytest.mark.parametrize(("question", "k", "code"), [(QUESTION, 5, 0), (QUESTION, 2, 0), (UNANSWERED, 5, 3)])
def test_an_answer_has_the_bytes_of_the_command_line(
    client: Client, asked: Run, question: str, k: int, code: int
) -> None:
    """First computed, then kept, the body is what `evqa ask --json` prints; a refusal is a 200 as well."""
    ran = asked("ask", question, "-k", k, "--json")
    assert ran.code == code
    for _ in range(2):
        response = client.post("/v1/ask", json={"question": question, "k": k})
        assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
        assert response.content == ran.out.removesuffix("\n").encode()


def test_filters_are_those_of_the_command_line(client: Client, asked: Run) -> None:
    """What they leave is ranked, and the answer says what it was put to; without them the body is another."""
    filters = {"kind": "reference", "years": "2020-2029"}
    ran = asked("ask", QUESTION, "--kind", "reference", "--years", "2020-2029", "--json")
    response = client.post("/v1/ask", json={"question": QUESTION, **filters})
    assert response.content == ran.out.removesuffix("\n").encode()
    assert {each["kind"] for each in response.json()["passages"]} == {"reference"}
    assert response.json()["filters"] == {"years": [2020, 2029], "kind": "reference"}
    assert "filters" not in client.post("/v1/ask", json={"question": QUESTION}).json()


def test_passages_have_the_bytes_of_the_command_line(client: Client, asked: Run) -> None:
    """The body of a search is what `evqa search --json` prints, with ten passages unless told otherwise."""
    for more in ({}, {"k": 3}):
        ran = asked("search", QUESTION, "--json", *(["-k", 3] if more else []))
        response = client.post("/v1/search", json={"question": QUESTION, **more})
        assert response.content == ran.out.removesuffix("\n").encode()
    Passages.model_validate_json(response.content)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "body question: field required"),
        ({"question": ""}, "at least 1 character"),
        ({"question": " "}, "the question is empty"),
        ({"question": "x" * 2001}, "at most 2000 characters"),
        ({"question": 5}, "not 5"),
        ({"question": "x", "k": 0}, "body k: input should be greater than or equal to 1, not 0"),
        ({"question": "x", "k": 101}, "not 101"),
        ({"question": "x", "k": "5"}, 'not "5"'),
        ({"question": "x", "k": True}, "not true"),
        ({"question": "x", "n": 3}, "body n"),
        ({"question": "x", "corpus": 3}, "body corpus"),
        ({"question": "x", "corpus": "../../etc"}, "'../../etc'"),
        ({"question": "x", "corpus": "a/b"}, "'a/b'"),
        ({"question": "x", "corpus": ""}, "''"),
        ({"question": "x", "document": "no such thing"}, "document 'no such thing': no document is called so"),
        ({"question": "x", "section": "no such thing"}, "section 'no such thing': there is none"),
        ({"question": "x", "years": "2010 to 2020"}, "body years"),
        ({"question": "x", "years": "2020-2010"}, "years 2020-2010: they run backwards"),
        ({"question": "x", "years": "1066"}, "years 1066"),
        ({"question": "x", "kind": "poem"}, "body kind"),
        ([1], "not [1]"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(client: Client, body: Any, words: str) -> None:
    """Status 422 with the field, its value and what is expected."""
    for path in ("/v1/ask", "/v1/search"):
        found = problem_of(client, "POST", path, json=body)
        assert found["status"] == 422
        assert words in found["detail"]


@pytest.mark.parametrize(
    ("content", "media", "status", "words"),
    [
        (b'{"question"', "application/json", 422, "isn't JSON at character 11"),
        (b'{"question":"x"}', "text/plain", 422, "Content-Type: application/json"),
        (b'{"question":"\\ud800"}', "application/json", 422, "body question"),
        (b'{"question":"\xff"}', "application/json", 400, "in UTF-8"),
        (b"[" * 60_000, "application/json", 400, "JSON"),
        (b'{"question":"x","k":NaN}', "application/json", 422, "not NaN"),
        (b"", "application/json", 422, "body: field required"),
    ],
)
def test_a_body_that_cannot_be_taken_apart(client: Client, content: bytes, media: str, status: int, words: str) -> None:
    """Whatever bytes are sent, the answer is a problem that says what to send."""
    found = problem_of(client, "POST", "/v1/ask", content=content, headers={"Content-Type": media})
    assert found["status"] == status
    assert words in found["detail"]


def test_a_corpus_that_is_not_there(client: Client) -> None:
    """Status 404, and the corpora that there are."""
    found = problem_of(client, "POST", "/v1/ask", json={"question": "x", "corpus": "nowhere"})
    assert (found["status"], found["error"]) == (404, "AbsentError")
    assert "default" in found["detail"]


def test_the_examples_are_what_they_say() -> None:
    """The documented answer is an answer, and the documented question a question."""
    Answer.model_validate(ANSWER)
    Question.model_validate({"question": ANSWER["question"], "corpus": None, "k": 5})


@given(st.text("aZ09._-/é \n", max_size=70))
def test_the_description_allows_the_names_that_the_server_does(name: str) -> None:
    """A name that can be a corpus's is one by the schema of the field, and no other."""
    schema = TypeAdapter(CorpusName).json_schema()
    is_described = (
        re.search(schema["pattern"].replace("$", r"\Z"), name) is not None and len(name) <= schema["maxLength"]
    )
    try:
        corpus_folder(Path("/home"), name)
    except UsageError:
        assert not is_described
    else:
        assert is_described


# What JSON Schema's patterns, which are those of ECMAScript, take for a blank.
ECMA_BLANKS = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


@pytest.mark.slow
def test_the_description_allows_no_question_of_blanks() -> None:
    """A character that is a question's only one is refused exactly where the described pattern misses it, but for the
    mark of byte order, which is a blank to the pattern alone."""
    pattern = re.compile(
        str(Question.model_json_schema()["properties"]["question"]["pattern"]).replace(r"\s", ECMA_BLANKS)
    )
    differ = [chr(code) for code in range(0x110000) if bool(chr(code).strip()) != bool(pattern.search(chr(code)))]
    assert differ == ["\ufeff"]


def test_a_whole_number_may_be_written_with_a_point(client: Client) -> None:
    """5.0 is an integer in JSON Schema, and gives the bytes of 5; 5.5 isn't one."""
    asked = [client.post("/v1/ask", json={"question": QUESTION, "k": k}) for k in (5, 5.0)]
    assert asked[0].content == asked[1].content
    assert "not 5.5" in problem_of(client, "POST", "/v1/ask", json={"question": QUESTION, "k": 5.5})["detail"]


def test_faults_are_as_described(client: Client) -> None:
    """A fault of a request as a whole has no field, and its schema doesn't ask for one."""
    (fault,) = problem_of(client, "POST", "/v1/ask")["faults"]
    schema = client.get("/openapi.json").json()["components"]["schemas"]["Fault"]
    assert set(schema["required"]) <= set(fault) <= set(schema["properties"])
