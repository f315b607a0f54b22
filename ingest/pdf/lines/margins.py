"""Remove running heads and feet, page numbers and line numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.pdf.lines.line import Line

_ZONE = 0.12
_NEAR = 3.0
_NUMBER = re.compile(r"(?:page\s*)?[a-z]?\d{1,6}(?:\s*(?:of|/|\(page number not for citation purposes\))\s*\d*)?", re.I)
_WORDLESS = re.compile(r"[\W\d_]*")
_LINE_NUMBER = re.compile(r"\d{1,4}")
_FEWEST = 8


def without_margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Drop each page's lines that other pages repeat at the same height, that are tagged so, and page numbers."""
    repeated = _repeated(pages, heights)
    kept = [[line for line in page if not _is_margin(line, height, repeated)] for page, height in _both(pages, heights)]
    return [_without_line_numbers(page) for page in kept]


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


def _is_margin(line: Line, height: float, repeated: dict[str, list[float]]) -> bool:
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


def _without_line_numbers(page: Sequence[Line]) -> list[Line]:
    """Drop the numbers that a manuscript prints beside every line."""
    numbers = [line for line in page if _LINE_NUMBER.fullmatch(line.text.strip())]
    left = [line for line in numbers if abs(line.x1 - min((n.x1 for n in numbers), default=0.0)) < _NEAR]
    values = [int(line.text) for line in left]
    rising = sum(b - a in (1, 5) for a, b in pairwise(values))
    if len(left) < _FEWEST or rising < len(left) * 0.8:
        return list(page)
    return [line for line in page if line not in left]
