"""A stored run is measured from its files."""

from pathlib import Path

import pytest

from eval.report.command import measure_run
from eval.runs.gold import Evidence, GoldQuestion
from evqa.errors import InputError

GOLD = [
    GoldQuestion(id="q1", question="?", kind="list", references=(1,), evidence=(Evidence(anchor="the anchor"),)),
    GoldQuestion(id="u1", question="Who?", kind="unanswerable"),
]


@pytest.fixture
def gold_path(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(question.model_dump_json() for question in GOLD))
    return path


def test_a_stored_run_is_measured(gold_path: Path, tmp_path: Path) -> None:
    """Gold set and run come from their files; the report says which, and names what is missing."""
    run_path = tmp_path / "run.jsonl"
    run_path.write_text('{"id":"q1","ms":5,"hits":[{"score":1,"text":"Here is the Anchor."}]}')
    report = measure_run(gold_path, run_path)
    assert (report.gold, report.system) == ("gold.jsonl", "run.jsonl")
    assert report.overall["hit@1"].value == 1
    assert report.missing == ("u1",)


def test_a_run_that_is_not_there_is_refused(gold_path: Path, tmp_path: Path) -> None:
    """The missing file is named."""
    with pytest.raises(InputError, match=r"none.jsonl: can't be read"):
        measure_run(gold_path, tmp_path / "none.jsonl")
