"""Justified lines of few words: a wide gap isn't always one between cells."""

from collections.abc import Sequence
from functools import reduce
from itertools import groupby

from ingest.pdf.lines.line import Line, joined


def justified(found: Sequence[Line]) -> list[Line]:
    """Lines whose few words were driven far apart to fill the column, made whole; cells of a table stay apart."""
    result: list[Line] = []
    groups = [list(group) for _, group in groupby(found, key=_Level())]
    for i, group in enumerate(groups):
        near = [other for at in (i - 1, i + 1) if 0 <= at < len(groups) for other in groups[at]]
        if len(group) > 1 and all(len(line.bare.split()) == 1 for line in group) and _is_column(group, near):
            result.append(reduce(joined, group))
        else:
            result += group
    return result


class _Level:
    """Numbers lines by baseline: a line to the right of the last on its baseline has the same number."""

    def __init__(self) -> None:
        self._last: Line | None = None
        self._number = 0

    def __call__(self, line: Line) -> int:
        last = self._last
        is_level = last and abs(last.baseline - line.baseline) < 0.1 * line.size and line.x0 > last.x1
        self._number += not is_level
        self._last = line
        return self._number


def _is_column(group: Sequence[Line], near: Sequence[Line]) -> bool:
    """Whether the line above or below is one that reaches from the first word to the last."""
    first, last = group[0], group[-1]
    return any(
        abs(other.size - first.size) < 0.05 * first.size
        and abs(other.baseline - first.baseline) < 2.2 * first.size
        and other.x0 <= first.x0 + first.size
        and other.x1 >= last.x1 - first.size
        for other in near
    )
