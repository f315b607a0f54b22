"""How recognised lines are set as runs."""

from collections.abc import Sequence

from ingest.pdf.file.extract import Page
from ingest.pdf.lines.lines import lines
from ingest.pdf.ocr.printed import PrintedLine, Word
from ingest.pdf.ocr.setting import set_pages


def printed(
    *texts: str, y: float = 700, unit: float = 4.0, tell: int = 30, raised: Sequence[str] = (), bold: bool = False
) -> PrintedLine:
    """A line of words with a space between; what is in `raised` stands against the word before it, raised."""
    words: list[Word] = []
    x = 50.0
    for text in texts:
        is_raised = text in raised
        x += 0 if is_raised or not words else 3.0
        width = len(text) * (3.0 if is_raised else 4.5)
        heights = ((unit,) * tell, (unit * 1.45,) * tell) if not words else ((), ())
        words.append(Word(text, x, x + width, y, unit * (0.33 if bold else 0.2), 0.95, is_raised, *heights))
        x += width
    return PrintedLine(tuple(words))


def test_sizes_that_differ_by_measuring_are_one() -> None:
    """Lines of a paragraph have one size, a larger heading above them another."""
    heading = printed("Wool", y=760, unit=6.0)
    body = [printed("boats", "carry", "wool", y=700 - 10 * n, unit=4.0 + 0.1 * n) for n in range(4)]
    (runs,) = set_pages([[heading, *body]])
    sizes = {run.text: run.size for run in runs}
    assert len({run.size for run in runs[1:]}) == 1
    assert sizes["Wool"] > 1.3 * runs[1].size


def test_few_letters_tell_no_size() -> None:
    """The short last line of a paragraph has the size of the others, however it was measured."""
    body = [printed("boats", "carry", "wool", y=700 - 10 * n) for n in range(4)]
    last = printed("it.", y=660, unit=5.8, tell=2)
    (runs,) = set_pages([[*body, last]])
    assert {run.size for run in runs} == {runs[0].size}


def test_superscripts_are_raised_in_their_line() -> None:
    """A raised mark stands in its line as a superscript does, without a space before it."""
    (runs,) = set_pages([[printed("carry", "wool.", "12", "They", raised=("12",))]])
    (line,) = lines(Page(1, 600, 800, runs))
    assert line.text == "carry wool.12 They"
    assert [line.text[span.start : span.end] for span in line.printed.spans] == ["12"]


def test_wide_strokes_are_bold() -> None:
    """A line of wider strokes than usual is bold, the others aren't."""
    body = [printed("boats", "carry", "wool", y=700 - 10 * n) for n in range(4)]
    (runs,) = set_pages([[printed("Methods", y=720, bold=True), *body]])
    assert [run.text for run in runs if run.is_bold] == ["Methods"]


def test_words_without_a_gap_stay_apart() -> None:
    """Words that Tesseract tells apart are apart, also where an f reaches over the space."""
    words = (Word("of", 50, 60, 700, 0.8, 0.9, False), Word("wool", 60.2, 80, 700, 0.8, 0.9, False))
    (runs,) = set_pages([[PrintedLine(words)]])
    (line,) = lines(Page(1, 600, 800, runs))
    assert line.text == "of wool"


def test_nothing_is_set_as_nothing() -> None:
    """Pages without a line have no run."""
    assert set_pages([[], []]) == [(), ()]
