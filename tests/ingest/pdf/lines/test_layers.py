"""Lines printed upon others."""

from ingest.pdf.lines.layers import without_layers
from tests.ingest.pdf.printed import printed, run


def texts(*runs_of_lines: tuple[str, float, float]) -> list[str]:
    """What is left of lines, each made by itself."""
    made = [line for text, x, y in runs_of_lines for line in printed(run(text, x, y))]
    return [line.text for line in without_layers(made)]


def test_a_line_printed_twice_is_kept_once() -> None:
    """Bold made by printing a line again a hair beside doesn't double it; the first stays."""
    assert texts(("Barley", 50, 700), ("Barley", 50.4, 700)) == ["Barley"]
    assert texts(("Barley", 50, 700), ("another layer", 52, 702)) == ["Barley"]


def test_lines_beside_and_below_are_kept() -> None:
    """Lines in another column or on the next line are no layers, wherever the bands of heights begin."""
    assert texts(("left", 50, 695), ("right", 300, 695), ("below", 50, 683)) == ["left", "right", "below"]


def test_layers_are_found_across_bands() -> None:
    """Two lines a point apart are layers although they fall into different bands of heights."""
    assert texts(("Barley", 50, 696.5), ("Barley", 50, 695.5)) == ["Barley"]
