"""Remove the numbers that a manuscript prints beside its lines.

They count by one or five down a column at the page's edge, beside most of the lines, on most of the pages. Labels of
entries count too, but not beside every line.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.pdf.file.extract import Page, Run

_NUMBER = re.compile(r"\s*\d{1,4}\s*")
_NEAR = 3.0
_FEWEST, _STEPS = 8, (1, 5)
_RISING, _BESIDE, _PAGES = 0.8, 0.6, 0.5


def without_line_numbers(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without numbers of lines."""
    counted = [edge for page in pages if (edge := _edge(page)) is not None]
    long = [page for page in pages if len(page.runs) >= _FEWEST]
    if not counted or len(counted) < _PAGES * len(long):
        return list(pages)
    edges = {edge for edge in counted if sum(abs(edge - other) < _NEAR for other in counted) * 2 >= len(counted)}
    return [_without(page, edges) for page in pages]


def _edge(page: Page) -> float | None:
    """Return the right edge of a column of numbers that count the lines to their right; None without one."""
    columns: dict[int, list[Run]] = defaultdict(list)
    for run in page.runs:
        if _NUMBER.fullmatch(run.text):
            columns[round(run.x1 / _NEAR)].append(run)
    for at in sorted(columns):
        numbers = sorted([*columns[at], *columns.get(at + 1, ())], key=lambda run: -run.baseline)
        if len(numbers) >= _FEWEST and _counts(numbers, page):
            edge: float = max(run.x1 for run in numbers)
            return edge
    return None


def _counts(numbers: Sequence[Run], page: Page) -> bool:
    values = [int(run.text) for run in numbers]
    step, rising = max(((s, sum(b - a == s for a, b in pairwise(values))) for s in _STEPS), key=lambda one: one[1])
    if rising < _RISING * (len(values) - 1):
        return False
    edge = max(run.x1 for run in numbers)
    others = [run for run in page.runs if not _NUMBER.fullmatch(run.text)]
    size = median(run.size for run in others) if others else 0.0
    top, bottom = numbers[0].baseline + _NEAR, numbers[-1].baseline - _NEAR
    inside = [run for run in others if bottom <= run.baseline <= top and run.size > 0.8 * size]
    lines = {round(run.baseline / _NEAR) for run in inside}
    return all(run.x0 >= edge for run in inside) and len(numbers) * step >= _BESIDE * len(lines) > 0


def _without(page: Page, edges: set[float]) -> Page:
    def is_count(run: Run) -> bool:
        return bool(_NUMBER.fullmatch(run.text)) and any(abs(run.x1 - edge) < _NEAR for edge in edges)

    return replace(page, runs=tuple(run for run in page.runs if not is_count(run)))
