"""Tables: paragraphs that stand side by side, put together to rows of cells."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout import Grid
from ingest.pdf.lines import Line, apart
from ingest.pdf.paragraphs import Paragraph

_LABEL = re.compile(
    r"(?:\*\*)?table\s+(?:S?\d{1,2}|[IVX]{1,5})\b(?!\s+(?:shows|lists|summari|presents|provides|and|gives))",
    re.IGNORECASE,
)
_NEAR = 8
_FEWEST_CELLS = 4
_BETWEEN = 2
_FULL = 0.15
_WIDE = 1.25
_ASCENT, _DESCENT = 0.75, 0.2


@dataclass(frozen=True)
class _Cell:
    """A stretch of lines with its edges in points."""

    lines: tuple[Line, ...]
    x0: float
    x1: float
    top: float
    bottom: float

    def is_level_with(self, other: "_Cell") -> bool:
        """Whether two cells share a good part of their height."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > 0.3 * min(self.top - self.bottom, other.top - other.bottom)

    def is_beside(self, other: "_Cell") -> bool:
        """Whether two cells stand side by side."""
        return (self.x0 >= other.x1 - 1 or other.x0 >= self.x1 - 1) and self.is_level_with(other)


def _cell(lines: Sequence[Line]) -> _Cell:
    return _Cell(
        tuple(lines),
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        lines[0].baseline + _ASCENT * lines[0].size,
        lines[-1].baseline - _DESCENT * lines[-1].size,
    )


def is_table_label(text: str) -> bool:
    """Whether a paragraph is the caption of a table."""
    return bool(_LABEL.match(text))


def regions(found: Sequence[Paragraph], is_text: Sequence[bool]) -> list[tuple[int, int]]:
    """Stretches of paragraphs, as index ranges, in which most stand side by side on one page.

    `is_text`: for each paragraph whether it is running text, which no table holds.
    """
    beside = sorted(_side_by_side(found, is_text))
    spans: list[list[int]] = []
    for i in beside:
        is_near = spans and i - spans[-1][-1] <= _BETWEEN + 1 and found[i].page == found[spans[-1][-1]].page
        if is_near and not any(is_text[spans[-1][-1] : i]):
            spans[-1].append(i)
        else:
            spans.append([i])
    return [(span[0], span[-1] + 1) for span in spans if len(span) >= _FEWEST_CELLS]


def _side_by_side(found: Sequence[Paragraph], is_text: Sequence[bool]) -> set[int]:
    cells = [None if text else _cell(p.lines) for p, text in zip(found, is_text, strict=True)]
    held: set[int] = set()
    for i, cell in enumerate(cells):
        for j in range(i + 1, min(i + _NEAR, len(cells))):
            other = cells[j]
            if cell and other and found[i].page == found[j].page and cell.is_beside(other):
                held |= {i, j}
    return held


def table_rows(found: Sequence[Paragraph]) -> Grid:
    """The rows of a table, each with a cell for every column; () if there is one column only."""
    rows = list(_rows([cell for p in found for cell in _cells(p)]))
    if len(rows) < 2 or max(map(len, rows)) > 2 * max(1, len(_columns(rows))):
        rows = _merged(list(_rows([_cell([part]) for p in found for line in p.lines for part in apart(line)])))
    columns = _columns(rows)
    if len(columns) < 2:
        return ()
    return tuple(tuple(_texts(row, columns)) for row in rows)


def _cells(paragraph: Paragraph) -> list[_Cell]:
    """A paragraph as one cell, or as several where all its lines are parted by wide gaps."""
    parts = [apart(line) for line in paragraph.lines]
    return [_cell([part]) for line in parts for part in line] if len(parts[0]) > 1 else [_cell(paragraph.lines)]


def _rows(cells: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    """Cells whose heights overlap, from the top down."""
    row: list[_Cell] = []
    bottom = 0.0
    for cell in sorted(cells, key=lambda cell: -cell.top):
        if row and cell.top <= bottom + 0.3 * cell.lines[0].size:
            yield sorted(row, key=lambda held: held.x0)
            row = []
        bottom = min(bottom, cell.bottom) if row else cell.bottom
        row.append(cell)
    if row:
        yield sorted(row, key=lambda held: held.x0)


def _merged(rows: Sequence[list[_Cell]]) -> list[list[_Cell]]:
    """Printed lines as rows: where some stand further apart than others, those begin rows; else the first column."""
    drops = [a[0].top - b[0].top for a, b in pairwise(rows)]
    if not drops:
        return list(rows)
    pitch = sorted(drops)[len(drops) // 4]
    wide = [drop > _WIDE * pitch for drop in drops]
    columns = _columns(rows)
    is_spaced = sum(wide) >= max(2, len(rows) // 8)
    merged: list[list[_Cell]] = [list(rows[0])]
    for row, is_wide in zip(rows[1:], wide, strict=True):
        is_new = is_wide if is_spaced else any(_column(cell, columns) == 0 for cell in row) or not columns
        if is_new or not columns:
            merged.append(list(row))
        else:
            merged[-1] += row
    return merged


def _columns(rows: Sequence[Sequence[_Cell]]) -> list[tuple[float, float]]:
    """Where columns begin and end: stretches covered by the cells of the rows that have most."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    enough = max(2, _FULL * len(rows))
    most = max((count for count, times in counts.items() if times >= enough), default=max(counts, default=0))
    columns: list[tuple[float, float]] = []
    for cell in sorted((c for row in rows if len(row) >= max(most, 2) for c in row), key=lambda c: c.x0):
        if columns and cell.x0 < columns[-1][1] - 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], cell.x1))
        else:
            columns.append((cell.x0, cell.x1))
    return columns


def _texts(row: Sequence[_Cell], columns: Sequence[tuple[float, float]]) -> Iterator[str]:
    places = [_column(cell, columns) for cell in row]
    for column in range(len(columns)):
        held = [cell for cell, place in zip(row, places, strict=True) if place == column]
        yield " ".join(line.text for cell in sorted(held, key=lambda cell: -cell.top) for line in cell.lines)


def _column(cell: _Cell, columns: Sequence[tuple[float, float]]) -> int:
    shared = [min(cell.x1, x1) - max(cell.x0, x0) for x0, x1 in columns]
    return shared.index(max(shared))
