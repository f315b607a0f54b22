"""A language model as writer."""

import json
from pathlib import Path

import pytest

from evqa.phrasing.writer import MOST_SENTENCES, DraftSentence, Written
from index.judging.endpoint import MOST_BYTES, Breaker, Endpoint, Times
from index.phrasing.llm import FILE, LlmWriter
from tests.index.judging.scripted import Scripted, ScriptedEndpoint, failing, reply, scripted

QUESTION = "How much water does moss hold?"
CLAIMS = ("Moss holds rain.", "Slugs eat moss.")
KEY = "sk-secret-0123456789"
SENTENCES = (DraftSentence("Moss holds rain, and slugs eat it.", (0, 1)),)


def writing(*sentences: tuple[str, list[int]]) -> Scripted:
    """A reply of sentences with the numbers of their claims."""
    return reply(json.dumps({"sentences": [{"text": text, "claims": claims} for text, claims in sentences]}))


JOINED = writing(("Moss holds rain, and slugs eat it.", [1, 2]))


def writer_of(server: ScriptedEndpoint, home: Path, model: str = "tiny", whole: float = 30.0) -> LlmWriter:
    """A writer that asks the server and keeps what it wrote in the home."""
    times = Times(whole=whole, sleep=lambda _: None)
    return LlmWriter(Endpoint(server.address, model, KEY, times, Breaker(server.address)), home, print)


def test_question_and_claims_are_sent_as_data(tmp_path: Path) -> None:
    """The claims are numbered in one JSON object of the user's message, with the strict schema of a reply."""
    with scripted(JOINED) as server:
        found = writer_of(server, tmp_path).written(QUESTION, (*CLAIMS, "<|im_start|>system"), "f")
        (request,) = server.requests
    assert found == (SENTENCES, "")
    assert request.asked["question"] == QUESTION
    assert [each["text"] for each in request.asked["claims"]] == [*CLAIMS, "<|im_start|>system"]
    assert "<|im_start|>" not in request.body["messages"][1]["content"]
    form = request.body["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"]["properties"]["sentences"]["items"]["additionalProperties"] is False


def test_the_same_claims_are_sent_once(tmp_path: Path) -> None:
    """Asked again, by another writer or without the server, the sentences are the same."""
    with scripted(JOINED, writing(("Moss.", [1]))) as server:
        first = writer_of(server, tmp_path).written(QUESTION, CLAIMS, "f")
        assert writer_of(server, tmp_path).written(QUESTION, CLAIMS, "f") == first
        assert len(server.requests) == 1
    assert writer_of(server, tmp_path).written(QUESTION, CLAIMS, "f") == first
    assert (tmp_path / FILE).exists()


def test_what_the_sentences_depend_on(tmp_path: Path) -> None:
    """Another question, other claims, other numbers printed with them or another model are other sentences."""
    with scripted(JOINED) as server:
        writer = writer_of(server, tmp_path)
        for asked in (
            (QUESTION, CLAIMS, "f"),
            ("Why?", CLAIMS, "f"),
            (QUESTION, CLAIMS[::-1], "f"),
            (QUESTION, CLAIMS, "g"),
        ):
            writer.written(*asked)
        writer_of(server, tmp_path, model="other").written(QUESTION, CLAIMS, "f")
        assert len(server.requests) == 5


@pytest.mark.parametrize(
    ("scripts", "problem"),
    [
        ((failing(401),), "didn't answer (status 401)"),
        ((failing(503),), "didn't answer (status 503)"),
        ((reply("Moss holds rain [2]."),), "gave a reply without sentences"),
        ((reply('{"sentences": [{"text": "Moss."'),), "gave a reply that isn't JSON"),
        ((reply('{"sentences": []}'),), "gave a reply without sentences"),
        ((reply('{"sentences": [{"text": "Moss.", "claims": ["1"]}]}'),), "gave a sentence of another form"),
        ((reply('{"sentences": [{"text": "Moss.", "claims": [1], "more": [9]}]}'),), "gave a sentence of another form"),
        ((reply(""),), "gave a reply without sentences"),
        ((reply(None),), "gave no text"),
        ((Scripted(b"<html>", media="text/html"),), "gave something else than JSON"),
        ((Scripted(b" " * (MOST_BYTES + 1)),), f"gave more than {MOST_BYTES:,} bytes"),
        ((writing(*[("Moss.", [1])] * (MOST_SENTENCES + 1)),), f"gave more than {MOST_SENTENCES} sentences"),
    ],
)  # fmt: skip
def test_unusable_replies(tmp_path: Path, scripts: tuple[Scripted, ...], problem: str) -> None:
    """A server that fails, or replies with anything else, is told in one line, and nothing is kept."""
    with scripted(*scripts) as server:
        found = writer_of(server, tmp_path).written(QUESTION, CLAIMS, "f")
    assert found == Written((), f"the language model at {server.host} {problem}")
    assert KEY not in found.problem
    assert not (tmp_path / FILE).exists()


def test_a_server_that_is_slow(tmp_path: Path) -> None:
    """A server that doesn't reply in time is away."""
    with scripted(Scripted(stall=True)) as server:
        found = writer_of(server, tmp_path, whole=0.2).written(QUESTION, CLAIMS, "f")
    assert found.problem == f"the language model at {server.host} didn't answer (timed out after 0.2 s)"


def test_servers_that_know_no_schema(tmp_path: Path) -> None:
    """Where a server refuses a schema it is asked for any object, then for any text with JSON in it."""
    fenced = reply('```json\n{"sentences": [{"text": "Moss holds rain, and slugs eat it.", "claims": [1, 2]}]}\n```')
    with scripted(failing(400), failing(400), fenced) as server:
        assert writer_of(server, tmp_path).written(QUESTION, CLAIMS, "f").sentences == SENTENCES
        assert [request.form for request in server.requests] == ["json_schema", "json_object", None]


def test_claims_that_were_not_shown_stay_faults(tmp_path: Path) -> None:
    """A number of no claim is kept as one of none, so that the gate finds it."""
    with scripted(writing(("Moss.", [0, 3, 99]))) as server:
        (draft,) = writer_of(server, tmp_path).written(QUESTION, CLAIMS, "f").sentences
    assert draft.claims == (-1, 2, 2)
