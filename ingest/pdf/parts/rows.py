"""Put the cells of a table together to rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.markup.styled import Styled, styled
from ingest.pdf.lines.line import apart
from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.cells import Cell, cell_of
from ingest.pdf.parts.taggedrows import tagged_rows
from ingest.structure.piece import Rows

_FULL = 0.15
_WIDE = 1.25


def cells_of(paragraph: Paragraph) -> list[Cell]:
    """Return a paragraph as one cell, or as several if wide gaps divide its first line."""
    parts = [apart(line) for line in paragraph.lines]
    return [cell_of([part]) for line in parts for part in line] if len(parts[0]) > 1 else [cell_of(paragraph.lines)]


def table_rows(paragraphs: Sequence[Paragraph]) -> Rows:
    """Return the rows of a table, with a cell for each column; () if there is only one column."""
    told = tagged_rows([line for p in paragraphs for line in p.lines])
    rows = told or list(_rows([cell for p in paragraphs for cell in cells_of(p)]))
    if not told and (len(rows) < 2 or max(map(len, rows)) > 2 * max(1, len(_columns(rows)))):
        rows = _merged(list(_rows([cell_of([part]) for p in paragraphs for line in p.lines for part in apart(line)])))
    columns = _columns(rows)
    if len(columns) < 2:
        return ()
    return tuple(tuple(_texts(row, columns)) for row in rows)


def _rows(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Yield the cells whose heights overlap, from the top down."""
    row: list[Cell] = []
    bottom = 0.0
    for cell in sorted(cells, key=lambda cell: -cell.top):
        if row and cell.top <= bottom + 0.3 * cell.lines[0].size:
            yield sorted(row, key=lambda held: held.x0)
            row = []
        bottom = min(bottom, cell.bottom) if row else cell.bottom
        row.append(cell)
    if row:
        yield sorted(row, key=lambda held: held.x0)


def _merged(rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """Join printed lines to rows. A row begins below a wide gap, or without any at a cell of the first column."""
    columns = _columns(rows)
    if len(rows) < 2 or not columns:
        return list(rows)
    drops = [a[0].top - b[0].top for a, b in pairwise(rows)]
    pitch = sorted(drops)[len(drops) // 4]
    wide = [drop > _WIDE * pitch for drop in drops]
    is_spaced = sum(wide) >= max(2, len(rows) // 8)
    merged: list[list[Cell]] = []
    for row, is_wide in zip(rows, [True, *wide], strict=True):
        is_new = is_wide if is_spaced else any(_column(cell, columns) == 0 for cell in row)
        if is_new or not merged:
            merged.append(list(row))
        else:
            merged[-1] += row
    return merged


def _columns(rows: Sequence[Sequence[Cell]]) -> list[tuple[float, float]]:
    """Return where columns begin and end: stretches that the cells of the fullest rows cover."""
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


def _texts(row: Sequence[Cell], columns: Sequence[tuple[float, float]]) -> Iterator[Styled]:
    places = [_column(cell, columns) for cell in row]
    for column in range(len(columns)):
        held = [cell for cell, place in zip(row, places, strict=True) if place == column]
        yield styled((line.printed for cell in sorted(held, key=lambda cell: -cell.top) for line in cell.lines), " ")


def _column(cell: Cell, columns: Sequence[tuple[float, float]]) -> int:
    shared = [min(cell.x1, x1) - max(cell.x0, x0) for x0, x1 in columns]
    return shared.index(max(shared))
