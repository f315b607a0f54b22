"""What each paragraph of a document is."""

from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.look import Look
from ingest.pdf.parts.parts import Parts, parts_of
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
    parts = parts_of(found, Look(10, 200))
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
    assert parts_of([], Look(10, 200)) == Parts(range(0), {}, set(), None, set())
