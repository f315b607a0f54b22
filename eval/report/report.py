"""Reports: the figures of a run on a gold set, overall, by kind of question and by overlap."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from pydantic import Field

from eval.measures.bootstrap import Figure
from eval.measures.measurement import Measurement, Measurements, figures
from eval.measures.measures import Array
from eval.measures.reliability import Bin, reliability
from eval.measures.scoring import Responses, answerable_figures, measurements
from eval.measures.selective import Point, curve
from eval.runs.gold import GoldQuestion
from eval.runs.run import Run
from evqa.errors import InputError
from evqa.model import Record

COLUMNS = ("hit@1", "hit@5", "in1500c", "MRR", "nDCG@10", "reference_F1")
Figures = dict[str, Figure]


class Latency(Record):
    """Milliseconds a question, over the responses of the run: percentiles, and the bounds of their 95 % intervals."""

    p50: float
    p95: float
    p99: float
    bounds: dict[str, tuple[float, float]] = Field(default_factory=dict)

    @property
    def percentiles(self) -> dict[str, float]:
        """The three by their names."""
        return {"p50": self.p50, "p95": self.p95, "p99": self.p99}


class Report(Record):
    """What a run scores. `missing` are the questions without a response, which score the worst possible.

    `overall` holds every measure, by its name; `by_kind` and `by_overlap` those of answerable questions. A
    measure of something that the system doesn't give is left out. `index_bytes`: what the corpus takes on the
    disk, where one was asked.
    """

    gold: str
    system: str
    answerable: int
    unanswerable: int
    missing: tuple[str, ...] = ()
    latency: Latency
    index_bytes: int | None = None
    overall: Figures
    by_kind: dict[str, Figures]
    by_overlap: dict[str, Figures]
    risk_coverage: tuple[Point, ...] = ()
    reliability: tuple[Bin, ...] = ()

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
    """Latency and, where it is known, the size of the index."""
    parts = [f"{name} {value:.1f} ms" for name, value in latency.percentiles.items()]
    size = "" if index_bytes is None else f"; corpus on disk {index_bytes / 1e6:.1f} MB"
    return f"latency {', '.join(parts)}{size}"


def table(figures: Figures) -> list[str]:
    """The figures with their intervals, a line each below a heading."""
    rows = [
        f"{name:<20} {found.value:>6.3f}   {found.low:.3f} – {found.high:.3f} {found.questions:>6}"
        for name, found in figures.items()
    ]
    return [f"{'measure':<20} {'value':>6}   {'95 % interval':<13} {'n':>6}", *rows]


def _groups(title: str, groups: dict[str, Figures]) -> list[str]:
    if not groups:
        return []
    names = [name for name in COLUMNS if name in next(iter(groups.values()))]
    heading = f"{title:<14} {'n':>5}" + "".join(f"{name:>14}" for name in names)
    return ["", heading, *(_row(group, figures, names) for group, figures in groups.items())]


def _row(group: str, figures: Figures, names: Sequence[str]) -> str:
    cells = "".join(f"{figures[name].value:>14.3f}" for name in names)
    return f"{group:<14} {figures[names[0]].questions:>5}{cells}"


def measure(
    gold: Sequence[GoldQuestion], run: Run, gold_name: str, system: str, index_bytes: int | None = None
) -> Report:
    """The report of a run on a gold set; responses to other questions are passed over.

    Raises InputError when the run answers none of the questions.
    """
    responses = answering(gold, run, gold_name, system)
    taken = measurements(gold, responses)
    return Report(
        gold=gold_name,
        system=system,
        answerable=sum(question.is_answerable for question in gold),
        unanswerable=sum(not question.is_answerable for question in gold),
        missing=tuple(question.id for question in gold if question.id not in responses),
        latency=latency(responses),
        index_bytes=index_bytes,
        overall=figures(taken),
        by_kind=_grouped(gold, responses, lambda question: question.kind),
        by_overlap=_grouped(gold, responses, lambda question: question.overlap),
        risk_coverage=curve(*taken["AURC"].groups) if "AURC" in taken else (),
        reliability=reliability(*taken["ECE"].groups) if "ECE" in taken else (),
    )


def answering(gold: Sequence[GoldQuestion], run: Run, gold_name: str, system: str) -> Responses:
    """The run's responses to questions of the gold set, by id. Raises InputError when there is none."""
    asked = {question.id for question in gold}
    responses = {name: response for name, response in run.by_id().items() if name in asked}
    if not responses:
        raise InputError(system, f"answers no question of {gold_name}", "give the gold set that it was run on")
    return responses


def latency(responses: Responses) -> Latency:
    """Percentiles of the responses' milliseconds."""
    found = figures(latency_measurements([response.ms for response in responses.values()]))
    names = {name.removeprefix("latency_"): one for name, one in found.items()}
    bounds = {name: (one.low, one.high) for name, one in names.items()}
    return Latency.model_validate({name: one.value for name, one in names.items()} | {"bounds": bounds})


def latency_measurements(milliseconds: Sequence[float]) -> Measurements:
    """The percentiles 50, 95 and 99 (linear between the two nearest) of milliseconds a question."""
    values = (np.array(milliseconds, dtype=float),)
    return {f"latency_p{percent}": Measurement(partial(_percentile, percent), values) for percent in (50, 95, 99)}


def _percentile(percent: int, values: Array) -> Array:
    return np.asarray(np.percentile(values, percent, axis=-1))


def _grouped(
    gold: Sequence[GoldQuestion], responses: Responses, group: Callable[[GoldQuestion], str | None]
) -> dict[str, Figures]:
    answerable = [question for question in gold if question.is_answerable]
    names = sorted({name for question in answerable if (name := group(question))})
    return {name: answerable_figures([q for q in answerable if group(q) == name], responses) for name in names}
