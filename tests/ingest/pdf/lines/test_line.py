"""Lines made of runs, cut at wide gaps and joined."""

from ingest.pdf.lines.line import apart, joined, line_of
from tests.ingest.marked import shown
from tests.ingest.pdf.printed import printed, run


def test_gaps_wider_than_a_sliver_are_blanks() -> None:
    """Runs that stand apart are words of their own, runs that touch are one word."""
    made = line_of(1, [(run("bar", 50), 0), (run("ley", 65), 0), (run("grows", 84), 0)], 10, 700)
    assert made.text == "barley grows"
    assert (made.x0, made.x1) == (50, 109)


def test_only_superscripts_are_marked() -> None:
    """A superscript is raised, a subscript isn't; both are plain characters in the text."""
    made = line_of(1, [(run("CO"), 0), (run("2", 60, 698, 6), -1), (run("3", 63, 704, 6), 1)], 10, 700)
    assert (shown(made.printed), made.text) == ("CO2^3^", "CO23")


def test_bold_counts_letters() -> None:
    """A line is bold by most of its letters, all bold by all its words; `lead` spans its bold beginning."""
    made = line_of(1, [(run("Harvest.", bold=True), 0), (run("So far", 95), 0)], 10, 700)
    assert (made.is_bold, made.is_all_bold, made.text[: made.lead]) == (True, False, "Harvest.")
    numbered = line_of(1, [(run("1.", 50), 0), (run("Harvest", 65, bold=True), 0)], 10, 700)
    assert numbered.is_all_bold


def test_cut_and_joined_again() -> None:
    """A line is cut where a gap is nearly as wide as its characters are high, and joining gives it back."""
    whole = printed(run("ewes"), run("12 kg", 81), run("in May", 110))
    assert [line.text for line in whole] == ["ewes 12 kg in May"]
    parts = apart(whole[0])
    assert [part.text for part in parts] == ["ewes", "12 kg in May"]
    assert joined(*parts) == whole[0]
