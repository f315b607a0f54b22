"""Read tables: columns, rows with repeated cells filled in, offsets."""

import re
from collections.abc import Iterator, Sequence

from evqa.model import TableRow
from ingest.structure.draft import Grid

_REFERENCE_COLUMN = re.compile(
    r"(?:key |selected )?(?:references?|refs?\.?|citations?|sources?|stud(?:y|ies)|literature"
    r"|authors?)\W*(?:\(?no\.?\)?|numbers?)?\W*",
    re.IGNORECASE,
)
_PURE_REFERENCE_COLUMN = re.compile(
    r"(?:key |selected )?(?:references?|refs?\.?|citations?)\W*(?:\(?no\.?\)?|numbers?)?\W*", re.IGNORECASE
)


def may_cite(column: str) -> bool:
    """Tell whether a column's cells may be bare reference numbers or author–year markers."""
    return bool(_REFERENCE_COLUMN.fullmatch(column))


def is_reference_column(column: str) -> bool:
    """Tell whether a column only cites."""
    return bool(_PURE_REFERENCE_COLUMN.fullmatch(column))


def body_rows(rows: Grid, text: str, offset: int, spanned: Grid = ()) -> tuple[TableRow, ...]:
    """Return the rows below the head with their offsets. `text`: the table's, `offset`: where it begins.

    `spanned`: the rows with spanning cells repeated, if the file knows them.

    An empty first cell repeats the one above, and so do the empty cells after it, up to the first that isn't empty.
    """
    result: list[TableRow] = []
    above: tuple[str, ...] = ()
    at = offset + len(text.split("\n", 1)[0]) + 1
    for cells, line in zip(spanned or rows[1:], text.split("\n")[1:], strict=True):
        filled = _filled(cells, above)
        lead = len(line) - len(line.lstrip("\t"))
        result.append(TableRow(cells=filled, start=at + lead, end=at + len(line)))
        above, at = filled, at + len(line) + 1
    return tuple(result)


def _filled(cells: tuple[str, ...], above: Sequence[str]) -> tuple[str, ...]:
    if not above or cells[0]:
        return cells
    first = next((i for i, cell in enumerate(cells) if cell), len(cells))
    return (*above[:first], *cells[first:])


def cell_spans(row: TableRow, text: str, columns: int) -> Iterator[tuple[int, int, int]]:
    """Yield column, start and end of each printed cell of a row; `text` is the document's."""
    line = text[row.start : row.end]
    printed = line.split("\t")
    line_start = text.rfind("\n", 0, row.start) + 1
    column = row.start - line_start
    at = row.start
    for cell in printed:
        yield min(column, columns - 1), at, at + len(cell)
        at += len(cell) + 1
        column += 1
