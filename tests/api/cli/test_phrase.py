"""Answers that a language model phrases, by command, from Python, over HTTP and MCP."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import main
from api.review import Review
from evqa.errors import UsageError
from index.phrasing.llm import FILE
from tests.api.running import MOSS, Run, written
from tests.index.judging.scripted import Request, Scripted, failing, reply, scripted

QUESTION = "How do cushions of moss hold water?"
FOREIGN = "Which spaceship landed on the comet?"


@pytest.fixture(scope="module")
def stocked(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that shares the models and holds a review of moss, made once."""
    folder = tmp_path_factory.mktemp("phrasing")
    own = folder / "home"
    own.mkdir()
    (own / "models").symlink_to(home / "models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVQA_HOME", str(own))
        assert main(["ingest", str(written(folder / "moss.md", MOSS))]) == 0
    return own


@pytest.fixture
def phrasing(asked: Run, stocked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a copy of that home."""
    shutil.copytree(stocked, tmp_path / "home", symlinks=True)
    monkeypatch.setenv("EVQA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EVQA_JUDGE", "off")
    monkeypatch.setenv("EVQA_LLM_MODEL", "tiny")
    return asked


def honest(request: Request) -> Scripted:
    """Each claim as it stands."""
    sentences = [{"text": each["text"], "claims": [each["number"]]} for each in request.asked["claims"]]
    return reply(json.dumps({"sentences": sentences}))


def lying(request: Request) -> Scripted:
    """A sentence that no claim says."""
    return reply(json.dumps({"sentences": [{"text": "Moss holds 99 litres [7].", "claims": [1]}]}))


def test_an_answer_is_phrased(phrasing: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --phrase the answer has a phrasing with evqa's own numbers, printed with its quotations; repeated without
    the server it has the same bytes, and without --phrase it is as before."""
    with scripted(honest) as server:
        monkeypatch.setenv("EVQA_LLM", server.address)
        ran = phrasing("ask", QUESTION, "--phrase", "--json")
        (request,) = server.requests
    assert all("(" not in each["text"] for each in request.asked["claims"])
    found = ran.json["phrasing"]
    assert [each["replaced"] for each in found["sentences"]] == [False] * len(ran.json["claims"])
    assert (found["model"], found["replaced"]) == ("tiny", 0)
    for sentence in found["sentences"]:
        (place,) = sentence["claims"]
        assert sentence["references"] == ran.json["claims"][place]["references"]
    assert phrasing("ask", QUESTION, "--phrase", "--json").out == ran.out
    assert (tmp_path / "home" / FILE).exists()
    shown = phrasing("ask", QUESTION, "--phrase").out
    assert "Phrased by tiny, each sentence checked against the quotations below it." in shown
    assert f"“{ran.json['claims'][0]['text']}”" in " ".join(shown.split())
    assert "phrasing" not in phrasing("ask", QUESTION, "--json").json


def test_what_is_not_true_is_not_shown(phrasing: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that fails is replaced by the claim, and counted."""
    with scripted(lying) as server:
        monkeypatch.setenv("EVQA_LLM", server.address)
        found = phrasing("ask", QUESTION, "--phrase", "--json").json
        shown = phrasing("ask", QUESTION, "--phrase").out
    assert "99" not in found["phrasing"]["text"]
    assert found["phrasing"]["replaced"] == len(found["phrasing"]["sentences"])
    assert "tiny phrased nothing that passed the check" in " ".join(shown.split())


def test_a_refusal_sends_nothing(phrasing: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the corpus doesn't answer is never phrased."""
    with scripted(honest) as server:
        monkeypatch.setenv("EVQA_LLM", server.address)
        ran = phrasing("ask", FOREIGN, "--phrase", "--json")
        assert server.requests == []
    assert ran.code == 3
    assert "phrasing" not in ran.json


def test_the_answer_comes_anyway(phrasing: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the model is away the answer of record is printed, with one line that says that it isn't phrased."""
    with scripted(failing(401)) as server:
        monkeypatch.setenv("EVQA_LLM", server.address)
        ran = phrasing("ask", QUESTION, "--phrase")
        found = phrasing("ask", QUESTION, "--phrase", "--json").json
    problem = f"not phrased: the language model at {server.host} didn't answer (status 401)"
    assert ran.code == 0
    assert problem in " ".join(ran.out.split())
    assert problem in found["warnings"]
    assert "phrasing" not in found


def test_without_a_model_set(phrasing: Run) -> None:
    """Without EVQA_LLM one line says what to set; code 2."""
    ran = phrasing("ask", QUESTION, "--phrase")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("evqa: --phrase: EVQA_LLM not set; set EVQA_LLM, such as EVQA_LLM=http://localhost:11434")


def test_a_file_of_questions(phrasing: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer of a file of questions is phrased."""
    lines = [json.dumps({"id": n, "question": each}) for n, each in enumerate((QUESTION, FOREIGN))]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines))
    with scripted(honest) as server:
        monkeypatch.setenv("EVQA_LLM", server.address)
        ran = phrasing("ask", "--questions", tmp_path / "questions.jsonl", "--phrase", "--json")
    found: list[dict[str, Any]] = [json.loads(line) for line in ran.out.splitlines()]
    assert ["phrasing" in each for each in found] == [True, False]


def test_from_python(phrasing: Run, tmp_path: Path) -> None:
    """`Review.ask(…, phrase=True)` gives the same record; without a model it raises UsageError."""
    environ = {"EVQA_HOME": str(tmp_path / "home"), "EVQA_JUDGE": "off"}
    with (
        Review.stored(environ=environ) as review,
        pytest.raises(UsageError, match="EVQA_LLM and EVQA_LLM_MODEL not set"),
    ):
        review.ask(QUESTION, phrase=True)
    with scripted(honest) as server:
        environ |= {"EVQA_LLM": server.address, "EVQA_LLM_MODEL": "tiny"}
        with Review.stored(environ=environ) as review:
            assert review.ask(QUESTION).phrasing is None
            found = review.ask(QUESTION, phrase=True).phrasing
    assert found is not None
    assert found.replaced == 0
