"""Reports as one HTML page that makes no request and runs no script. Plots are inline SVG."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.measures.measurement import Estimate
from eval.measures.scoring import FALLING
from eval.pages.plots import Axis, around_zero, histogram
from eval.pages.templates import rendered
from eval.report.comparing import Comparison, verdict
from eval.report.outcomes import QuestionOutcome
from eval.report.report import RunReport
from eval.retrieval.beir import CollectionReport

TEMPLATE = "page.html"
TILES = ("hit@1", "hit@5", "in1500c", "reference_F1", "citation_recall", "AUROC", "refusals_at_5", "ECE")
SERIES = ("hit@1", "hit@5", "reference_F1")
VERDICTS = {
    "wrong": "Lost: no evidence in the first five passages, wrongly refused or answered, or no response",
    "partly": "In part: evidence found, but not first or not with the references printed there",
    "undecided": "Undecided: unanswerable, and the system doesn't say whether it answers",
    "right": "Won: evidence first, with the references printed there; or rightly refused",
}
MEANING = {
    "hit@1": "evidence in the first passage",
    "hit@3": "evidence in the first three passages",
    "hit@5": "evidence in the first five passages",
    "in500c": "evidence in the first 500 characters",
    "in1500c": "evidence in the first 1,500 characters",
    "in3000c": "evidence in the first 3,000 characters",
    "MRR": "mean of 1 / rank of the first evidence",
    "MRR@10": "mean of 1 / rank of the first evidence, in the first ten",
    "nDCG@10": "ranking of all the evidence, first ten",
    "recall@100": "share of relevant documents in the first 100",
    "reference_precision": "given reference numbers that are right",
    "reference_recall": "right reference numbers that are given",
    "reference_F1": "harmonic mean of reference precision and recall",
    "citation_precision": "citations right, claim by claim",
    "citation_recall": "claims that their citations support",
    "AUROC": "answerable ranked above unanswerable",
    "refusals_at_5": "unanswerable refused at 5 % false refusals",
    "AURC": "area under the risk–coverage curve",
    "ECE": "calibration error, 10 bins",
    "Brier": "squared error of confidence",
    "decision_accuracy": "rightly answered or refused",
    "true_refusals": "unanswerable questions refused",
    "false_refusals": "answerable questions refused",
    "latency_p50": "median, ms",
    "latency_p95": "95th percentile, ms",
    "latency_p99": "99th percentile, ms",
}


def report_page(report: RunReport, outcomes: Sequence[QuestionOutcome]) -> str:
    """The page of a run on a gold set, with every question."""
    groups = {title: group for title, group in _groups(report).items() if group}
    listed = {word: [one for one in outcomes if one.verdict == word] for word in VERDICTS}
    times = [one.ms for one in outcomes if one.ms is not None]
    return _rendered(
        "report", report=report, groups=groups, listed=listed, tiles=_tiles(report.overall), bars=histogram(times)
    )


def _groups(report: RunReport) -> dict[str, dict[str, dict[str, Estimate]]]:
    return {"By kind of question": report.by_kind, "By overlap with the evidence": report.by_overlap}


def collection_page(report: CollectionReport, milliseconds: Sequence[float]) -> str:
    """The page of a run on a retrieval collection."""
    return _rendered("collection", report=report, bars=histogram(milliseconds))


def comparison_page(comparison: Comparison) -> str:
    """The page of two runs, with every question on which they differ."""
    scores = {name: gap for name, gap in comparison.differences.items() if not name.startswith("latency")}
    times = {name: gap for name, gap in comparison.differences.items() if name.startswith("latency")}
    tables = [
        (table, around_zero([bound for gap in table.values() for bound in (gap.low, gap.high)]))
        for table in (scores, times)
    ]
    return _rendered("comparison", comparison=comparison, tables=tables, verdict=verdict)


def _tiles(overall: Mapping[str, Estimate]) -> dict[str, Estimate]:
    return {name: overall[name] for name in TILES if name in overall}


def _rendered(kind: str, **values: Any) -> str:
    fixed = {"Axis": Axis, "meaning": MEANING, "falling": FALLING, "series": SERIES, "verdicts": VERDICTS}
    return rendered(Path(__file__).with_name(TEMPLATE), {"kind": kind, **fixed, **values})
