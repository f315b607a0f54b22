"""What a stage is worth: how far a measure falls when it is turned off, of each set and as the mean over them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

import numpy as np

from eval.measures.bootstrap import Figure
from eval.measures.measurement import Measurement, Measurements
from eval.measures.measures import Array
from eval.measures.pairing import Difference
from eval.measures.scoring import CONFIDENCE, Responses
from eval.runs.run import Response
from evqa.model import Record

IDLE = "changes nothing here"
GAP = "  "
# So many passages are shown without being asked for.
SHOWN = 5
Worths = Mapping[str, Mapping[str, Difference]]


class Worth(Record):
    """A stage's worth: every `difference` is that measure with all stages on less that without this one.

    `changed`: of each set, on how many questions the first passages, references, statements or the decision differ.
    `is_idle`: no answer differs, not even in its confidence or in later passages.
    """

    stage: str
    does: str
    is_idle: bool
    changed: dict[str, int]
    overall: dict[str, Difference]
    by_set: dict[str, dict[str, Difference]]


class Ablation(Record):
    """All stages on, then without each. `questions` by set; `overall` is the plain mean over the sets."""

    questions: dict[str, int]
    overall: dict[str, Figure]
    by_set: dict[str, dict[str, Figure]]
    stages: tuple[Worth, ...]

    def lines(self, each: bool = False) -> list[str]:
        """The tables of the mean for a terminal, and with `each` those of every set."""
        named = [f"{name} ({count})" for name, count in self.questions.items()]
        mean = {one.stage: one.overall for one in self.stages}
        total = {one.stage: sum(one.changed.values()) for one in self.stages}
        shown = self._tables(", ".join(named), self.overall, mean, total)
        for name, title in zip(self.questions, named, strict=True) if each else ():
            own = {one.stage: one.by_set[name] for one in self.stages}
            shown += self._tables(title, self.by_set[name], own, {one.stage: one.changed[name] for one in self.stages})
        return [*_HEADING, *shown]

    def _tables(
        self, title: str, figures: Mapping[str, Figure], worths: Worths, changed: Mapping[str, int]
    ) -> list[str]:
        """One of the measures of answers, one of those of confidence."""
        parted = [[name for name in figures if (name in CONFIDENCE) == confidence] for confidence in (False, True)]
        return [
            line for names in parted if names for line in ["", title, *self._table(names, figures, worths, changed)]
        ]

    def _table(
        self, names: Sequence[str], figures: Mapping[str, Figure], worths: Worths, changed: Mapping[str, int]
    ) -> Iterator[str]:
        rows = [["stage", *names, "changed", ""], ["all on", *(_figure(figures[name]) for name in names), "", ""]]
        for one in self.stages:
            found = [worths[one.stage][name] for name in names]
            verdict = IDLE if one.is_idle else verdict_of(found)
            rows.append([one.stage, *map(_cell, found), str(changed[one.stage]), verdict])
        return _aligned(rows)


_HEADING = (
    "What each stage is worth, in hundredths: all stages on, less all but this one, with 95 % intervals.",
    "changed: questions on which the first five passages, references, statements or the decision differ.",
    "gains, costs: an interval in this line lies above 0, below 0.",
)


def verdict_of(found: Sequence[Difference]) -> str:
    """Whether any interval lies above 0 ("gains") or below it ("costs")."""
    words = {"gains": any(each.low > 0 for each in found), "costs": any(each.high < 0 for each in found)}
    return ", ".join(word for word, holds in words.items() if holds)


def _figure(one: Figure) -> str:
    return f"{100 * one.value:.1f} [{100 * one.low:.1f}, {100 * one.high:.1f}]"


def _cell(one: Difference) -> str:
    if one.difference == one.low == one.high == 0:
        return "·"
    return f"{100 * one.difference:+.1f} [{100 * one.low:.1f}, {100 * one.high:.1f}]"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first and last column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *cells, last in rows:
        padded = (cell.rjust(width) for cell, width in zip(cells, widths[1:-1], strict=True))
        yield GAP.join([first.ljust(widths[0]), *padded, last]).rstrip()


def mean_of(measurements: Sequence[Measurement]) -> Measurement:
    """The plain mean of a measure over several sets, whose questions are resampled each within its own set."""
    groups = tuple(group for each in measurements for group in each.groups)
    bounds = [0, *accumulate(len(each.groups) for each in measurements)]

    def mean(*given: Array) -> Array:
        parts = [
            each.measure(*given[first:last]) for each, (first, last) in zip(measurements, pairwise(bounds), strict=True)
        ]
        return np.asarray(np.mean(parts, axis=0))

    return Measurement(mean, groups)


def means(sets: Sequence[Measurements]) -> Measurements:
    """Of every measure that the first set has, the mean over all sets that have it."""
    return {name: mean_of([one[name] for one in sets if name in one]) for name in (sets[0] if sets else {})}


def worths(without: Measurements, everything: Measurements) -> dict[str, Difference]:
    """Of every measure, how far it lies above what it is without a stage."""
    return {name: one.against(everything[name]) for name, one in without.items() if name in everything}


def changed(without: Responses, everything: Responses) -> int:
    """On how many questions the first five passages, references, statements or the decision differ."""
    return sum(_shown(without.get(name)) != _shown(everything.get(name)) for name in everything.keys() | without.keys())


def _shown(response: Response | None) -> object:
    return response and (response.texts[:SHOWN], response.references, response.claims, response.status)


def is_same(without: Responses, everything: Responses) -> bool:
    """Whether all answers are the same in everything but the time that they took and the scores of passages."""
    return _whole(without) == _whole(everything)


def _whole(responses: Responses) -> object:
    return {name: (_shown(one), one.texts, one.confidence) for name, one in responses.items()}
