"""Remove running heads and feet, and page numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set

from ingest.pdf.lines.line import Line

_ZONE = 0.12
_NEAR = 3.0
_NUMBER = re.compile(r"(?:page\s*)?[a-z]?\d{1,6}(?:\s*(?:of|/|\(page number not for citation purposes\))\s*\d*)?", re.I)
_FEWEST_PAGES = 3
_APART = 2.0
_WORDLESS = re.compile(r"[\W\d_]*")


def without_margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Drop each page's lines that other pages repeat at the same height, that are tagged so, and page numbers."""
    repeated = _repeated(pages, heights)
    counted = _counted(pages, heights)
    both = _both(pages, heights)
    return [[line for line in page if not _is_margin(line, height, repeated, counted)] for page, height in both]


def _both(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[tuple[Sequence[Line], float]]:
    return list(zip(pages, heights, strict=True))


def _in_zone(line: Line, height: float) -> bool:
    return not _ZONE * height < line.baseline < (1 - _ZONE) * height


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip().casefold()


def _repeated(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> dict[str, list[float]]:
    """Return the heights of lines that stand in the margins of two pages or more."""
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page, height in _both(pages, heights):
        for line in page:
            if _in_zone(line, height):
                seen[_pattern(line)].append((line.page, line.baseline))
    return {text: [y for _, y in places] for text, places in seen.items() if len({page for page, _ in places}) > 1}


def _counted(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[int]:
    """Return the ids of lines that number the pages: numbers alone at one height that grow with the pages.

    They may stand further inside than other margins, as a page's highest or lowest line. In a document of two pages
    they must stand apart from the text as well.
    """
    found: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for page, height in _both(pages, heights):
        ends = {min(heights_of), max(heights_of)} if (heights_of := [line.baseline for line in page]) else set()
        for line in page:
            if (line.baseline in ends or _in_zone(line, height)) and line.text.strip().isdecimal():
                found[int(line.text) - line.page, round(line.baseline / _NEAR)].append(line)
    if len(pages) < _FEWEST_PAGES:
        lone = _lone(pages)
        return {id(line) for lines in found.values() if len(lines) > 1 for line in lines if id(line) in lone}
    return {id(line) for lines in found.values() if len(lines) >= _FEWEST_PAGES for line in lines}


def _lone(pages: Sequence[Sequence[Line]]) -> set[int]:
    """Return the ids of the highest and lowest lines that stand apart from all others of their page."""
    lone: set[int] = set()
    for page in pages:
        for line in page:
            others = [line.baseline - other.baseline for other in page if other is not line]
            is_end = all(gap > 0 for gap in others) or all(gap < 0 for gap in others)
            if is_end and min(map(abs, others), default=0.0) > _APART * line.size:
                lone.add(id(line))
    return lone


def _is_margin(line: Line, height: float, repeated: dict[str, list[float]], counted: Set[int]) -> bool:
    if id(line) in counted:
        return True
    if not _in_zone(line, height):
        return False
    if line.is_artifact:
        return True
    pattern = _pattern(line)
    others = repeated.get(pattern, [])
    is_again = sum(abs(y - line.baseline) <= _NEAR for y in others) > 1
    is_extreme = not 0.08 * height < line.baseline < 0.92 * height
    is_number = is_extreme and bool(_NUMBER.fullmatch(line.text.strip()))
    return is_number or (is_again and not _WORDLESS.fullmatch(pattern)) or (is_again and is_extreme)
