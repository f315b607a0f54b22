"""Cells of table rows under their columns."""

from evqa.answering.cells import cells_of
from tests.evqa.invented import BREAD_OUTLINE, BREAD_PASSAGES


def test_a_row_names_its_columns() -> None:
    """Every cell of a row stands under the head of its column; what is no row has no cells."""
    rows = {each.start: each for table in BREAD_OUTLINE.tables for each in table.rows}
    found = [(each, cells_of(each, (BREAD_OUTLINE,))) for each in BREAD_PASSAGES]
    assert all(bool(cells) == (passage.kind == "table_row") for passage, cells in found)
    for passage, cells in found:
        if cells:
            assert [cell.text for cell in cells] == [cell for cell in rows[passage.start].cells if cell]
            table = next(table for table in BREAD_OUTLINE.tables if rows[passage.start] in table.rows)
            named = zip(table.columns, rows[passage.start].cells, strict=True)
            assert [cell.column for cell in cells] == [column for column, cell in named if cell]
