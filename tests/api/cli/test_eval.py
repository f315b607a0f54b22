"""`evqa eval`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.running import Run, written
from tests.eval.invented_collection import written_collection

ROOT = Path(__file__).parents[3]
GOLD = ROOT / "eval" / "gold" / "sample.jsonl"


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


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Six answerable and four unanswerable questions of the sample."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return written(tmp_path / "gold.jsonl", "\n".join([*lines[:6], *lines[-4:]]))


def test_a_saved_run_measures_as_the_corpus_did(asked: Run, few: Path, tmp_path: Path) -> None:
    """What --save kept gives the same figures, latencies too, when it is measured by --run."""
    run = tmp_path / "run.jsonl"
    of_corpus = asked("eval", few, "--save", run, "--json").json
    of_run = asked("eval", few, "--run", run, "--json").json
    assert of_corpus["index_bytes"] > 0
    assert of_run["index_bytes"] is None
    differing = {"system", "index_bytes"}
    assert {k: v for k, v in of_run.items() if k not in differing} == {
        k: v for k, v in of_corpus.items() if k not in differing
    }
    assert {"citation_recall", "citation_precision", "AURC"} <= of_run["overall"].keys()


def test_a_stored_run_is_compared_with_a_corpus(asked: Run, few: Path, tmp_path: Path) -> None:
    """The corpus answers as it did when the run was kept: no difference but in time; the corpus goes by its name."""
    run = tmp_path / "run.jsonl"
    asked("eval", few, "--save", run)
    found = asked("eval", "--compare", run, "default", few, "--json").json
    assert (found["a"], found["b"]) == ("run.jsonl", "corpus default")
    assert (found["wins"], found["losses"], found["ties"]) == ([], [], 10)
    same = {name: one for name, one in found["differences"].items() if not name.startswith("latency")}
    assert {(one["difference"], one["p"]) for one in same.values()} == {(0, 1)}
    assert "b wins 0 questions, loses 0, ties 10" in asked("eval", few, "--compare", run, run).out


def test_an_anchor_that_is_not_in_the_corpus(asked: Run, few: Path) -> None:
    """Question and anchor are named, and nothing is measured."""
    item = json.loads(few.read_text(encoding="utf-8").splitlines()[0])
    item["evidence"][0]["anchor"] = "words that stand nowhere in it"
    written(few, json.dumps(item))
    ran = asked("eval", few)
    assert (ran.code, ran.out) == (4, "")
    assert f"{item['id']}: the anchor 'words that stand nowhere in it' occurs nowhere" in ran.err


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (
            ("--run", "r", "--compare", "a", "b"),
            2,
            "--run r and --compare a b: they exclude each other; give one of the two",
        ),
        (("--run", "r", "--save", "s"), 2, "--save s: it keeps what a corpus answers; leave --run out"),
        (("--compare", "none.jsonl", "default"), 4, "none.jsonl: neither a file nor a corpus"),
    ],
)
def test_options_that_do_not_go_together(asked: Run, few: Path, options: tuple[str, ...], code: int, said: str) -> None:
    """What can't be done is said in a line with the values at fault."""
    ran = asked("eval", few, *options)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_collection_is_measured(evqa: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--beir searches a folder's documents; the kept run measures the same, and the corpus isn't the user's own."""
    monkeypatch.setenv("EVQA_HOME", str(tmp_path))
    (tmp_path / "models").symlink_to(home / "models")
    folder, run, page = written_collection(tmp_path), tmp_path / "run.jsonl", tmp_path / "out.html"
    found = evqa("eval", "--beir", folder, "--save", run, "--report", page, "--json").json
    assert (found["documents"], found["queries"], found["overall"]["MRR@10"]["value"]) == (4, 2, 1)
    assert evqa("eval", "--beir", folder, "--run", run, "--json").json["overall"] == found["overall"]
    assert "mosses" in page.read_text(encoding="utf-8")
    assert [one["use"] for one in evqa("corpora", "--json").json] == ["beir"]


def test_a_page_is_written(asked: Run, few: Path, tmp_path: Path) -> None:
    """--report writes the page of a corpus, and of a comparison."""
    run, page = tmp_path / "run.jsonl", tmp_path / "out.html"
    asked("eval", few, "--save", run, "--report", page)
    assert page.read_text(encoding="utf-8").count('<details class="question">') == 10
    assert asked("eval", few, "--compare", run, run, "--report", page).code == 0
    assert "run.jsonl against run.jsonl" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "no questions given; name a gold set, or --beir DIR"),
        (("gold.jsonl", "--beir", "dir"), "gold.jsonl and --beir dir: they exclude each other; give one of the two"),
        (("--beir", "dir", "--corpus", "c"), "--corpus c: --beir has a corpus of its own; leave --corpus out"),
    ],
)
def test_questions_are_given_once(evqa: Run, options: tuple[str, ...], said: str) -> None:
    """A gold set or a collection, not none and not both."""
    ran = evqa("eval", *options)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.slow
def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    """Loading the command loads no library of measures, templates or models: a mistake in an option is told at once."""
    heavy = ("ir_measures", "scipy", "jinja2", "torch", "transformers")
    look = f"import sys, api.cli.eval; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
