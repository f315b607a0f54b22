"""Reports: the figures of a run on a gold set, overall, by kind of question and by overlap."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from eval.bootstrap import Figure
from eval.gold import GoldQuestion
from eval.run import Run
from eval.scoring import Responses, answerable_figures, refusal_figures
from evqa.errors import InputError
from evqa.model import Record

COLUMNS = ("hit@1", "hit@5", "in1500c", "MRR", "nDCG@10", "reference_F1")
Figures = dict[str, Figure]


class Latency(Record):
    """Milliseconds a question, over the responses of the run: median and 99th percentile."""

    p50: float
    p99: float


class Report(Record):
    """What a run scores. `missing` are the questions without a response, which score the worst possible.

    `overall` holds every measure, by its name; `by_kind` and `by_overlap` those of answerable questions. A
    measure of something that the system doesn't give is left out.
    """

    gold: str
    system: str
    answerable: int
    unanswerable: int
    missing: tuple[str, ...] = ()
    latency: Latency
    overall: Figures
    by_kind: dict[str, Figures]
    by_overlap: dict[str, Figures]

    def lines(self) -> list[str]:
        """The report for a terminal: aligned columns, no colour."""
        groups = _groups("kind", self.by_kind) + _groups("overlap", self.by_overlap)
        return [*self._heading(), "", *_table(self.overall), *groups]

    def _heading(self) -> Iterator[str]:
        yield f"{self.system} on {self.gold}: {self.answerable} answerable, {self.unanswerable} unanswerable questions"
        yield f"latency p50 {self.latency.p50:.1f} ms, p99 {self.latency.p99:.1f} ms"
        if self.missing:
            yield f"{len(self.missing)} without response, scored as wrong: {', '.join(self.missing[:5])}"


def _table(figures: Figures) -> list[str]:
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


def measure(gold: Sequence[GoldQuestion], run: Run, gold_name: str, system: str) -> Report:
    """The report of a run on a gold set; responses to other questions are passed over.

    Raises InputError when the run answers none of the questions.
    """
    asked = {question.id for question in gold}
    responses = {name: response for name, response in run.by_id().items() if name in asked}
    if not responses:
        raise InputError(f"{system} answers no question of {gold_name}: give the gold set that it was run on")
    return Report(
        gold=gold_name,
        system=system,
        answerable=sum(question.is_answerable for question in gold),
        unanswerable=sum(not question.is_answerable for question in gold),
        missing=tuple(question.id for question in gold if question.id not in responses),
        latency=_latency(responses),
        overall=answerable_figures(gold, responses) | refusal_figures(gold, responses),
        by_kind=_grouped(gold, responses, lambda question: question.kind),
        by_overlap=_grouped(gold, responses, lambda question: question.overlap),
    )


def _latency(responses: Responses) -> Latency:
    p50, p99 = np.percentile([response.ms for response in responses.values()], (50, 99))
    return Latency(p50=float(p50), p99=float(p99))


def _grouped(
    gold: Sequence[GoldQuestion], responses: Responses, group: Callable[[GoldQuestion], str | None]
) -> dict[str, Figures]:
    answerable = [question for question in gold if question.is_answerable]
    names = sorted({name for question in answerable if (name := group(question))})
    return {name: answerable_figures([q for q in answerable if group(q) == name], responses) for name in names}
