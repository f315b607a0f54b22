"""Join lines to strips down a column, and cut these into paragraphs at indents, gaps and short lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.markup.styled import Styled, styled
from ingest.pdf.lines.line import Line, joined

_SIZE = 0.04
_PITCH, _SPREAD, _WIDEST_PITCH = 2.0, 1.3, 3.5
_INDENT = 0.6
_WIDE = 1.3
_WIDEST = 8.0
_SHORT = 0.15
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[A-Z]")
BULLET = re.compile(r"[•‣▪◦●○■►▶➢✓\uf0b7\uf0a7]\s*")
_EQUATION = re.compile(r"[(\[]\d{1,3}[)\]]")
_MARKER = re.compile(r"\s?[(\[][\d\s,;–—-]+[)\]]$")
_CLOSING = '"”’)]'


@dataclass
class Strip:
    """Lines of one size below each other in a column, with the edges in points."""

    lines: list[Line] = field(default_factory=list)
    x0: float = float("inf")
    x1: float = float("-inf")

    def add(self, line: Line) -> None:
        """Add a line below the others."""
        self.lines.append(line)
        self.x0, self.x1 = min(self.x0, line.x0), max(self.x1, line.x1)

    def lengthen(self, line: Line) -> None:
        """Add a line behind the last one, across a wide space."""
        self.lines[-1] = joined(self.lines[-1], line)

    def is_in(self, line: Line) -> bool:
        """Tell whether a line is indented."""
        return line.x0 > self.x0 + _INDENT * line.size

    @property
    def inset(self) -> float:
        """The smallest indent of an indented line, in points; 0 without one."""
        return min((line.x0 - self.x0 for line in self.lines if self.is_in(line)), default=0.0)


def pitch_of(printed: Sequence[Line]) -> float:
    """Return how far apart lines of one strip may stand, in sizes of their type: more where most lines are set wide."""
    drops = [
        (before.baseline - line.baseline) / line.size
        for before, line in pairwise(printed)
        if before.page == line.page and abs(before.size - line.size) <= _SIZE * line.size
    ]
    usual = [drop for drop in drops if 0.4 < drop < _WIDEST_PITCH]
    return max(_PITCH, _SPREAD * median(usual)) if usual else _PITCH


def strips(printed: Iterable[Line], pitch: float = _PITCH) -> list[Strip]:
    """Group lines, in their order, into strips. `pitch`: how far apart they may stand, in sizes."""
    found: list[Strip] = []
    for line in printed:
        if found and _is_beside(found[-1], line):
            found[-1].lengthen(line)
            continue
        if not (found and _goes_on(found[-1], line, pitch)):
            found.append(Strip())
        found[-1].add(line)
    return found


def _is_beside(strip: Strip, line: Line) -> bool:
    """Tell whether a line continues the last one, within the column that the lines above show."""
    last = strip.lines[-1]
    is_level = last.page == line.page and abs(last.baseline - line.baseline) < 0.1 * line.size
    is_within = len(strip.lines) > 1 and line.x1 <= strip.x1 + 0.5 * line.size and not _EQUATION.fullmatch(line.text)
    return is_level and is_within and 0 < line.x0 - last.x1 < _WIDEST * line.size


def _goes_on(strip: Strip, line: Line, pitch: float) -> bool:
    last = strip.lines[-1]
    if last.page != line.page or abs(line.size - last.size) > _SIZE * last.size:
        return False
    if not _is_one_look(last, line):
        return False
    drop = last.baseline - line.baseline
    overlap = min(strip.x1, line.x1) - max(strip.x0, line.x0)
    return 0.4 * line.size < drop < pitch * line.size and overlap > 0.5 * min(strip.x1 - strip.x0, line.x1 - line.x0)


def _is_one_look(last: Line, line: Line) -> bool:
    """Tell whether weight and capitals let two lines belong together; a paragraph may begin with bold words."""
    if min(len(last.text), len(line.text)) <= 3:
        return True
    if last.is_all_bold and line.is_all_bold:
        return last.text.isupper() == line.text.isupper()
    if line.is_all_bold:
        return False
    return not last.is_all_bold or line.lead > 0


@dataclass(frozen=True)
class Paragraph:
    """Lines of one paragraph, with the edges of their strip in points.

    `size`: of its characters. `printed`: its lines, separated by spaces. `is_bold`: every word is. `is_indented`: its
    first line begins further right than the strip.
    """

    lines: tuple[Line, ...]
    x0: float
    x1: float
    size: float
    printed: Styled
    is_bold: bool
    is_indented: bool

    @property
    def text(self) -> str:
        """The characters."""
        return self.printed.text

    @property
    def page(self) -> int:
        """Page on which it stands."""
        return self.lines[0].page

    @property
    def is_full(self) -> bool:
        """Whether the last line reaches the right edge, so that the paragraph may continue elsewhere."""
        return self.lines[-1].x1 > self.x1 - 1.5 * self.size


def paragraphs(strip: Strip) -> list[Paragraph]:
    """Cut a strip where a paragraph begins."""
    measure = _Measure(strip) if len(strip.lines) > 1 else None
    starts = [i for i in range(1, len(strip.lines)) if measure and measure.begins(i)]
    return [_paragraph(strip, strip.lines[a:b]) for a, b in pairwise([0, *starts, len(strip.lines)])]


def _paragraph(strip: Strip, held: Sequence[Line]) -> Paragraph:
    return Paragraph(
        lines=tuple(held),
        x0=strip.x0,
        x1=strip.x1,
        size=median(line.size for line in held),
        printed=styled((line.printed for line in held), " "),
        is_bold=all(line.is_all_bold for line in held),
        is_indented=strip.is_in(held[0]),
    )


class _Measure:
    """How the lines of a strip are spaced and indented."""

    def __init__(self, strip: Strip) -> None:
        lines = strip.lines
        self._strip = strip
        self._pitch = median(a.baseline - b.baseline for a, b in pairwise(lines))
        inner = sum(map(strip.is_in, lines))
        # The first line of a paragraph stands out to the left, as in lists and bibliographies.
        self._is_hanging = not strip.is_in(lines[0]) and inner * 2 >= len(lines) - 1 and inner > 0

    def begins(self, i: int) -> bool:
        """Tell whether line `i` begins a paragraph."""
        strip = self._strip
        before, line = strip.lines[i - 1], strip.lines[i]
        if before.baseline - line.baseline > _WIDE * self._pitch:
            return True
        if BULLET.match(line.text) or before.heading != line.heading:
            return True
        if self._is_hanging:
            return not strip.is_in(line)
        if (strip.is_in(line) and not strip.is_in(before)) or _NUMBERED.match(line.text):
            return True
        is_short = before.x1 < strip.x1 - _SHORT * (strip.x1 - strip.x0)
        return is_short and is_ended(before.printed)


def is_ended(printed: Styled, stops: str = ".?!:") -> bool:
    """Tell whether a text ends with one of the stops; markers behind it don't count."""
    rest = printed.strip()
    while True:
        marker = _MARKER.search(rest.text)
        start = rest.closing_superscript() if marker is None else marker.start()
        if start is None:
            return rest.text.rstrip(_CLOSING).endswith(tuple(stops))
        rest = rest[:start]
