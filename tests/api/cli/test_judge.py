"""A language model that decides, set for a command."""

from pathlib import Path

import pytest

from index.judging.grades import GRADES
from index.judging.verdicts import FILE
from tests.api.running import Run
from tests.index.judging.scripted import Request, Scripted, failing, grading, scripted

QUESTION = "How do cushions of moss hold water?"
KEY = "sk-secret-0123456789"


@pytest.fixture
def judged(asked: Run, home: Path, moss: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a home of its own that shares the model and holds a review of moss."""
    own = tmp_path / "home"
    own.mkdir()
    (own / "models").symlink_to(home / "models")
    monkeypatch.setenv("EVQA_HOME", str(own))
    assert asked("ingest", moss).code == 0
    monkeypatch.setenv("EVQA_JUDGE", "llm")
    monkeypatch.setenv("EVQA_LLM_MODEL", "tiny")
    monkeypatch.setenv("EVQA_LLM_KEY", KEY)
    return asked


def last(request: Request) -> Scripted:
    """The best grade for the last passage that was shown."""
    count = len(request.asked["passages"])
    return grading(*[0] * (count - 1), 3)


def test_a_command_asks_the_model(judged: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the settings, `ask` and `search` follow the model's choice, from a corpus and from files; the same question
    is sent once, and printed with the same bytes when the model is gone."""
    with scripted(last) as server:
        monkeypatch.setenv("EVQA_LLM", server.address)
        ran = judged("ask", QUESTION, "--json")
        (request,) = server.requests
        assert judged("search", QUESTION, "--json").json["passages"][0] == ran.json["passages"][0]
        assert len(server.requests) == 1
        assert judged("ask", QUESTION, "--json", "--in", tmp_path / "moss.md").json["judge"]["name"] == "llm:tiny"
    assert ran.json["passages"][0]["text"] == request.asked["passages"][-1]["text"]
    assert ran.json["passages"][0]["score"] == GRADES[3]
    assert request.headers["authorization"] == f"Bearer {KEY}"
    again = judged("ask", QUESTION, "--json")
    assert (again.out, again.err) == (ran.out, "")
    assert (tmp_path / "home" / FILE).exists()


def test_a_command_goes_on_without_the_model(judged: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the model is away the command answers, and a note says why; the key is printed nowhere."""
    with scripted(failing(401)) as server:
        monkeypatch.setenv("EVQA_LLM", server.address)
        ran = judged("ask", QUESTION)
        found = judged("ask", QUESTION, "--json").json
    assert ran.code in (0, 3)
    problem = f"the language model at {server.host} didn't answer (status 401), so the local judge decided"
    assert problem in found["warnings"]
    assert problem in " ".join(ran.out.split())
    assert KEY not in f"{found}{ran.out}{ran.err}"


@pytest.mark.parametrize("command", [("ask", QUESTION), ("search", QUESTION)])
def test_a_judge_that_cannot_be(judged: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that there isn't, or lacks its address, is told in one line with what to set; code 2."""
    ran = judged(*command)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("evqa: EVQA_JUDGE 'llm': EVQA_LLM not set; set EVQA_LLM, such as EVQA_LLM=http://local")
    monkeypatch.setenv("EVQA_JUDGE", "oracle")
    ran = judged(*command)
    assert (ran.code, ran.err) == (2, "evqa: EVQA_JUDGE 'oracle': no judge; give one of local, off, llm\n")
