"""Numbers beside the lines of a manuscript."""

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.counting import without_line_numbers
from tests.ingest.pdf.printed import down, page, run

LINE = "Ewes graze on the hill in May and June"


def numbered(first: int, step: int, lines: int = 10, size: float = 10) -> list[Run]:
    """Lines of text, each with a number beside it that ends at one edge."""
    words = down([LINE] * lines, x=80, y=600)
    numbers = [run(str(first + step * i), 0, 600 - 12 * i, size) for i in range(lines)]
    left = [Run(n.text, 40 - n.x1, 40, n.baseline, size) for n in numbers]
    return [r for pair in zip(left, words, strict=True) for r in pair]


def texts(*pages: list[Run]) -> list[list[str]]:
    """The runs left on each page."""
    made = [page(*runs, number=n) for n, runs in enumerate(pages, start=1)]
    return [[r.text for r in one.runs] for one in without_line_numbers(made)]


def test_line_numbers_of_manuscripts_are_taken_out() -> None:
    """Numbers that count the lines beside them are none of the text, whatever their size."""
    assert texts(numbered(7, 1), numbered(17, 1, size=6)) == [[LINE] * 10] * 2


def test_the_last_page_of_a_manuscript_has_few_lines() -> None:
    """The column is known from the other pages."""
    assert texts(numbered(1, 1), numbered(11, 1), numbered(21, 1, lines=2)) == [[LINE] * 10, [LINE] * 10, [LINE] * 2]


def test_a_column_of_values_stays() -> None:
    """Numbers that don't count by one or five, or too few of them, are values."""
    for values in (numbered(7, 3), numbered(7, 1, lines=5)):
        assert texts(values) == [[r.text for r in values]]


def test_labels_of_entries_stay() -> None:
    """Labels count, too, but entries have several lines."""
    entries = [r for i in range(10) for r in (run(str(i + 1), 40, 700 - 36 * i), *down([LINE] * 3, 80, 700 - 36 * i))]
    assert texts(entries) == [[r.text for r in entries]]
