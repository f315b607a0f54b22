"""`python -m eval.peers` asks evqa and a fake peer, and puts whatever goes wrong with a peer into the table."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.peering.known import PEERS, Peer
from eval.peers import Comparison, chosen, compare, main, written
from eval.runs.run import Hit, Response, SystemRun
from evqa.errors import InputError, UsageError
from tests.eval.peering.fakes import asked_set, failing, fake_peer, made_environment

SILENT = """
class Peer:
    def __init__(self, task):
        pass

    def index(self, document):
        return {}
"""
SERVED = """
import json, urllib.request

class Peer:
    def __init__(self, task):
        self.address = task["embedding_service"]

    def index(self, document):
        def search(question):
            request = urllib.request.Request(self.address + "/embeddings", json.dumps({"input": question}).encode())
            vector = json.load(urllib.request.urlopen(request, timeout=10))["data"][0]["embedding"]
            return [(vector[0], "Green lamps calm bees (1)")], None
        return {"words": search}
"""


@pytest.fixture
def how(tmp_path: Path) -> Comparison:
    """A comparison on one review, where evqa answers one of two questions."""
    hit = (Hit(score=1, text="Green lamps calm bees at night (1)."),)
    answers = {
        "q1": Response(id="q1", ms=1, hits=hit, references=(1,), confidence=0.9, status="answered"),
        "q2": Response(id="q2", ms=1, hits=hit, references=(1,), confidence=0.8, status="answered"),
        "u1": Response(id="u1", ms=1, hits=(), references=(), confidence=0.1, status="insufficient_evidence"),
    }
    return Comparison(
        sets=[asked_set(tmp_path)],
        ask={"asked": lambda _: SystemRun(responses=tuple(answers.values()))},
        model="models/tiny",
        model_name="tiny",
        encode=lambda texts: [[float(len(text))] for text in texts],
        cache=tmp_path / "cache",
        runs=tmp_path / "runs",
        interpreter=None,
        limit=60,
    )


@pytest.fixture
def peer(tmp_path: Path) -> Peer:
    """The fake peer, with its environment made."""
    made = fake_peer(tmp_path)
    made_environment(made, tmp_path / "cache")
    return made


def test_evqa_and_peer_stand_in_one_table(how: Comparison, peer: Peer) -> None:
    """Every row has the same measures; the peer's references come from the lent reader."""
    ours, own, lent = compare([peer], how).rows
    assert ours.measures["hit@1"].value == 0.5
    assert own.title == lent.title == "Fake 1.2 words"
    assert own.measures.keys() == lent.measures.keys() == ours.measures.keys()
    assert (own.splitting, lent.splitting) == ("paragraphs", "evqa's passages")
    assert lent.measures["hit@1"].value == lent.measures["reference_F1"].value == 1


def test_stored_runs_are_kept(how: Comparison, peer: Peer) -> None:
    """The run of evqa and those of the peer can be measured again by `evqa eval --run`."""
    compare([peer], how)
    found = {path.relative_to(how.runs).as_posix() for path in how.runs.rglob("*.jsonl")}
    assert found == {"evqa/asked/lamps.jsonl", "Fake-own/words/lamps.jsonl", "Fake-lent/words/lamps.jsonl"}


def test_a_peer_that_fails_is_a_row_with_the_reason(how: Comparison, peer: Peer) -> None:
    """A peer that crashes and one that writes nothing have their reason in the table; the other peer is measured."""
    broken = failing(peer, "raise ImportError('no lamp')")
    silent = replace(peer, adapter=peer.adapter.with_name("silent.py"))
    silent.adapter.write_text(SILENT, encoding="utf-8")
    rows = compare([broken, silent, peer], how).rows[1:]
    assert [row.reason for row in rows] == [
        *["ended with exit code 1 (ImportError: no lamp)"] * 2,
        *["lamps.jsonl: can't be read (No such file or directory)"] * 2,
        *["", ""],
    ]


def test_a_peer_that_cannot_split_is_measured_with_passages(how: Comparison, peer: Peer) -> None:
    """Where a peer can't split a text here, the row says why, and its row with evqa's passages is measured."""
    _, own, lent = compare([replace(peer, no_splitting="its splitter is elsewhere")], how).rows
    assert own.reason == "its splitter is elsewhere"
    assert not lent.reason


def test_a_service_is_lent_to_a_peer_that_needs_one(how: Comparison, peer: Peer) -> None:
    """A peer that takes vectors over HTTP gets them from this process, and the table says so."""
    served = replace(failing(peer, SERVED), embeds_by_service=True)
    row = compare([served], how).rows[1]
    assert row.lent == "text, marker reader, embedding service"
    assert row.measures["hit@1"].value == 0.5


def test_table_is_written_as_markdown_and_json(how: Comparison, peer: Peer, tmp_path: Path) -> None:
    """Both files are written; a folder that isn't there is an error with the next step."""
    table = compare([peer], how)
    written(table, tmp_path)
    assert (tmp_path / "peers.md").read_text(encoding="utf-8") == table.markdown()
    assert (tmp_path / "peers.json").stat().st_size
    with pytest.raises(InputError, match="choose another --out"):
        written(table, tmp_path / "nowhere")


def test_peers_are_chosen_by_name() -> None:
    """All without a name, those named otherwise, in any case of letters; an unknown name lists all."""
    assert chosen([]) == list(PEERS)
    assert [peer.name for peer in chosen(["TXTAI"])] == ["txtai"]
    with pytest.raises(UsageError, match=r"PaperQA2, Haystack, LlamaIndex, txtai, haiku\.rag"):
        chosen(["grep"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [(["--peer", "grep"], 2, "there is none of that name"), ([], 1, "has no questions")],
)
def test_what_cannot_be_asked_ends_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    """An unknown peer and a missing folder of questions end with a code and one line on stderr."""
    assert main(["--cache", str(tmp_path), *arguments], shared=tmp_path) == code
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1
