"""The benchmark shows figures beside targets and says plainly which are missed."""

from pathlib import Path

import pytest

from eval.benchmark import GOLD, REVIEW, SAMPLE_GOLD, Benchmark, inputs, main
from eval.cost.cold import Cost
from eval.cost.speed import Cold, Ingest, Warm
from eval.measures.measurement import Estimate
from eval.report.report import Latency, RunReport
from eval.runs.gold import check_anchors, load_gold
from ingest.sample import sample_path


def measured(has_peer: bool = True, heavy: tuple[str, ...] = ()) -> Benchmark:
    """A benchmark that meets hit@1 exactly, misses AUROC, and keeps all budgets but that of ingest."""
    overall = {
        name: Estimate(value=value, low=0, high=1, questions=9) for name, value in (("hit@1", 0.6), ("AUROC", 0.74))
    }
    report = RunReport(
        gold="g", system="s", answerable=5, unanswerable=4, latency=Latency(p50=1, p95=2, p99=2), overall=overall,
        by_kind={}, by_overlap={},
    )  # fmt: skip
    return Benchmark(
        review="r",
        has_peer=has_peer,
        report=report,
        ingest=Ingest(read=1.5, store=3, passages=300, runs=3),
        cold=Cold(seconds=0.8, megabytes=200, heavy=heavy, asks=7),
        batch=Cost(seconds=2, megabytes=300),
        warm=Warm(p50=5, p99=20, asks=27),
        bytes_on_disk=2_500_000,
        cores=2,
        load=0.25,
    )


def line(found: Benchmark, name: str) -> list[str]:
    """The words of the last line that starts so."""
    return [text for text in found.lines() if text.strip().startswith(name)][-1].split()


def test_figures_stand_beside_peer_and_target() -> None:
    """A target that is just reached is met, one that isn't is missed; what isn't measured has no line."""
    found = measured()
    assert line(found, "hit@1") == ["hit@1", "0.600", "0.344", "0.60", "met"]
    assert line(found, "AUROC") == ["AUROC", "0.740", "0.665", "0.75", "MISSED"]
    assert not [text for text in found.lines() if text.startswith("reference_F1")]


def test_the_peer_is_shown_only_for_its_own_questions() -> None:
    """On other questions than those that the peer was asked there is nothing to compare with."""
    assert line(measured(has_peer=False), "hit@1") == ["hit@1", "0.600", "–", "0.60", "met"]


def test_costs_stand_beside_their_budgets() -> None:
    """Reading and storing add up; a budget that is used up exactly is kept."""
    found = measured()
    assert {budget.name: budget.is_kept for budget in found.budgets if "median" in budget.name} == {
        "cold ask, wall, median": True,
        "ingest, model loaded, median": False,
    }
    assert line(found, "ingest")[-4:] == ["4.50", "s", "4", "MISSED"]
    assert line(found, "corpus on disk")[-2:] == ["2.50", "MB"]
    assert line(found, "load before") == ["load", "before,", "on", "2", "cores", "0.25"]


@pytest.mark.parametrize(("heavy", "words"), [((), ["none", "none", "met"]), (("torch",), ["torch", "none", "MISSED"])])
def test_heavy_imports_are_named(heavy: tuple[str, ...], words: list[str]) -> None:
    """None may be imported by a cold ask; one that is stands in the table."""
    assert line(measured(heavy=heavy), "heavy modules")[-3:] == words


def test_a_benchmark_survives_its_json() -> None:
    """Everything measured is in the JSON."""
    assert Benchmark.model_validate_json(measured().model_dump_json()) == measured()


def test_what_is_measured_without_options() -> None:
    """The real review with its questions where both are there, else the sample with its own; options go first."""
    has_review = REVIEW.is_file() and GOLD.is_file()
    assert inputs(None, None) == ((REVIEW, GOLD) if has_review else (sample_path(), SAMPLE_GOLD))
    assert inputs(Path("r.md"), Path("g.jsonl")) == (Path("r.md"), Path("g.jsonl"))


def test_the_sample_has_questions_of_its_own() -> None:
    """At least 40 answerable and 15 unanswerable ones, each anchor once in the sample's text."""
    gold = load_gold(SAMPLE_GOLD)
    assert sum(question.is_answerable for question in gold) >= 40
    assert sum(not question.is_answerable for question in gold) >= 15
    check_anchors(gold, sample_path().read_text(encoding="utf-8"))


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback: the message on stderr, nothing on stdout, exit code 1."""
    assert main(["--gold", str(tmp_path / "none.jsonl")]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "none.jsonl: can't be read" in printed.err
