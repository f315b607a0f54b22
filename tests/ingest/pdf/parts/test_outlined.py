"""Headings that a file's outline names."""

from ingest.pdf.known.records import OutlineItem
from ingest.pdf.parts.outlined import levels_of, outlined
from tests.ingest.pdf.printed import down, set_paragraphs

PRINTED = set_paragraphs(*down(["Wool and salt"], y=700), *down(["Timber"], y=600), *down(["Harbours"], y=500))


def test_printed_items_only() -> None:
    """An item counts where it is printed on its page, whatever its spaces and case; others count for nothing."""
    outline = [
        OutlineItem("WOOL AND  SALT", 1, 1),
        OutlineItem("Timber", 2, 2),
        OutlineItem("paper.pdf", 1, 1),
        OutlineItem("Harbours", 3, 1),
        OutlineItem("Harbours", 0, 0),
    ]
    assert outlined(PRINTED, outline) == {0: 1, 2: 3}


def test_headings_below_each_other() -> None:
    """A paragraph of lines that are items each is a heading; one with other words isn't."""
    printed = set_paragraphs(*down(["Wool", "Salt and", "timber"], y=700))
    assert outlined(printed, [OutlineItem("Wool", 1, 1), OutlineItem("Salt and timber", 2, 1)]) == {0: 1}
    assert outlined(printed, [OutlineItem("Wool", 1, 1)]) == {}


def test_levels_need_most_headings() -> None:
    """The outline gives levels if it names most headings; one that it leaves out has the level of its style."""
    styles = {0: (-12.0, False, True), 1: (-11.0, False, True), 2: (-11.0, False, True), 3: (-11.0, False, True)}
    assert levels_of([0, 1, 2, 3], {0: 2, 1: 3, 3: 3}, styles.__getitem__) == {0: 1, 1: 2, 2: 2, 3: 2}
    assert levels_of([0, 1, 2, 3], {0: 2, 1: 3}, styles.__getitem__) == {}
