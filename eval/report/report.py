"""Report a run on a gold set: its measures overall, by kind of question, and by word overlap with the evidence."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from pydantic import Field

from eval.measures.confidence import ReliabilityBin, RiskPoint, reliability, risk_coverage
from eval.measures.measurement import Estimate, Measurement, Measurements, estimates
from eval.measures.measures import Array
from eval.measures.scoring import Responses, answerable_measurements, measurements
from eval.runs.gold import GoldQuestion
from eval.runs.run import SystemRun
from evqa.errors import InputError
from evqa.model import Record

COLUMNS = ("hit@1", "hit@5", "in1500c", "MRR", "nDCG@10", "reference_F1")
Estimates = dict[str, Estimate]


class Latency(Record):
    """Percentiles of the milliseconds a question took, with the bounds of their 95 % intervals."""

    p50: float
    p95: float
    p99: float
    bounds: dict[str, tuple[float, float]] = Field(default_factory=dict)

    @property
    def percentiles(self) -> dict[str, float]:
        """The three percentiles by name."""
        return {"p50": self.p50, "p95": self.p95, "p99": self.p99}


class RunReport(Record):
    """The scores of a run. `missing` are the questions without a response, which score the worst possible.

    `overall` holds every measure, by its name. `by_kind` and `by_overlap` hold the measures of answerable questions. A
    measure of something that the system never gives is left out. `index_bytes` is the size of the corpus on disk, if
    one was asked.
    """

    gold: str
    system: str
    answerable: int
    unanswerable: int
    missing: tuple[str, ...] = ()
    latency: Latency
    index_bytes: int | None = None
    overall: Estimates
    by_kind: dict[str, Estimates]
    by_overlap: dict[str, Estimates]
    risk_coverage: tuple[RiskPoint, ...] = ()
    reliability: tuple[ReliabilityBin, ...] = ()

    def lines(self) -> list[str]:
        """The report for a terminal: aligned columns, no colour."""
        groups = _groups("kind", self.by_kind) + _groups("overlap", self.by_overlap)
        return [*self._heading(), "", *table(self.overall), *groups]

    def _heading(self) -> Iterator[str]:
        yield f"{self.system} on {self.gold}: {self.answerable} answerable, {self.unanswerable} unanswerable questions"
        yield cost_line(self.latency, self.index_bytes)
        if self.missing:
            yield f"{len(self.missing)} without response, scored as wrong: {', '.join(self.missing[:5])}"


def cost_line(latency: Latency, index_bytes: int | None) -> str:
    """The latency and, if known, the size of the index."""
    parts = [f"{name} {value:.1f} ms" for name, value in latency.percentiles.items()]
    size = "" if index_bytes is None else f"; corpus on disk {index_bytes / 1e6:.1f} MB"
    return f"latency {', '.join(parts)}{size}"


def table(measured: Estimates) -> list[str]:
    """The estimates with their intervals, one a line below a heading."""
    rows = [
        f"{name:<20} {value.value:>6.3f}   {value.low:.3f} – {value.high:.3f} {value.questions:>6}"
        for name, value in measured.items()
    ]
    return [f"{'measure':<20} {'value':>6}   {'95 % interval':<13} {'n':>6}", *rows]


def _groups(title: str, groups: dict[str, Estimates]) -> list[str]:
    if not groups:
        return []
    names = [name for name in COLUMNS if name in next(iter(groups.values()))]
    heading = f"{title:<14} {'n':>5}" + "".join(f"{name:>14}" for name in names)
    return ["", heading, *(_row(group, measured, names) for group, measured in groups.items())]


def _row(group: str, measured: Estimates, names: Sequence[str]) -> str:
    cells = "".join(f"{measured[name].value:>14.3f}" for name in names)
    return f"{group:<14} {measured[names[0]].questions:>5}{cells}"


def measure(
    gold: Sequence[GoldQuestion], run: SystemRun, gold_name: str, system: str, index_bytes: int | None = None
) -> RunReport:
    """Measure a run on a gold set; responses to other questions are ignored.

    Raises InputError if the run answers none of the questions.
    """
    responses = answering(gold, run, gold_name, system)
    taken = measurements(gold, responses)
    return RunReport(
        gold=gold_name,
        system=system,
        answerable=sum(question.is_answerable for question in gold),
        unanswerable=sum(not question.is_answerable for question in gold),
        missing=tuple(question.id for question in gold if question.id not in responses),
        latency=latency(responses),
        index_bytes=index_bytes,
        overall=estimates(taken),
        by_kind=_grouped(gold, responses, lambda question: question.kind),
        by_overlap=_grouped(gold, responses, lambda question: question.overlap),
        risk_coverage=risk_coverage(*taken["AURC"].groups) if "AURC" in taken else (),
        reliability=reliability(*taken["ECE"].groups) if "ECE" in taken else (),
    )


def answering(gold: Sequence[GoldQuestion], run: SystemRun, gold_name: str, system: str) -> Responses:
    """The run's responses to questions of the gold set, by id. Raises InputError if there is none."""
    asked = {question.id for question in gold}
    responses = {name: response for name, response in run.by_id().items() if name in asked}
    if not responses:
        raise InputError(system, f"answers no question of {gold_name}", "give the gold set that it was run on")
    return responses


def latency(responses: Responses) -> Latency:
    """Percentiles of the responses' milliseconds."""
    measured = estimates(latency_measurements([response.ms for response in responses.values()]))
    percentiles = {name.removeprefix("latency_"): value for name, value in measured.items()}
    bounds = {name: (value.low, value.high) for name, value in percentiles.items()}
    return Latency.model_validate({name: value.value for name, value in percentiles.items()} | {"bounds": bounds})


def latency_measurements(milliseconds: Sequence[float]) -> Measurements:
    """The 50th, 95th and 99th percentile of milliseconds a question, linear between the two nearest values."""
    values = (np.array(milliseconds, dtype=float),)
    return {f"latency_p{percent}": Measurement(partial(_percentile, percent), values) for percent in (50, 95, 99)}


def _percentile(percent: int, values: Array) -> Array:
    return np.asarray(np.percentile(values, percent, axis=-1))


def _grouped(
    gold: Sequence[GoldQuestion], responses: Responses, group: Callable[[GoldQuestion], str | None]
) -> dict[str, Estimates]:
    answerable = [question for question in gold if question.is_answerable]
    names = sorted({name for question in answerable if (name := group(question))})
    return {
        name: estimates(answerable_measurements([q for q in answerable if group(q) == name], responses))
        for name in names
    }
