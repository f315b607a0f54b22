"""`evqa eval`."""

import json
from pathlib import Path

from tests.api.running import Run, written

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "sample.jsonl"


def test_a_corpus_is_measured(asked: Run, tmp_path: Path) -> None:
    """The measures lie in their range and stand in the table as well."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    gold = written(tmp_path / "gold.jsonl", "\n".join([*lines[:6], *lines[-4:]]))
    report = asked("eval", gold, "--json").json
    assert (report["answerable"], report["unanswerable"]) == (6, 4)
    assert all(0 <= figure["value"] <= 1 for figure in report["overall"].values())
    assert "hit@1" in asked("eval", gold).out


def test_a_stored_run_is_measured(evqa: Run, tmp_path: Path) -> None:
    """A run of any system is measured without a corpus."""
    first = json.loads(GOLD.read_text(encoding="utf-8").splitlines()[0])
    hit = {"score": 1.0, "text": first["evidence"][0]["anchor"]}
    run = written(tmp_path / "run.jsonl", json.dumps({"id": first["id"], "ms": 1.0, "hits": [hit]}))
    gold = written(tmp_path / "gold.jsonl", json.dumps(first))
    assert evqa("eval", gold, "--run", run, "--json").json["overall"]["hit@1"]["value"] == 1


def test_a_gold_set_that_is_not_there(evqa: Run, tmp_path: Path) -> None:
    """A missing gold set is named."""
    ran = evqa("eval", tmp_path / "none.jsonl", "--run", tmp_path / "run.jsonl")
    assert (ran.code, ran.out) == (4, "")
    assert "none.jsonl" in ran.err
