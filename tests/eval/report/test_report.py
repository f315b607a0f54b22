"""Reports hold every figure, by group too, and read well in a terminal."""

import json

import pytest

from eval.report.report import RunReport, measure
from eval.runs.gold import GoldQuestion
from eval.runs.run import Hit, Response, SystemRun
from evqa.errors import InputError

KINDS = [("list", "low"), ("table", "high"), ("table", "low")]
GOLD = [
    GoldQuestion.model_validate(
        {"id": f"q{n}", "question": "Which?", "references": [n], "evidence": [{"anchor": f"anchor {n}"}]}
        | {"kind": kind, "overlap": overlap}
    )
    for n, (kind, overlap) in enumerate(KINDS, start=1)
]
GOLD.append(GoldQuestion(id="u1", question="Who?", kind="unanswerable"))


def reported(*left_out: str) -> RunReport:
    """The report of a run that shows no evidence for q3, is right on the others and refuses u1."""
    texts = {"q1": "anchor 1", "q2": "anchor 2", "q3": "none", "u1": "none"}
    responses = [
        Response(
            id=name,
            ms=ms,
            hits=(Hit(score=1, text=text),),
            references=(ms,),
            confidence=0.1 if name == "u1" else 0.8,
            status="insufficient_evidence" if name == "u1" else "answered",
        )
        for ms, (name, text) in enumerate(texts.items(), start=1)
        if name not in left_out
    ]
    return measure(GOLD, SystemRun(responses=tuple(responses)), "gold.jsonl", "run.jsonl")


def test_figures_are_given_overall_and_by_group() -> None:
    """Groups divide the answerable questions; refusal figures stand only overall."""
    report = reported()
    assert (report.answerable, report.unanswerable, report.missing) == (3, 1, ())
    assert report.overall["hit@1"].value == pytest.approx(2 / 3)
    assert report.overall["AUROC"].value == report.overall["decision_accuracy"].value == 1
    assert {kind: figures["hit@1"].value for kind, figures in report.by_kind.items()} == {"list": 1, "table": 0.5}
    assert {name: figures["hit@1"].questions for name, figures in report.by_overlap.items()} == {"high": 1, "low": 2}
    assert "AUROC" not in report.by_kind["list"]
    assert report.latency.p50 == 2.5
    assert report.latency.p99 == pytest.approx(3.97)


def test_missing_responses_are_named_and_counted() -> None:
    """A question without response lowers the figure and is shown."""
    report = reported("q2")
    assert report.missing == ("q2",)
    assert report.overall["hit@1"].value == pytest.approx(1 / 3)
    assert "1 without response, scored as wrong: q2" in report.lines()


def test_a_report_survives_its_json() -> None:
    """The JSON holds every figure with its interval, and gives back the same report."""
    report = reported()
    found = json.loads(report.model_dump_json())["overall"]["hit@1"]
    assert set(found) == {"value", "low", "high", "questions"}
    assert RunReport.model_validate_json(report.model_dump_json()) == report


def test_the_terminal_form_is_aligned() -> None:
    """Every measure has a line, every table's columns stand under each other, nothing is coloured."""
    report = reported()
    lines = report.lines()
    rows = [line for line in lines if line.startswith(tuple(report.overall)) and "–" in line]
    assert len(rows) == len(report.overall)
    assert len({line.index("–") for line in rows}) == 1
    assert len({len(line) for line in rows}) == 1
    assert [line for line in lines if line.startswith(("list", "table"))] == [
        "list               1         1.000         1.000         1.000         1.000         1.000         1.000",
        "table              2         0.500         0.500         0.500         0.500         0.500         1.000",
    ]
    assert "\x1b" not in "".join(lines)


def test_a_run_of_other_questions_is_refused() -> None:
    """Nothing in common is a mistake, not a score of 0."""
    with pytest.raises(InputError, match=r"run.jsonl: answers no question of gold.jsonl; give the gold set"):
        reported("q1", "q2", "q3", "u1")
