"""Where tables stand."""

import pytest

from ingest.pdf.file.extract import Run
from ingest.pdf.parts.look import Look
from ingest.pdf.parts.tables import regions, tables
from tests.ingest.pdf.grids import FLOCK, grid
from tests.ingest.pdf.printed import PROSE, block, down, run, set_paragraphs

LABEL = "Table 1 Ewes and rams"


def held(*pages: list[Run], start: int = 0, listed: str = "") -> list[list[str]]:
    """The texts of the paragraphs in each table; `listed`: the bibliography's heading."""
    found = [p for n, runs in enumerate(pages, start=1) for p in set_paragraphs(*runs, number=n)]
    at = next((i for i, p in enumerate(found) if p.text == listed), None)
    return [[p.text for p in found[a:b]] for a, b in tables(found, Look(10, 200), start, at).items()]


CELLS = [text for row in FLOCK for text in row]


def test_a_table_below_its_label() -> None:
    """The cells under a label are its table, the text around isn't."""
    assert held([*block(PROSE), run(LABEL, y=620, size=8), *grid(FLOCK), *block(PROSE, y=500)]) == [CELLS]


def test_a_table_above_its_label() -> None:
    """Where no cells stand below the label the table ends above it."""
    assert held([*block(PROSE), *grid(FLOCK), run(LABEL, y=540, size=8), *block(PROSE, y=500)]) == [CELLS]


def test_tables_without_labels() -> None:
    """A region of three rows or more is a table where no table of the document has a label, else it isn't."""
    bare = [*block(PROSE), *grid(FLOCK), *block(PROSE, y=500)]
    assert held(bare) == [CELLS]
    assert held([*block(PROSE), *grid(FLOCK[:2]), *block(PROSE, y=500)]) == []
    assert held(bare, [run(LABEL, y=620, size=8), *grid(FLOCK), *block(PROSE, y=500)]) == [CELLS]


def test_each_table_has_one_label() -> None:
    """Two tables on a page go to the labels above them, and none is taken twice."""
    second = tuple(tuple(f"{text}s" for text in row) for row in FLOCK)
    runs = [run(LABEL, y=620, size=8), *grid(FLOCK), run("Table 2 More", y=540, size=8), *grid(second, y=520)]
    assert held([*runs, *block(PROSE, y=400)]) == [CELLS, [text for row in second for text in row]]


def test_a_table_in_one_strip() -> None:
    """Lines under a label that don't stand side by side are its table up to the running text."""
    rows = [run(f"{a}  {b}", 50, 600 - 14 * i - 10 * (i % 2), 8) for i, (a, b, _) in enumerate([*FLOCK, *FLOCK])]
    spread = [Run(r.text, r.x0, r.x1, 600 - 20 * i, 8) for i, r in enumerate(rows)]
    assert held([run(LABEL, y=620, size=8), *spread, *block(PROSE, y=400)]) == [[r.text for r in spread]]


@pytest.mark.parametrize("words", ["Table 1 shows ewes and rams", "Table 2 lists rams", "The table of ewes"])
def test_sentences_are_no_labels(words: str) -> None:
    """A sentence that begins with a table's name doesn't make a table of what follows on other pages."""
    assert held(down([words], y=620), grid(FLOCK[:2])) == []


def test_no_table_before_the_body_or_in_the_bibliography() -> None:
    """The title page's columns and the entries of the list, which stand in two columns, are no tables."""
    assert held(grid(FLOCK), start=len(CELLS)) == []
    assert held([run("References", y=650), *grid(FLOCK)], listed="References") == []


def test_a_table_behind_the_bibliography() -> None:
    """A table with a label behind the list is one."""
    runs = [run("References", y=650), *block(PROSE, y=640 - 12), run(LABEL, y=560, size=8), *grid(FLOCK, y=540)]
    assert held(runs, listed="References") == [CELLS]


def in_regions(*runs: Run) -> list[list[str]]:
    """The texts of the paragraphs in each region; paragraphs of ten points and two lines are text."""
    found = set_paragraphs(*runs)
    spans = regions(found, [p.size == 10 and len(p.lines) > 1 for p in found])
    return [[p.text for p in found[a:b]] for a, b in spans]


def test_cells_between_paragraphs_are_a_region() -> None:
    """A grid of cells is found between paragraphs of running text."""
    cells = [text for row in FLOCK for text in row]
    assert in_regions(*block(PROSE), *grid(FLOCK), *block(PROSE, y=500)) == [cells]


def test_columns_of_text_are_no_region() -> None:
    """Running text in two columns stands side by side and is no table."""
    assert in_regions(*block(PROSE), *block(PROSE, 300)) == []


def test_few_cells_are_no_region() -> None:
    """Two words beside each other, as in an equation or a title page, are too few."""
    assert in_regions(*grid([("ewes", "rams", "")])) == []


def test_text_parts_regions() -> None:
    """Running text between two grids makes two regions of them."""
    assert len(in_regions(*grid(FLOCK), *block(PROSE, y=550), *grid(FLOCK, y=490))) == 2
