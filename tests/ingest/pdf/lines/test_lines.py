"""Runs put together to lines."""

import pytest

from ingest.pdf.file.extract import Run
from tests.ingest.pdf.printed import printed, run


def texts(*runs: Run) -> list[str]:
    """The lines' texts."""
    return [line.text for line in printed(*runs)]


def test_raised_small_characters_are_superscripts() -> None:
    """Small characters above the baseline are glued to the word before them and marked; the bare text isn't."""
    (line,) = printed(run("flocks."), run("1,2", 85, 704, 6), run("Ewes graze", 98))
    assert line.text == "flocks.<sup>1,2</sup> Ewes graze"
    assert line.bare == "flocks.1,2 Ewes graze"


def test_a_superscript_may_lead() -> None:
    """A superscript in front of a word is marked too, and the line's size is that of the word."""
    (line,) = printed(run("1", 50, 704, 6), run("Institute of Wool", 53))
    assert (line.text, line.size, line.baseline) == ("<sup>1</sup>Institute of Wool", 10, 700)


def test_a_superscript_above_the_full_stop() -> None:
    """A number that is set back above the character before it stays behind that in the text."""
    assert texts(run("the flocks."), run("12", 101, 704, 6)) == ["the flocks.<sup>12</sup>"]


@pytest.mark.parametrize("sign", ["*", "∗", "†", "‡", "§", "¶", "#", "✉", "**"])
def test_raised_signs_are_superscripts(sign: str) -> None:
    """Signs of footnotes are raised in characters as large as the text."""
    assert texts(run("A. Fenwick"), run(sign, 100, 703)) == [f"A. Fenwick<sup>{sign}</sup>"]


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
