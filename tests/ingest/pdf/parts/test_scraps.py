"""Words inside figures."""

from collections.abc import Set

from ingest.pdf.file.extract import Run
from ingest.pdf.parts.look import Look
from ingest.pdf.parts.scraps import scraps
from tests.ingest.pdf.printed import PROSE, block, run, set_paragraphs

CAPTION = run("Figure 3 Ewes by year", 50, 60, 8)
SCALES = [run(text, x, 400) for text, x in (("0", 50), ("50", 100), ("100", 150), ("ewes", 260))]


def left_out(*runs: Run, kept: Set[int] = frozenset()) -> list[str]:
    """What is taken for words of a figure on a page with a caption at its foot."""
    found = set_paragraphs(*runs, CAPTION)
    return [found[i].text for i in sorted(scraps(found, Look(10, 200), kept))]


def test_three_scraps_in_a_row_are_a_figure() -> None:
    """Short stretches one after the other are words inside a figure."""
    assert left_out(*block(PROSE), *SCALES, *block(PROSE, y=300)) == ["0", "50", "100", "ewes"]
    assert left_out(*block(PROSE), *SCALES[:2], *block(PROSE, y=300)) == []


def test_prose_is_never_left_out() -> None:
    """Paragraphs, short sentences, captions, bullets and lines as wide as the column stay."""
    y = [400, 380, 360, 340, 320, 300, 280, 260]
    stays = [
        "It rained.",
        "Ewes drank:",
        "Figure 3 Ewes",
        "Table 2",
        "• rams",
        "a line of more than a hundred and 20 pt",
    ]
    assert left_out(*[run(text, 50, at) for text, at in zip(stays, y, strict=False)]) == []
    assert left_out(*block(PROSE), *block(PROSE, y=600), *block(PROSE, y=500)) == []


def test_what_is_kept_parts_scraps() -> None:
    """Headings, tables and whatever else is kept are no scraps, and don't count as such."""
    assert left_out(*SCALES, kept={1}) == []
    assert left_out(*SCALES, kept={0}) == ["50", "100", "ewes"]


def test_pages_without_a_figure_have_no_scraps() -> None:
    """Short stretches are left out on pages with a figure's caption only; a table's isn't one."""
    for caption in ([], [run("Table 1 Ewes", 50, 60, 8)]):
        assert scraps(set_paragraphs(*SCALES, *caption), Look(10, 200), set()) == set()
