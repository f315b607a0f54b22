"""Tables: lines side by side put together to rows of cells."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.layout import Grid
from ingest.pdf.lines import Line

_LABEL = re.compile(
    r"(?:\*\*)?table\s+(?:S?\d{1,2}|[IVX]{1,5})\b(?!\s+(?:shows|lists|summari|presents|provides|and|gives))",
    re.IGNORECASE,
)


def is_table_label(text: str) -> bool:
    """Whether a paragraph is the caption of a table."""
    return bool(_LABEL.match(text))


def table_rows(printed: Sequence[Line]) -> tuple[Grid, list[list[str]]]:
    """The rows of a table and the paragraphs around it that aren't rows."""
    rows = _rows(printed)
    columns = _columns(rows)
    if len(columns) < 2:
        return (), [[line.text for line in row] for row in rows]
    grid: list[list[str]] = []
    bottom = 0.0
    pitch = min((a[0].baseline - b[0].baseline for a, b in pairwise(rows)), default=0.0)
    for row in rows:
        cells = [" ".join(line.text for line in row if _column(line, columns) == i) for i in range(len(columns))]
        is_rest = grid and not cells[0] and bottom - row[0].baseline < 1.5 * pitch
        if is_rest:
            grid[-1] = [f"{a} {b}".strip() for a, b in zip(grid[-1], cells, strict=True)]
        else:
            grid.append(cells)
        bottom = row[0].baseline
    return tuple(tuple(row) for row in grid), []


def _rows(printed: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(printed, key=lambda line: -line.baseline):
        if rows and abs(rows[-1][0].baseline - line.baseline) < 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _columns(rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Where columns begin and end: stretches covered by cells of rows that have more than one."""
    cells = sorted((line.x0, line.x1) for row in rows if len(row) > 1 for line in row)
    columns: list[tuple[float, float]] = []
    for x0, x1 in cells:
        if columns and x0 < columns[-1][1] - 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _column(line: Line, columns: Sequence[tuple[float, float]]) -> int:
    overlaps = [min(line.x1, x1) - max(line.x0, x0) for x0, x1 in columns]
    return overlaps.index(max(overlaps))
