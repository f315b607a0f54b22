"""How well statements are found on pages is counted rightly."""

from pathlib import Path

import pytest

from eval.places import LocatedCounts, LocatedFile, inside, is_alike, lines, located, main
from ingest.pdf.page.page import Letters
from tests.ingest.pdf.wool import wool


def test_a_small_article_is_counted_whole(tmp_path: Path) -> None:
    """Every sentence and entry is found; those that are said four times over in one place each, too."""
    path = tmp_path / "wool.pdf"
    path.write_bytes(wool())
    found = located(path)
    assert found.pages == 2
    assert found.counted["entries"] == LocatedCounts(all=5, found=5, right=5)
    assert found.counted["rows"] == LocatedCounts(all=0, found=0, right=0)
    sentences = found.counted["sentences"]
    assert sentences.all == sentences.found == sentences.right > 5


def test_letters_count_where_their_middle_lies() -> None:
    """Only those in a box, folded; what has no width, such as a line's end, is nowhere."""
    page = Letters(1, 100, 100, "aÉ\nz", ((0, 0, 0.1, 0.1), (0.1, 0, 0.2, 0.1), (0.2, 0, 0.2, 0), (0.5, 0, 0.6, 0.1)))
    assert inside(page, [(0, 0, 0.2, 0.1)]) == "ae"
    assert inside(page, [(0, 0, 0.2, 0.1), (0.54, 0, 0.7, 0.2)]) == "aez"
    assert inside(page, []) == ""


@pytest.mark.parametrize(
    ("held", "is_right"), [("smallboats", True), ("smallboat", False), ("smallboatsandmore", False)]
)
def test_too_much_is_as_wrong_as_too_little(held: str, is_right: bool) -> None:
    """Boxes that hold other letters aren't right, nor those that lack some."""
    assert is_alike("Small boats.", held) is is_right


def test_sums_stand_last() -> None:
    """Below one line a file."""
    counted = {"sentences": LocatedCounts(all=3, found=2, right=1), "rows": LocatedCounts(all=0, found=0, right=0)}
    one = LocatedFile(name="a.pdf", pages=2, counted={**counted, "entries": LocatedCounts(all=9, found=9, right=9)})
    assert [line.split() for line in lines([one, one])[1:]] == [
        ["a.pdf", "2", "3", "2", "1", "0", "0", "0", "9", "9", "9"],
    ] * 2 + [["together", "4", "6", "4", "2", "0", "0", "0", "18", "18", "18"]]


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message on stderr, nothing on stdout, exit code 1."""
    assert main([str(tmp_path / "none.pdf")]) == 1
    printed_lines = capsys.readouterr()
    assert (printed_lines.out, printed_lines.err.count("\n")) == ("", 1)
