"""Read JATS tables: head rows merged, spanning cells resolved, markers kept."""

import re
from dataclasses import dataclass, replace

from ingest.jats.line import TextWriter
from ingest.jats.xml import Element
from ingest.markers.marking import Entries, marked
from ingest.structure.draft import DraftBlock, Grid, LinkedMarker

_WIDEST = 200
_TALLEST = 2000
_MOST_CELLS = 1_000_000
_VALUE = re.compile(r"[\d\W]*\d[\d\W]*")


@dataclass(frozen=True)
class _TableCell:
    """A cell of the grid. `is_first`: the cell begins here; `is_left`: this is its first column."""

    text: str = ""
    marks: tuple[LinkedMarker, ...] = ()
    is_first: bool = True
    is_left: bool = True


_EMPTY = _TableCell()
_Row = list[_TableCell]


def table_block(table: Element, label: str, entries: Entries) -> DraftBlock | None:
    """Read a `table` element as a block; None if it is empty.

    A cell that spans rows is printed in the first and counts in all. A cell that spans columns is printed once but
    heads all of them.
    """
    head_rows, body_rows = _parts(table)
    grid = _grid([*head_rows, *body_rows], entries)
    count = len(head_rows) or _plain_heads(body_rows)
    head = _merged(grid[:count])
    body = [row for row in grid[count:] if any(cell.text and cell.is_first for cell in row)]
    if not any(cell.text for row in (head, *body) for cell in row):
        return None
    width = max(len(row) for row in (head, *body))
    head = head + [_EMPTY] * (width - len(head))
    text, marks = _printed([head, *body])
    rows: Grid = tuple(tuple(c.text if c.is_first else "" for c in row) for row in (head, *body))
    return DraftBlock("table", text, label=label, rows=rows, marks=marks, spanned=_spanned(body))


def _parts(table: Element) -> tuple[list[Element], list[Element]]:
    """Return head rows and other rows. Rows of a table within a cell belong to the cell."""
    own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    head = [row for row in own if next(row.iterancestors("thead", "tbody", "tfoot", "table")).tag == "thead"]
    within = set(head)
    return head, [row for row in own if row not in within]


def _plain_heads(rows: list[Element]) -> int:
    """Count the head rows of a table without a tagged head: rows of head cells, else a first row of words only."""
    count = 0
    while count < len(rows) - 1 and len(rows[count]) and all(cell.tag == "th" for cell in rows[count]):
        count += 1
    if count or len(rows) < 2:
        return count
    first = ["".join(map(str, cell.itertext())).strip() for cell in rows[0]]
    is_head = all(len(words) <= 80 and not _VALUE.fullmatch(words) for words in first)
    return 1 if is_head and rows[0].find(".//xref") is None else 0


def _grid(rows: list[Element], entries: Entries) -> list[_Row]:
    """Return the cells by row, spans filled, all rows equally wide."""
    widest = max(2, min(_WIDEST, _MOST_CELLS // max(1, len(rows))))
    hanging: dict[int, tuple[int, _TableCell]] = {}
    grid = [_fitted(_row(row, hanging, widest, entries), widest) for row in rows]
    width = max(map(len, grid), default=0)
    return [row + [_EMPTY] * (width - len(row)) for row in grid]


def _row(row: Element, hanging: dict[int, tuple[int, _TableCell]], widest: int, entries: Entries) -> _Row:
    cells: _Row = []
    for element in row:
        if element.tag in ("td", "th"):
            _hang(cells, hanging)
            _add(cells, hanging, element, widest, _cell(element, entries))
    _hang(cells, hanging)
    return cells


def _add(
    cells: _Row, hanging: dict[int, tuple[int, _TableCell]], element: Element, widest: int, cell: _TableCell
) -> None:
    """Add a cell for each column that it spans; its parts in later rows wait in `hanging`."""
    down = _span(element, "rowspan", _TALLEST)
    for step in range(max(1, min(_span(element, "colspan", _WIDEST), widest - len(cells)))):
        own = cell if step == 0 else replace(cell, marks=(), is_first=False, is_left=False)
        if down > 1 and len(cells) < widest:
            hanging[len(cells)] = (down - 1, replace(own, marks=(), is_first=False))
        cells.append(own)


def _fitted(cells: _Row, widest: int) -> _Row:
    """Join the cells beyond the widest row that a table may have into the last one."""
    if len(cells) <= widest:
        return cells
    rest = [cell for cell in cells[widest - 1 :] if cell.text and cell.is_first]
    marks: list[LinkedMarker] = []
    at = 0
    for cell in rest:
        marks += [replace(m, start=m.start + at, end=m.end + at) for m in cell.marks]
        at += len(cell.text) + 1
    return [*cells[: widest - 1], _TableCell(" ".join(cell.text for cell in rest), tuple(marks))]


def _hang(cells: _Row, hanging: dict[int, tuple[int, _TableCell]]) -> None:
    """Add the cells that reach down from the rows above."""
    while (at := len(cells)) in hanging:
        left, cell = hanging.pop(at)
        if left > 1:
            hanging[at] = (left - 1, cell)
        cells.append(cell)


def _span(element: Element, name: str, most: int) -> int:
    printed = element.get(name, "").strip()
    return min(max(int(printed), 1), most) if printed.isdecimal() and len(printed) < 6 else 1


def _cell(element: Element, entries: Entries) -> _TableCell:
    writer = TextWriter()
    writer.add(element)
    for inner in writer.floats:
        writer.part()
        writer.add(inner)
    text, marks = marked(writer.line(), entries)
    return _TableCell(text, marks)


def _merged(rows: list[_Row]) -> _Row:
    """Merge head rows: each column gets the words above it from the top down, a spanning cell once."""
    merged: _Row = []
    for column in zip(*rows, strict=True):
        text, marks, seen = "", [], ""
        for cell in column:
            if not cell.text or (cell.text == seen and not cell.is_first):
                continue
            shift = len(text) + 1 if text else 0
            marks += [replace(m, start=m.start + shift, end=m.end + shift) for m in cell.marks]
            text = f"{text} {cell.text}" if text else cell.text
            seen = cell.text
        merged.append(_TableCell(text, tuple(marks)))
    return merged


def _printed(rows: list[_Row]) -> tuple[str, tuple[LinkedMarker, ...]]:
    """Return the rows as lines of cells separated by tabs, and their markers."""
    parts: list[str] = []
    marks: list[LinkedMarker] = []
    at = 0
    for row in rows:
        start = at
        cells = [cell.text if cell.is_first else "" for cell in row]
        for cell, printed in zip(row, cells, strict=True):
            marks += [replace(m, start=m.start + at, end=m.end + at) for m in cell.marks]
            at += len(printed) + 1
        line = "\t".join(cells).rstrip()
        parts.append(line)
        at = start + len(line) + 1
    return "\n".join(parts), tuple(marks)


def _spanned(body: list[_Row]) -> Grid:
    """Return the body's cells, repeated down the rows that they span but not across columns."""
    return tuple(tuple(cell.text if cell.is_left else "" for cell in row) for row in body)
