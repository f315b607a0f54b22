"""Grids of cells, as tables print them."""

from collections.abc import Sequence

from ingest.pdf.file.extract import Run
from tests.ingest.pdf.printed import PITCH, run

COLUMNS = (50.0, 150.0, 250.0)


def grid(rows: Sequence[Sequence[str]], y: float = 600, pitch: float = PITCH, size: float = 8) -> list[Run]:
    """Rows of cells of one line each, row by row; an empty cell prints nothing."""
    return [
        run(text, x, y - pitch * i, size)
        for i, row in enumerate(rows)
        for x, text in zip(COLUMNS, row, strict=True)
        if text
    ]


def cell(lines: Sequence[str], column: int, y: float, size: float = 8) -> list[Run]:
    """One cell of several lines, ten points apart; `y` is the first one's."""
    return [run(text, COLUMNS[column], y - 10 * i, size) for i, text in enumerate(lines)]


FLOCK = (("breed", "ewes", "rams"), ("grey", "12", "3"), ("white", "40", "5"), ("spotted", "7", "1"))
