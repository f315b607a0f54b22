"""What each paragraph of a document is."""

from collections.abc import Set

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.look import Look
from ingest.pdf.parts.parts import Parts, parts_of, scraps
from tests.ingest.pdf.grids import FLOCK, grid
from tests.ingest.pdf.printed import PROSE, block, down, run, set_paragraphs

SCALES = [run(text, x, 400) for text, x in (("0", 50), ("50", 100), ("100", 150))]
TITLE = run("Wool and weather at sea", y=760, size=16)
INTRODUCTION = run("Introduction", y=730, bold=True)


def article() -> list[Paragraph]:
    """Two pages: title, figure, table, a figure's words, bibliography."""
    first = [TITLE, INTRODUCTION, *block(PROSE), *SCALES, *block(PROSE, y=300)]
    table = [run("Table 1 Ewes and rams", y=720, size=8), *grid(FLOCK, y=700), *block(PROSE, y=600)]
    entries = down([f"{n}. Fenwick A. Wool. Annals 199{n}" for n in range(1, 6)], y=240)
    second = [
        *table,
        *SCALES,
        run("Figure 1 Ewes", y=385, size=8),
        *block(PROSE, y=350),
        run("References", y=260, bold=True),
        *entries,
    ]
    return [*set_paragraphs(*first), *set_paragraphs(*second, number=2)]


def named(found: list[Paragraph], parts: Parts) -> dict[str, list[str]]:
    """The texts of each part."""
    table = [p.text for a, b in parts.tables.items() for p in found[a:b]]
    texts = {"title": parts.title, "headings": sorted(parts.headings), "scraps": sorted(parts.scraps)}
    return {"tables": table, **{name: [found[i].text for i in places] for name, places in texts.items()}}


def test_every_part_is_found() -> None:
    """Title, headings, table, bibliography, and the words of the figure on the second page."""
    found = article()
    parts = parts_of(found, Look(10, 200), range(1))
    assert named(found, parts) == {
        "title": [TITLE.text],
        "headings": ["Introduction", "References"],
        "tables": [text for row in FLOCK for text in row],
        "scraps": ["0", "50", "100"],
    }
    assert parts.listed is not None
    assert found[parts.listed].text == "References"


def test_a_list_ends_at_a_heading() -> None:
    """Entries reach to the next heading or table, or to the end."""
    parts = Parts(range(1), {9: 12}, {3, 6}, 3, frozenset())
    assert [parts.end_of_list(start, 14) for start in (4, 7, 12)] == [6, 9, 14]


def test_an_empty_document_has_no_parts() -> None:
    """Without paragraphs there is no part."""
    assert parts_of([], Look(10, 200), range(0)) == Parts(range(0), {}, set(), None, set())


def test_a_title_printed_again_is_no_heading() -> None:
    """A cover page's title, and a running head that shortens it, are neither headings nor sections."""
    again = [run(TITLE.text, y=760, size=16), run("Methods", y=730, bold=True), *block(PROSE)]
    found = [*set_paragraphs(TITLE, INTRODUCTION, *block(PROSE)), *set_paragraphs(*again, number=2)]
    parts = parts_of(found, Look(10, 200), range(1))
    assert [found[i].text for i in sorted(parts.headings)] == ["Introduction", "Methods"]


def test_a_column_of_references_is_no_bibliography() -> None:
    """The bibliography's heading is the one with entries below it; the same word without years heads nothing."""
    entries = down([f"{n}. Fenwick A. Wool. Annals 199{n}" for n in range(1, 6)], y=400)
    first = [TITLE, INTRODUCTION, *block(PROSE), run("Reference", y=600, bold=True), *block(PROSE, y=580)]
    found = set_paragraphs(*first, run("References", y=430, bold=True), *entries)
    parts = parts_of(found, Look(10, 200), range(1))
    assert [found[i].text for i in sorted(parts.headings)] == ["Introduction", "References"]


CAPTION = run("Figure 3 Ewes by year", 50, 60, 8)
AXIS = [run(text, x, 400) for text, x in (("0", 50), ("50", 100), ("100", 150), ("ewes", 260))]


def left_out(*runs: Run, kept: Set[int] = frozenset()) -> list[str]:
    """What is taken for words of a figure on a page with a caption at its foot."""
    found = set_paragraphs(*runs, CAPTION)
    return [found[i].text for i in sorted(scraps(found, Look(10, 200), kept))]


def test_three_scraps_in_a_row_are_a_figure() -> None:
    """Short stretches one after the other are words inside a figure."""
    assert left_out(*block(PROSE), *AXIS, *block(PROSE, y=300)) == ["0", "50", "100", "ewes"]
    assert left_out(*block(PROSE), *AXIS[:2], *block(PROSE, y=300)) == []


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
    assert left_out(*AXIS, kept={1}) == []
    assert left_out(*AXIS, kept={0}) == ["50", "100", "ewes"]


def test_pages_without_a_figure_have_no_scraps() -> None:
    """Short stretches are left out on pages with a figure's caption only; a table's isn't one."""
    for caption in ([], [run("Table 1 Ewes", 50, 60, 8)]):
        assert scraps(set_paragraphs(*AXIS, *caption), Look(10, 200), set()) == set()
