"""Stretches of lines as cells."""

from ingest.pdf.parts.cells import cell_of, cells_of
from tests.ingest.pdf.grids import cell
from tests.ingest.pdf.printed import down, printed, run, set_paragraphs


def test_a_cell_spans_its_lines() -> None:
    """A cell reaches from the top of its first line to the bottom of its last."""
    made = cell_of(printed(*down(["grey ewes", "and rams"])))
    assert (made.x0, made.x1) == (50, 95)
    assert made.bottom < 688
    assert made.top > 700


def test_beside_means_level_and_apart() -> None:
    """Cells are beside each other if they share a good part of their height and none of their width."""
    tall = cell_of(printed(*cell(["grey", "ewes", "on the hill"], 0, 600)))
    middle = cell_of(printed(*cell(["12"], 1, 590)))
    below = cell_of(printed(*cell(["12"], 1, 550)))
    assert tall.is_beside(middle)
    assert middle.is_beside(tall)
    assert not tall.is_beside(below)
    assert not tall.is_beside(cell_of(printed(*cell(["rams"], 0, 600))))


def test_a_paragraph_is_a_cell_or_several() -> None:
    """A paragraph is one cell unless wide gaps part its first line."""
    (plain,) = set_paragraphs(*down(["grey ewes", "and rams"]))
    assert [len(made.lines) for made in cells_of(plain)] == [2]
    (parted,) = set_paragraphs(run("ewes", 50), run("12", 82), run("rams", 50, 688), run("7", 82, 688))
    assert [made.lines[0].text for made in cells_of(parted)] == ["ewes", "12", "rams", "7"]
