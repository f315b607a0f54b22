"""Headings and rows that a file tags."""

from dataclasses import replace

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.margins import without_margins
from ingest.pdf.parts.tagged import tagged
from ingest.pdf.parts.taggedrows import tagged_rows
from tests.ingest.pdf.printed import PROSE, block, printed, run, set_paragraphs


def as_tagged(tag: str, *runs: Run) -> list[Run]:
    """The runs with a tag."""
    return [replace(one, tag=tag) for one in runs]


def headings(*runs: Run) -> dict[str, int]:
    """The tagged headings of a page and their levels."""
    paragraphs = set_paragraphs(*runs)
    return {paragraphs[i].text: level for i, level in tagged(paragraphs).items()}


def test_a_heading_set_like_its_text() -> None:
    """A heading that only its tag tells from the text below is a paragraph of its own and a heading."""
    heading = as_tagged("H2", run("Animal model", y=712))
    assert headings(*heading, *block(PROSE), *block(PROSE, y=600)) == {"Animal model": 2}


def test_tags_that_the_print_contradicts() -> None:
    """What is too long for a heading is none; a file that tags half of its text as headings has none at all."""
    assert headings(*as_tagged("H1", *block(PROSE * 2)), *block(PROSE * 9, y=500)) == {}
    assert headings(*as_tagged("H1", run("Results", y=712)), *block("We sailed.", y=700)) == {}


def rows(*runs: Run) -> list[list[str]]:
    """The texts of the rows that tags make."""
    return [[" ".join(line.text for line in cell.lines) for cell in row] for row in tagged_rows(printed(*runs))]


def table(*tags: str) -> list[Run]:
    """A table of two columns that stand close together, with these tags."""
    places = [("Induces exhaustion", 50, 700), ("(26)", 142, 700), ("Lowers response", 50, 680), ("(24)", 142, 680)]
    return [replace(run(text, x, y), tag=tag) for (text, x, y), tag in zip(places, tags, strict=True)]


def test_cells_that_stand_close() -> None:
    """Cells that a space divides, and no more, are two by their tags."""
    assert rows(*table("1.1.1", "1.1.2", "1.2.1", "1.2.2")) == [
        ["Induces exhaustion", "(26)"],
        ["Lowers response", "(24)"],
    ]


def test_rows_that_the_print_contradicts() -> None:
    """Rows upside down, cells in the wrong order, words without a cell or of two tables: tags don't count."""
    assert rows(*table("1.2.1", "1.2.2", "1.1.1", "1.1.2")) == []
    assert rows(*table("1.1.2", "1.1.1", "1.2.1", "1.2.2")) == []
    assert rows(*table("1.1.1", "", "1.2.1", "1.2.2")) == []
    assert rows(*table("1.1.1", "1.1.2", "2.2.1", "2.2.2")) == []


def test_artifacts_in_the_margins() -> None:
    """What a file tags as no part of the text is dropped in the margin, and kept amid the text."""
    runs = [*as_tagged("A", run("Articles", y=780), run("Loose words", y=400)), run("Kept at the foot", y=20)]
    (kept,) = without_margins([printed(*runs)], [800])
    assert [line.text for line in kept] == ["Loose words", "Kept at the foot"]
