"""Cells put together to rows."""

from ingest.pdf.file.extract import Run
from ingest.pdf.parts.cells import cell_of
from ingest.pdf.parts.rows import cells_of, table_rows
from ingest.structure.draft import Grid
from tests.ingest.marked import shown
from tests.ingest.pdf.grids import FLOCK, cell, grid
from tests.ingest.pdf.printed import down, printed, run, set_paragraphs


def rows(*runs: Run) -> Grid:
    """The rows of the paragraphs that runs make, superscripts between "^"."""
    return tuple(tuple(map(shown, row)) for row in table_rows(set_paragraphs(*runs)))


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
    assert found[1] == ("grey", "12^7^", "3")


def test_one_column_is_no_table() -> None:
    """Lines below each other have no columns, and nothing has no rows."""
    assert rows(*down(["ewes", "rams", "lambs"], y=600)) == ()
    assert table_rows([]) == ()


def test_a_cell_spans_its_lines() -> None:
    """A cell reaches from the top of its first line to the bottom of its last."""
    made = cell_of(printed(*down(["grey ewes", "and rams"])))
    assert (made.x0, made.x1) == (50, 95)
    assert made.bottom < 688
    assert made.top > 700


def test_beside_means_level_and_apart() -> None:
    """Cells are beside each other if they share a good part of their height and none of their width."""
    tall = cell_of(printed(*cell(["grey", "ewes", "on the hill"], 0, 600)))
    middle = cell_of(printed(*cell(["12"], 1, 590)))
    below = cell_of(printed(*cell(["12"], 1, 550)))
    assert tall.is_beside(middle)
    assert middle.is_beside(tall)
    assert not tall.is_beside(below)
    assert not tall.is_beside(cell_of(printed(*cell(["rams"], 0, 600))))


def test_a_paragraph_is_a_cell_or_several() -> None:
    """A paragraph is one cell unless wide gaps part its first line."""
    (plain,) = set_paragraphs(*down(["grey ewes", "and rams"]))
    assert [len(made.lines) for made in cells_of(plain)] == [2]
    (parted,) = set_paragraphs(run("ewes", 50), run("12", 82), run("rams", 50, 688), run("7", 82, 688))
    assert [made.lines[0].text for made in cells_of(parted)] == ["ewes", "12", "rams", "7"]
