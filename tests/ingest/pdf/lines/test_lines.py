"""Runs put together to lines."""

import pytest

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.lines import justified, without_layers
from tests.ingest.marked import shown
from tests.ingest.pdf.printed import down, printed, run


def texts(*runs: Run) -> list[str]:
    """The lines' texts."""
    return [shown(line.printed) for line in printed(*runs)]


def test_raised_small_characters_are_superscripts() -> None:
    """Small characters above the baseline are glued to the word before them and marked; the bare text isn't."""
    (line,) = printed(run("flocks."), run("1,2", 85, 704, 6), run("Ewes graze", 98))
    assert shown(line.printed) == "flocks.^1,2^ Ewes graze"
    assert line.text == "flocks.1,2 Ewes graze"


def test_a_superscript_may_lead() -> None:
    """A superscript in front of a word is marked too, and the line's size is that of the word."""
    (line,) = printed(run("1", 50, 704, 6), run("Institute of Wool", 53))
    assert (shown(line.printed), line.size, line.baseline) == ("^1^Institute of Wool", 10, 700)


def test_a_superscript_above_the_full_stop() -> None:
    """A number that is set back above the character before it stays behind that in the text."""
    assert texts(run("the flocks."), run("12", 101, 704, 6)) == ["the flocks.^12^"]


@pytest.mark.parametrize("sign", ["*", "∗", "†", "‡", "§", "¶", "#", "✉", "**"])
def test_raised_signs_are_superscripts(sign: str) -> None:
    """Signs of footnotes are raised in characters as large as the text."""
    assert texts(run("A. Fenwick"), run(sign, 100, 703)) == [f"A. Fenwick^{sign}^"]


def test_small_characters_below_are_subscripts() -> None:
    """Small characters below the baseline belong to the line and aren't marked."""
    assert texts(run("CO"), run("2", 60, 698, 6), run("rises", 67)) == ["CO2 rises"]


def test_small_characters_far_away_are_no_superscripts() -> None:
    """A small number that stands apart is a line of its own."""
    assert texts(run("flocks"), run("12", 92, 704, 6)) == ["flocks", "12"]


def test_another_baseline_is_another_line() -> None:
    """Lines stand in the file's order, each with its runs; page and edges are those of the runs."""
    found = printed(run("lower", 50, 688), run("upper", 50, 700), run("end", 80, 700), number=4)
    assert [(line.text, line.page, line.x0, line.x1, line.baseline) for line in found] == [
        ("lower", 4, 50, 75, 688),
        ("upper end", 4, 50, 95, 700),
    ]


@pytest.mark.parametrize("label", ["1.", "[12]", "(3)", "7)", "•", "a)", "23"])
def test_a_label_set_apart_is_joined(label: str) -> None:
    """The number or bullet that stands far in front of a line belongs to it."""
    assert texts(run(label), run("Ewes and their lambs", 50 + 5 * len(label) + 20)) == [f"{label} Ewes and their lambs"]


def test_numbers_in_a_row_of_cells_are_no_labels() -> None:
    """A number that has cells to the right of the next one is a cell itself."""
    assert texts(run("12"), run("grey ewes", 80), run("white ewes", 150)) == ["12", "grey ewes", "white ewes"]


def test_words_set_apart_are_no_labels() -> None:
    """Only what looks like a number or bullet is joined."""
    assert texts(run("Ewes"), run("graze in May", 90)) == ["Ewes", "graze in May"]


def test_invisible_characters_are_dropped() -> None:
    """Soft hyphens and joiners within a line aren't read; a soft hyphen at its end is a printed hyphen."""
    assert texts(run("bar\xadley\u200b grows un\xad")) == ["barley grows un-"]
    assert texts(run("\u200b\xa0"), run("\x02\x01", 90)) == []


def test_bullets_of_sign_fonts_are_bullets() -> None:
    """A control character that stands alone is a sign font's bullet."""
    assert texts(run("\x01 ewes and rams")) == ["• ewes and rams"]


def left(*runs_of_lines: tuple[str, float, float]) -> list[str]:
    """What is left of lines, each made by itself."""
    made = [line for text, x, y in runs_of_lines for line in printed(run(text, x, y))]
    return [line.text for line in without_layers(made)]


def test_a_line_printed_twice_is_kept_once() -> None:
    """Bold made by printing a line again a hair beside doesn't double it; the first stays."""
    assert left(("Barley", 50, 700), ("Barley", 50.4, 700)) == ["Barley"]
    assert left(("Barley", 50, 700), ("another layer", 52, 702)) == ["Barley"]


def test_lines_beside_and_below_are_kept() -> None:
    """Lines in another column or on the next line are no layers, wherever the bands of heights begin."""
    assert left(("left", 50, 695), ("right", 300, 695), ("below", 50, 683)) == ["left", "right", "below"]


def test_layers_are_found_across_bands() -> None:
    """Two lines a point apart are layers although they fall into different bands of heights."""
    assert left(("Barley", 50, 696.5), ("Barley", 50, 695.5)) == ["Barley"]


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


def test_a_line_spread_over_its_column_is_one() -> None:
    """Words as far apart as each other, as wide as the line below, are one line although some parts have two words."""
    spread = [run(text, x, 712) for text, x in (("Chistov,", 50), ("D.A.,", 110), ("Bobrov,", 155), ("2015. On", 210))]
    assert texts(*spread, run("the keeping of ewes and rams in winter.", 55, 700)) == [
        "Chistov, D.A., Bobrov, 2015. On",
        "the keeping of ewes and rams in winter.",
    ]
