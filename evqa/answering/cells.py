"""Name the cells of a table row by their columns."""

from collections.abc import Sequence

from evqa.derived import derived
from evqa.model import Cell, Outline, Passage, Table


def cells_of(passage: Passage, outlines: Sequence[Outline]) -> tuple[Cell, ...]:
    """The cells of a table row that aren't empty, each under its column's head; () for anything else."""
    if passage.kind != "table_row":
        return ()
    for table in _tables(outlines).get(passage.document.id, ()):
        for row in table.rows:
            if (row.start, row.end) == (passage.start, passage.end):
                return _named(table.columns, row.cells)
    return ()


@derived
def _tables(outlines: Sequence[Outline]) -> dict[str, tuple[Table, ...]]:
    """The tables of each document."""
    return {outline.document.id: outline.tables for outline in outlines}


def _named(columns: Sequence[str], cells: Sequence[str]) -> tuple[Cell, ...]:
    heads = (*columns, *[""] * (len(cells) - len(columns)))
    return tuple(Cell(column=head, text=cell) for head, cell in zip(heads, cells, strict=False) if cell)
