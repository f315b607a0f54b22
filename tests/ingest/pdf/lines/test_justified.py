"""Justified lines of few words, and cells that stand as far apart."""

from ingest.pdf.lines.justified import justified
from tests.ingest.pdf.printed import down, printed, run

ABOVE = down(["a line above that fills all of the width"], y=712)
WIDE = [run("Krzyzanowski"), run("and", 135), run("Featherstonehaugh", 168)]


def test_words_driven_apart_are_one_line() -> None:
    """Single words on one baseline are a line where the line above reaches from the first to the last."""
    assert [line.text for line in printed(*ABOVE, *WIDE)] == [ABOVE[0].text, "Krzyzanowski and Featherstonehaugh"]


def test_cells_stay_apart() -> None:
    """Words far apart stay cells where no line near them fills the column."""
    cells = [run("ewes"), run("rams", 140), run("lambs", 220)]
    assert [line.text for line in printed(*cells)] == ["ewes", "rams", "lambs"]
    rows = [*cells, *[run(text, x, 688) for text, x in (("12", 50), ("7", 140), ("19", 220))]]
    assert [line.text for line in printed(*rows)] == ["ewes", "rams", "lambs", "12", "7", "19"]


def test_cells_of_several_words_stay_apart() -> None:
    """Where a stretch has more than one word the gap is one between columns."""
    found = printed(*ABOVE, run("grey geese"), run("barley", 210))
    assert [line.text for line in found][1:] == ["grey geese", "barley"]


def test_no_line_is_lost_or_moved() -> None:
    """Without lines there is nothing; a lone line comes back as it is."""
    assert justified([]) == []
    alone = printed(run("alone"))
    assert justified(alone) == alone
