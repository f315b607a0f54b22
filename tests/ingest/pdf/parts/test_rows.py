"""Cells put together to rows."""

from ingest.pdf.file.extract import Run
from ingest.pdf.parts.rows import table_rows
from ingest.structure.layout import Grid
from tests.ingest.pdf.grids import FLOCK, cell, grid
from tests.ingest.pdf.printed import down, run, set_paragraphs


def rows(*runs: Run) -> Grid:
    """The rows of the paragraphs that runs make."""
    return table_rows(set_paragraphs(*runs))


def test_single_lines() -> None:
    """Cells of one line each come row by row, with an empty text where nothing is printed."""
    assert rows(*grid(FLOCK)) == FLOCK
    gap = (("breed", "ewes", "rams"), ("grey", "", "3"), ("white", "40", "5"))
    assert rows(*grid(gap)) == gap


def test_cells_of_several_lines() -> None:
    """The lines of a cell are one text, and a row is as high as its highest cell."""
    found = rows(
        *grid([("breed", "place", "ewes")]),
        *cell(["grey with", "black heads"], 0, 584),
        *cell(["hill"], 1, 584),
        *cell(["12"], 2, 584),
        *cell(["white"], 0, 556),
        *cell(["valley and", "river bank", "in May"], 1, 556),
        *cell(["40"], 2, 556),
    )
    assert found == (
        ("breed", "place", "ewes"),
        ("grey with black heads", "hill", "12"),
        ("white", "valley and river bank in May", "40"),
    )


def test_cells_aligned_in_the_middle() -> None:
    """A short cell that stands halfway down a high one belongs to its row."""
    found = rows(
        *grid([("breed", "place", "ewes")]),
        *cell(["grey"], 0, 574),
        *cell(["valley and", "river bank", "in May"], 1, 584),
        *cell(["12"], 2, 574),
        *cell(["white"], 0, 540),
        *cell(["hill"], 1, 540),
        *cell(["40"], 2, 540),
    )
    assert found[1:] == (("grey", "valley and river bank in May", "12"), ("white", "hill", "40"))


def test_columns_printed_one_after_the_other() -> None:
    """Rows are made by place, also where the file holds the table column by column with one strip a column."""
    runs = [r for i, column in enumerate(zip(*FLOCK, strict=True)) for r in down(column, 50 + 100 * i, 600)]
    assert rows(*runs) == FLOCK


def test_superscripts_stay_marked() -> None:
    """The markers in cells are still superscripts."""
    runs = grid(FLOCK)
    at = runs[4]
    found = rows(*runs[:5], run("7", at.x1, at.baseline + 3, 5), *runs[5:])
    assert found[1] == ("grey", "12<sup>7</sup>", "3")


def test_one_column_is_no_table() -> None:
    """Lines below each other have no columns, and nothing has no rows."""
    assert rows(*down(["ewes", "rams", "lambs"], y=600)) == ()
    assert table_rows([]) == ()
