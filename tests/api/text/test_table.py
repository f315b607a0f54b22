"""Tables in a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from api.text.table import GAP, LEAST, table_lines

HEADS = ("file", "title", "refs")
cells = st.text(st.characters(categories=("Lu", "Ll", "Nd", "Zs")), max_size=80)


def test_columns_are_as_wide_as_needed() -> None:
    """Texts stand left, numbers right, and no line ends in blanks."""
    assert table_lines(HEADS, [("a.md", "Moss", "4"), ("bb.md", "On", "12")], 80) == [
        "file   title  refs",
        "a.md   Moss      4",
        "bb.md  On       12",
    ]


def test_no_rows_no_table() -> None:
    """Heads alone say nothing."""
    assert table_lines(HEADS, [], 80) == []


def test_the_widest_column_is_cut() -> None:
    """What is too long ends in an ellipsis; the others stay whole."""
    head, row = table_lines(HEADS, [("a.md", "long " * 50, "4")], 40)
    assert len(row) == 40
    assert row.startswith("a.md  long long")
    assert "…" in row
    assert head.endswith("refs")


@given(st.lists(st.tuples(cells, cells, st.integers(0, 9999).map(str)), min_size=1, max_size=5))
def test_no_line_is_too_long(rows: list[tuple[str, str, str]]) -> None:
    """Whatever the cells, a line keeps to its width, and there is one a row."""
    columns = 3 * LEAST + 2 * GAP
    lines = table_lines(HEADS, rows, columns)
    assert len(lines) == len(rows) + 1
    assert max(map(len, lines)) <= columns
