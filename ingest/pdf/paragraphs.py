"""Lines of a page put together to paragraphs by place: strips down a column, cut at indents, gaps and short lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.pdf.lines import Line

_SIZE = 0.08
_PITCH = 2.0
_INDENT = 0.6
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[A-Z]")
_ENDED = re.compile(r"[.?!:][\"”’)\]]*(?:<sup>[^<]*</sup>|\s?[(\[][\d\s,;–—-]+[)\]])*\s*$")


@dataclass
class Strip:
    """Lines of one size that follow each other down a column, without another between them."""

    lines: list[Line]

    @property
    def x0(self) -> float:
        """Left edge of the strip."""
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        """Right edge of the strip."""
        return max(line.x1 for line in self.lines)

    @property
    def size(self) -> float:
        """Size of its characters."""
        return median(line.size for line in self.lines)

    @property
    def page(self) -> int:
        """Page that it stands on."""
        return self.lines[0].page


def strips(page: Sequence[Line]) -> list[Strip]:
    """The strips of a page in the order of its lines."""
    found: list[Strip] = []
    for line in page:
        if found and _goes_on(found[-1], line):
            found[-1].lines.append(line)
        else:
            found.append(Strip([line]))
    return found


def _goes_on(strip: Strip, line: Line) -> bool:
    last = strip.lines[-1]
    if last.is_bold != line.is_bold and min(len(last.bare), len(line.bare)) > 3:
        return False
    if abs(line.size - last.size) > _SIZE * last.size:
        return False
    drop = last.baseline - line.baseline
    overlap = min(strip.x1, line.x1) - max(strip.x0, line.x0)
    return 0.4 * line.size < drop < _PITCH * line.size and overlap > 0.5 * min(strip.x1 - strip.x0, line.x1 - line.x0)


@dataclass
class Paragraph:
    """Lines of one paragraph with the edges of the strip it stands in.

    `is_indented`: whether its first line begins further right than its others do.
    """

    lines: list[Line]
    x0: float
    x1: float
    is_indented: bool = False

    @property
    def size(self) -> float:
        """Size of its characters."""
        return median(line.size for line in self.lines)

    @property
    def page(self) -> int:
        """Page on which it begins."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """Its lines in one, with markup."""
        return " ".join(line.text for line in self.lines)

    @property
    def bare(self) -> str:
        """Its lines in one, without markup."""
        return " ".join(line.bare for line in self.lines)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.is_all_bold for line in self.lines)

    @property
    def is_full(self) -> bool:
        """Whether the last line reaches the right edge, so that the paragraph may go on elsewhere."""
        return self.lines[-1].x1 > self.x1 - 1.5 * self.size


def paragraphs(strip: Strip) -> list[Paragraph]:
    """A strip cut where a paragraph begins: indented, after a wide gap, or after a last line that is short."""
    groups: list[list[Line]] = [[]]
    pitch = _pitch(strip)
    for i, line in enumerate(strip.lines):
        if i and _begins(strip, i, pitch):
            groups.append([])
        groups[-1].append(line)
    return [Paragraph(g, strip.x0, strip.x1, g[0].x0 > strip.x0 + _INDENT * g[0].size) for g in groups]


def _pitch(strip: Strip) -> float:
    drops = [a.baseline - b.baseline for a, b in zip(strip.lines, strip.lines[1:], strict=False)]
    return median(drops) if drops else 0.0


def _is_hanging(strip: Strip) -> bool:
    """Whether the first line of a paragraph stands out to the left, as in lists and bibliographies."""
    inner = sum(_is_in(strip, i) for i in range(len(strip.lines)))
    return not _is_in(strip, 0) and inner * 2 >= len(strip.lines) - 1 and inner > 0


def _is_in(strip: Strip, i: int) -> bool:
    return strip.lines[i].x0 > strip.x0 + _INDENT * strip.lines[i].size


def _begins(strip: Strip, i: int, pitch: float) -> bool:
    before, line = strip.lines[i - 1], strip.lines[i]
    if before.baseline - line.baseline > 1.3 * pitch:
        return True
    if _is_hanging(strip):
        return not _is_in(strip, i)
    if (_is_in(strip, i) and not _is_in(strip, i - 1)) or _NUMBERED.match(line.bare):
        return True
    is_short = before.x1 < strip.x1 - 0.15 * (strip.x1 - strip.x0)
    return is_short and bool(_ENDED.search(before.text))
