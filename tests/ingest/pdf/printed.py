"""Printed pages made of runs: a character is half as wide as its size."""

import textwrap
from collections.abc import Sequence
from dataclasses import replace

from ingest.pdf.file.extract import Page, Run
from ingest.pdf.lines.line import Line
from ingest.pdf.lines.lines import lines
from ingest.pdf.lines.paragraphs import Paragraph, paragraphs, strips
from ingest.structure.piece import Piece
from tests.ingest.marked import shown

HEIGHT, WIDTH = 800, 600
PITCH = 12.0
# Four lines of forty characters in the columns below.
PROSE = (
    "Small boats carry barley and wool along the northern coast and return with salt and timber before the "
    "ice has closed the last of the harbours"
)


def run(text: str, x: float = 50, y: float = 700, size: float = 10, *, bold: bool = False) -> Run:
    """Characters at a place, as wide as they are by themselves."""
    return Run(text, x, x + len(text) * size / 2, y, size, bold)


def down(texts: Sequence[str], x: float = 50, y: float = 700, size: float = 10, *, bold: bool = False) -> list[Run]:
    """Lines below each other, ragged."""
    return [run(text, x, y - PITCH * i, size, bold=bold) for i, text in enumerate(texts)]


def block(text: str, x: float = 50, y: float = 700, size: float = 10, width: float = 200) -> list[Run]:
    """A text wrapped into a justified column; its last line ends where its words do."""
    ragged = down(textwrap.wrap(text, int(2 * width / size)), x, y, size)
    return [*(replace(one, x1=x + width) for one in ragged[:-1]), ragged[-1]]


def indented(runs: Sequence[Run], by: float = 12) -> list[Run]:
    """Lines of which the first begins further right."""
    return [replace(runs[0], x0=runs[0].x0 + by), *runs[1:]]


def page(*runs: Run, number: int = 1) -> Page:
    """A page of these runs."""
    return Page(number, WIDTH, HEIGHT, runs)


def printed(*runs: Run, number: int = 1) -> list[Line]:
    """The lines that runs make on a page."""
    return lines(page(*runs, number=number))


def set_paragraphs(*runs: Run, number: int = 1) -> list[Paragraph]:
    """The paragraphs that runs make on a page."""
    return [p for strip in strips(printed(*runs, number=number)) for p in paragraphs(strip)]


def told(parts: Sequence[Piece]) -> list[tuple[str, str]]:
    """Kind and words of pieces, their lines joined by blanks, superscripts between "^", bold between "**"."""
    return [(p.kind, " ".join(shown(p.whole).split())) for p in parts]
