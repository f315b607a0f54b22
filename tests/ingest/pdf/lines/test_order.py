"""The order of a page's lines."""

from collections.abc import Sequence

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.order import in_order
from tests.ingest.pdf.printed import block, printed, run

TEXT = " ".join(f"word{i} and other words of this column" for i in range(30))


def texts(runs: Sequence[Run]) -> list[str]:
    """The lines of a page in reading order."""
    return [line.text for line in in_order([line for one in runs for line in printed(one)])]


def columns() -> tuple[list[Run], list[Run]]:
    """Two columns of text."""
    return block(TEXT, 50), block(TEXT.replace("word", "term"), 320)


def test_columns_of_a_file_that_jumps_between_them_are_read_one_after_the_other() -> None:
    """A file that prints line by line across both columns is read column by column, below the line across them."""
    left, right = columns()
    across = run("A title that crosses both of the columns, from the left edge to the right one of all", 50, 740)
    jumping = [across, *(one for pair in zip(left, right, strict=True) for one in pair)]
    assert texts(jumping) == [one.text for one in (across, *left, *right)]


def test_the_order_of_a_file_that_follows_its_columns_stays() -> None:
    """Whatever the file's order is: right column first stays right column first."""
    left, right = columns()
    assert texts([*right, *left]) == [one.text for one in (*right, *left)]


def test_cells_of_a_table_are_no_columns() -> None:
    """Short cells side by side stay in the file's order, row by row."""
    rows = [run(f"{name} {i}", x, 700 - 12 * i) for i in range(20) for name, x in (("ewe", 50), ("ram", 320))]
    assert texts(rows) == [one.text for one in rows]


def test_labels_that_are_printed_behind_their_entries_come_first() -> None:
    """A number to the left of a line that stands before it in the file is that line's label, if numbers count."""
    entries = [
        one
        for i in range(3)
        for one in (run(f"Entry {i + 1} on ewes", 70, 700 - 24 * i), run(f"[{i + 1}]", 50, 700 - 24 * i))
    ]
    assert texts(entries) == ["[1]", "Entry 1 on ewes", "[2]", "Entry 2 on ewes", "[3]", "Entry 3 on ewes"]
    lone = [run("Ewes in winter", 70), run("40", 50)]
    assert texts(lone) == ["Ewes in winter", "40"]
