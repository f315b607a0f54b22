"""Where cells stand side by side."""

from ingest.pdf.file.extract import Run
from ingest.pdf.parts.regions import regions
from tests.ingest.pdf.grids import FLOCK, grid
from tests.ingest.pdf.printed import PROSE, block, set_paragraphs


def held(*runs: Run) -> list[list[str]]:
    """The texts of the paragraphs in each region; paragraphs of ten points and two lines are text."""
    found = set_paragraphs(*runs)
    spans = regions(found, [p.size == 10 and len(p.lines) > 1 for p in found])
    return [[p.text for p in found[a:b]] for a, b in spans]


def test_cells_between_paragraphs_are_a_region() -> None:
    """A grid of cells is found between paragraphs of running text."""
    cells = [text for row in FLOCK for text in row]
    assert held(*block(PROSE), *grid(FLOCK), *block(PROSE, y=500)) == [cells]


def test_columns_of_text_are_no_region() -> None:
    """Running text in two columns stands side by side and is no table."""
    assert held(*block(PROSE), *block(PROSE, 300)) == []


def test_few_cells_are_no_region() -> None:
    """Two words beside each other, as in an equation or a title page, are too few."""
    assert held(*grid([("ewes", "rams", "")])) == []


def test_text_parts_regions() -> None:
    """Running text between two grids makes two regions of them."""
    assert len(held(*grid(FLOCK), *block(PROSE, y=550), *grid(FLOCK, y=490))) == 2
