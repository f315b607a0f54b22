"""The worth of a stage: how far a measure falls when the stage is turned off, by set and as the mean over the sets."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

import numpy as np

from eval.measures.measurement import Difference, Estimate, Measurement, Measurements
from eval.measures.measures import Array
from eval.measures.scoring import CONFIDENCE, Responses
from eval.runs.run import Response
from evqa.model import Record

IDLE = "changes nothing here"
GAP = "  "
# The number of passages that an answer shows by default.
SHOWN = 5
Worths = Mapping[str, Mapping[str, Difference]]


class Worth(Record):
    """The worth of a stage: every `difference` is the measure with all stages minus the measure without this one.

    `changed` counts for each set the questions whose first passages, references, statements or decision differ.
    `is_idle` says that no answer differs at all, not even in its confidence or in later passages.
    """

    stage: str
    is_idle: bool
    changed: dict[str, int]
    overall: dict[str, Difference]
    by_set: dict[str, dict[str, Difference]]


class Ablation(Record):
    """The measures with all stages, and the worth of each stage.

    `questions` counts them by set. `overall` is the plain mean over the sets.
    """

    questions: dict[str, int]
    overall: dict[str, Estimate]
    by_set: dict[str, dict[str, Estimate]]
    stages: tuple[Worth, ...]

    def lines(self, each: bool = False) -> list[str]:
        """The tables for a terminal: the mean over the sets and, with `each`, every set."""
        named = [f"{name} ({count})" for name, count in self.questions.items()]
        mean = {worth.stage: worth.overall for worth in self.stages}
        total = {worth.stage: sum(worth.changed.values()) for worth in self.stages}
        tables = self._tables(", ".join(named), self.overall, mean, total)
        for name, title in zip(self.questions, named, strict=True) if each else ():
            of_set = {worth.stage: worth.by_set[name] for worth in self.stages}
            counts = {worth.stage: worth.changed[name] for worth in self.stages}
            tables += self._tables(title, self.by_set[name], of_set, counts)
        return [*_HEADING, *tables]

    def _tables(
        self, title: str, measured: Mapping[str, Estimate], worths: Worths, changed: Mapping[str, int]
    ) -> list[str]:
        """One table for the measures of answers, one for those of confidence."""
        lines = []
        for is_confidence in (False, True):
            names = [name for name in measured if (name in CONFIDENCE) == is_confidence]
            lines += ["", title, *self._table(names, measured, worths, changed)] if names else []
        return lines

    def _table(
        self, names: Sequence[str], measured: Mapping[str, Estimate], worths: Worths, changed: Mapping[str, int]
    ) -> Iterator[str]:
        rows = [["stage", *names, "changed", ""], ["all on", *(_value(measured[name]) for name in names), "", ""]]
        for worth in self.stages:
            differences = [worths[worth.stage][name] for name in names]
            verdict = IDLE if worth.is_idle else verdict_of(differences)
            rows.append([worth.stage, *map(_cell, differences), str(changed[worth.stage]), verdict])
        return _aligned(rows)


_HEADING = (
    "The worth of each stage, in hundredths: all stages minus all but this one, with 95 % intervals.",
    "changed: questions whose first five passages, references, statements or decision differ.",
    "gains: an interval of this line lies above 0; costs: one lies below 0.",
)


def verdict_of(differences: Sequence[Difference]) -> str:
    """ "gains" if any interval lies above 0, "costs" if any lies below 0."""
    words = {"gains": any(gap.low > 0 for gap in differences), "costs": any(gap.high < 0 for gap in differences)}
    return ", ".join(word for word, holds in words.items() if holds)


def _value(estimate: Estimate) -> str:
    return f"{100 * estimate.value:.1f} [{100 * estimate.low:.1f}, {100 * estimate.high:.1f}]"


def _cell(gap: Difference) -> str:
    if gap.difference == gap.low == gap.high == 0:
        return "·"
    return f"{100 * gap.difference:+.1f} [{100 * gap.low:.1f}, {100 * gap.high:.1f}]"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Align the first and last column left, the others right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *cells, last in rows:
        padded = (cell.rjust(width) for cell, width in zip(cells, widths[1:-1], strict=True))
        yield GAP.join([first.ljust(widths[0]), *padded, last]).rstrip()


def mean_of(measurements: Sequence[Measurement]) -> Measurement:
    """The plain mean of a measure over several sets. Questions are resampled within their own set."""
    groups = tuple(group for measurement in measurements for group in measurement.groups)
    bounds = [0, *accumulate(len(measurement.groups) for measurement in measurements)]

    def mean(*resampled: Array) -> Array:
        by_set = [
            measurement.measure(*resampled[first:last])
            for measurement, (first, last) in zip(measurements, pairwise(bounds), strict=True)
        ]
        return np.asarray(np.mean(by_set, axis=0))

    return Measurement(mean, groups)


def means(sets: Sequence[Measurements]) -> Measurements:
    """The mean over all sets of every measure that the first set has; sets without a measure don't count for it."""
    return {name: mean_of([of_set[name] for of_set in sets if name in of_set]) for name in (sets[0] if sets else {})}


def worths(without: Measurements, everything: Measurements) -> dict[str, Difference]:
    """How far every measure lies above its value without a stage."""
    return {name: less.against(everything[name]) for name, less in without.items() if name in everything}


def changed(without: Responses, everything: Responses) -> int:
    """The number of questions whose first five passages, references, statements or decision differ."""
    return sum(_shown(without.get(name)) != _shown(everything.get(name)) for name in everything.keys() | without.keys())


def _shown(response: Response | None) -> object:
    return response and (response.texts[:SHOWN], response.references, response.claims, response.status)


def is_same(without: Responses, everything: Responses) -> bool:
    """Whether all answers are equal, apart from times and the scores of passages."""
    return _whole(without) == _whole(everything)


def _whole(responses: Responses) -> object:
    return {name: (_shown(response), response.texts, response.confidence) for name, response in responses.items()}
