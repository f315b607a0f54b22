"""The reading order of recognised lines."""

from ingest.pdf.ocr.ordering import in_reading_order
from ingest.pdf.ocr.printed import PrintedLine, Word

EM = 10.0


def line(*words: tuple[str, float, float], y: float) -> PrintedLine:
    """A line of words, each with its two ends."""
    return PrintedLine(tuple(Word(text, x0, x1, y, 1.0, 0.9, False) for text, x0, x1 in words))


def column(name: str, x: float, y: float = 600, count: int = 8) -> list[PrintedLine]:
    """Lines that fill a column of 200 points."""
    return [line((f"{name}{n}", x, x + 200), y=y - 12 * n) for n in range(count)]


def texts(lines: list[PrintedLine]) -> list[str]:
    """The words of lines, a string each."""
    return [one.text for one in lines]


def test_one_column_is_read_before_the_next() -> None:
    """Lines that come row by row are read column by column, below a title and above a caption that cross both."""
    left, right = column("a", 50), column("b", 270)
    title, caption = line(("title", 50, 470), y=700), line(("caption", 50, 470), y=400)
    rows = [title, *(one for pair in zip(left, right, strict=True) for one in pair), caption]
    assert texts(in_reading_order(rows, EM)) == ["title", *texts(left), *texts(right), "caption"]


def test_a_line_across_both_columns_is_cut() -> None:
    """What was taken for one line belongs to the two columns."""
    rows = [line((f"a{n}", 50, 250), (f"b{n}", 270, 470), y=600 - 12 * n) for n in range(8)]
    assert texts(in_reading_order(rows, EM)) == [f"{name}{n}" for name in "ab" for n in range(8)]


def test_numbers_stand_before_their_entries() -> None:
    """A column of numbers is no column; a lost bracket is closed."""
    numbers = [line((f"[{n}", 50, 60), y=600 - 12 * n) for n in range(8)]
    entries = [line((f"entry{n}", 75, 270), y=600.5 - 12 * n) for n in range(8)]
    assert texts(in_reading_order([*numbers, *entries], EM)) == [f"[{n}] entry{n}" for n in range(8)]


def test_a_table_is_read_row_by_row() -> None:
    """Cells don't fill the width that they share, so they make no columns."""
    heads = [line(("a0", 50, 200), y=600), line(("b0", 270, 470), y=600)]
    places = [(name, x, n) for n in range(1, 8) for name, x in (("a", 50), ("b", 270))]
    cells = [line((f"{name}{n}", x, x + 30 + 7 * (n % 3)), y=600 - 12 * n) for name, x, n in places]
    assert texts(in_reading_order([*heads, *cells], EM)) == [f"{name}{n}" for n in range(8) for name in "ab"]


def test_the_order_does_not_depend_on_the_order_given() -> None:
    """Lines in any order are read in one."""
    rows = [*column("a", 50), *column("b", 270)]
    assert texts(in_reading_order(rows[::-1], EM)) == texts(in_reading_order(rows, EM)) == texts(rows)
