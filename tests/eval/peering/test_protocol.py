"""A peer gets its task in a file, runs alone and offline, and must leave a usable run for every document."""

import os
import socket
import sys
from pathlib import Path

import pytest

from eval.peering.known import Peer
from eval.peering.protocol import PeerDocument, PeerQuestion, PeerTask, read_runs, run_peer
from eval.peering.trouble import PeerError
from tests.eval.peering.fakes import fake_peer

TASK = PeerTask(
    model="nowhere",
    depth=2,
    documents=(
        PeerDocument(
            name="bees",
            text="Bees hum.\nWasps sting.\nMoths fly.",
            passages=None,
            questions=(PeerQuestion(id="a", question="wasps sting."), PeerQuestion(id="b", question="moths fly.")),
        ),
    ),
)
ASKED = {"bees": ["a", "b"]}
SAYS = """
class Peer:
    def __init__(self, task):
        pass

    def index(self, document):
        return {{"words": lambda question: ([(1.0, {expression})], None)}}
"""


def said_by(peer: Peer, folder: Path, limit: float = 60) -> str:
    """The text of the first hit to the first question."""
    run_peer(peer, Path(sys.executable), TASK, folder, limit)
    return read_runs(folder / "words", ASKED)["bees"].responses[0].texts[0]


def test_a_peer_answers_every_question(tmp_path: Path) -> None:
    """Each question has a response with as many passages as asked for, best first, and a time."""
    run_peer(fake_peer(tmp_path), Path(sys.executable), TASK, tmp_path / "out", 60)
    run = read_runs(tmp_path / "out" / "words", ASKED)["bees"]
    assert [(response.id, response.texts) for response in run.responses] == [
        ("a", ("Wasps sting.", "Bees hum.")),
        ("b", ("Moths fly.", "Bees hum.")),
    ]
    assert all(response.ms >= 0 and response.confidence is None for response in run.responses)


def test_lent_passages_are_searched_as_they_are(tmp_path: Path) -> None:
    """With passages in the task, a peer returns these, not pieces of the text."""
    lent = TASK.documents[0].model_copy(update={"passages": ("wasps sting. and fly", "bees")})
    task = TASK.model_copy(update={"documents": (lent,)})
    run_peer(fake_peer(tmp_path), Path(sys.executable), task, tmp_path / "out", 60)
    assert read_runs(tmp_path / "out" / "words", ASKED)["bees"].responses[0].texts[0] == "wasps sting. and fly"


def test_a_peer_sees_no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables of this process, such as keys, don't reach a peer; hubs are told to stay offline."""
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    expression = "str([name for name in __import__('os').environ if 'KEY' in name or 'OFFLINE' in name])"
    said = said_by(fake_peer(tmp_path, SAYS.format(expression=expression)), tmp_path / "out")
    assert "HF_HUB_OFFLINE" in said
    assert "OPENAI" not in said


def test_a_peer_reaches_this_machine_only(tmp_path: Path) -> None:
    """A connection to another machine is refused before anything is sent, one to this machine isn't."""
    script = SAYS.format(expression="tried('192.0.2.1', 9) + tried('127.0.0.1', PORT)")
    with socket.create_server(("127.0.0.1", 0)) as server:
        tried = f"""
import socket
PORT = {server.getsockname()[1]}

def tried(host, port):
    try:
        socket.create_connection((host, port), timeout=5).close()
    except OSError as error:
        return str(error)
    return "; connected"
"""
        said = said_by(fake_peer(tmp_path, tried + script), tmp_path / "out")
    assert said == "a connection to 192.0.2.1 was refused: peers run offline; connected"


def test_a_peer_that_fails_says_why(tmp_path: Path) -> None:
    """The reason of a failed peer is its exit code and the last line that it said."""
    with pytest.raises(PeerError, match=r"exit code 1 \(ImportError: no lamp\)"):
        run_peer(fake_peer(tmp_path, "raise ImportError('no lamp')"), Path(sys.executable), TASK, tmp_path / "out", 60)


def test_a_peer_that_says_nothing_is_reported(tmp_path: Path) -> None:
    """A peer that ends without a word has a reason, too."""
    peer = fake_peer(tmp_path, "import os; os._exit(7)")
    with pytest.raises(PeerError, match=r"exit code 7 \(it said nothing\)"):
        run_peer(peer, Path(sys.executable), TASK, tmp_path / "out", 60)


def test_a_peer_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    """A peer is ended after the limit."""
    with pytest.raises(PeerError, match=r"took over 0.5 s"):
        run_peer(fake_peer(tmp_path, "import time; time.sleep(60)"), Path(sys.executable), TASK, tmp_path / "out", 0.5)


def test_an_environment_without_python_is_reported(tmp_path: Path) -> None:
    """An interpreter that isn't there is a reason, not a crash."""
    with pytest.raises(PeerError, match="can't be started"):
        run_peer(fake_peer(tmp_path), tmp_path / "no" / "python", TASK, tmp_path / "out", 60)


HIT = '{"id": "%s", "ms": 1, "hits": []}\n'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "bees.jsonl: can't be read"),
        ("", "bees.jsonl: empty"),
        ("{nonsense", "bees.jsonl line 1: Invalid JSON"),
        ('{"id": "a", "ms": 1}\n', "bees.jsonl line 1: hits: Field required"),
        (HIT % "a", r"1 of 2 questions aren't answered \(b\)"),
        (HIT % "a" + HIT % "a", "'a' occurs more than once"),
        (HIT % "a" + HIT % "b" + HIT % "c", "c is answered, but wasn't asked"),
    ],
)
def test_runs_that_cannot_be_used_are_told(tmp_path: Path, content: str | None, reason: str) -> None:
    """No file, an empty one, bad JSON, missing, repeated and unknown ids are reasons that name the document."""
    if content is not None:
        (tmp_path / "bees.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(PeerError, match=reason) as raised:
        read_runs(tmp_path, ASKED)
    assert os.fspath(tmp_path) not in str(raised.value)
