"""Lines cut into strips and paragraphs by their places."""

import pytest

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.paragraphs import pitch_of, strips
from tests.ingest.pdf.printed import PROSE, block, down, indented, printed, run, set_paragraphs

FULL = "a line that is as wide as its column is.."


def texts(*runs: Run) -> list[str]:
    """The paragraphs' texts."""
    return [p.text for p in set_paragraphs(*runs)]


def test_columns_are_strips() -> None:
    """Two columns beside each other are a strip each, with their own edges."""
    found = strips(printed(*block(PROSE, 50), *block(PROSE, 300)))
    assert [(s.x0, s.x1, len(s.lines)) for s in found] == [(50, 250, 4), (300, 500, 4)]


def test_size_and_weight_end_a_strip() -> None:
    """A heading in bold or in larger characters stands apart from the text under it."""
    assert len(strips(printed(run("Harvest", bold=True), *block(PROSE, y=688)))) == 2
    assert len(strips(printed(run("Harvest", size=12), *block(PROSE, y=688)))) == 2


def test_a_bold_beginning_stays_with_its_paragraph() -> None:
    """Words in bold that run into the text are part of the paragraph, which isn't bold."""
    (found,) = set_paragraphs(run("Harvest.", bold=True), run("The barley stands high", 94), *block(PROSE, y=688))
    assert found.text.startswith("Harvest. The barley")
    assert not found.is_bold


def test_an_indent_begins_a_paragraph() -> None:
    """An indented first line parts two paragraphs of one strip, and is told."""
    first, second = set_paragraphs(*block(PROSE), *indented(block(PROSE, y=652)))
    assert first.text == second.text == PROSE
    assert (first.is_indented, second.is_indented) == (False, True)


def test_a_gap_begins_a_paragraph() -> None:
    """Where lines stand further apart than the others a paragraph begins."""
    assert texts(*block(PROSE), *block(PROSE, y=646)) == [PROSE, PROSE]


def test_a_short_line_ends_a_paragraph_with_its_sentence() -> None:
    """A line that ends early ends the paragraph if it ends a sentence, else it doesn't."""
    assert texts(*block(f"{PROSE}."), *block(PROSE, y=652)) == [f"{PROSE}.", PROSE]
    assert texts(*block(f"{PROSE} [3]"), *block(PROSE, y=652)) == [f"{PROSE} [3] {PROSE}"]
    assert texts(*block(f"{PROSE}. [3, 4]"), *block(PROSE, y=652)) == [f"{PROSE}. [3, 4]", PROSE]


def test_a_hanging_list_is_cut_at_its_items() -> None:
    """Where most lines are indented, those that stand out begin the paragraphs."""
    items = [run("Ewes graze on the hill and in"), run("the valley, if it rains"), run("Rams stay on the hill even")]
    places = [(50, 700), (62, 688), (50, 676)]
    runs = [run(r.text, x, y) for r, (x, y) in zip(items, places, strict=True)]
    assert texts(*runs) == ["Ewes graze on the hill and in the valley, if it rains", "Rams stay on the hill even"]


@pytest.mark.parametrize("mark", ["•", "▪", "►", "2.1 Of"])
def test_bullets_and_numbered_headings_begin_paragraphs(mark: str) -> None:
    """A bullet, or a heading's number of two levels, begins a paragraph wherever it stands."""
    assert texts(*down([FULL, f"{mark} Ewes and rams on the same wide hill.."])) == [
        FULL,
        f"{mark} Ewes and rams on the same wide hill..",
    ]


def test_a_strip_knows_its_inset() -> None:
    """The inset is that of the least indented of the indented lines, 0 without any."""
    (flush,) = strips(printed(*block(PROSE)))
    (hanging,) = strips(printed(run(FULL), run(FULL, 65, 688), run(FULL, 62, 676)))
    assert (flush.inset, hanging.inset) == (0, 12)


def test_a_parted_line_is_made_whole_within_its_column() -> None:
    """Wide gaps within a column that the lines above have shown are spaces; at the edge a number counts an equation."""
    column = down([FULL, FULL])
    rest = [run("where the", 50, 676), run("hills are high", 130, 676)]
    assert [line.text for line in strips(printed(*column, *rest))[0].lines] == [FULL, FULL, "where the hills are high"]
    equation = [run("a = b + c", 50, 676), run("(3)", 200, 676)]
    assert [[line.text for line in s.lines] for s in strips(printed(*column, *equation))][-1] == ["(3)"]


def test_a_paragraph_knows_whether_it_may_go_on() -> None:
    """A paragraph is full if its last line reaches the edge of the column."""
    (short,) = set_paragraphs(*block(PROSE))
    (full,) = set_paragraphs(*down([FULL, FULL], x=50))
    assert (short.is_full, full.is_full) == (False, True)
    assert (full.page, full.size, full.is_bold) == (1, 10, False)


def test_lines_set_wide_are_one_strip() -> None:
    """Where most lines stand two and a half sizes apart, as in manuscripts, they belong together."""
    lines = printed(*(run(FULL, 50, 700 - 25 * i) for i in range(8)))
    assert len(strips(lines)) == 8
    assert len(strips(lines, pitch_of(lines))) == 1
