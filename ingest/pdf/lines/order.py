"""Put the lines of a page in the order of its columns where the file's own order contradicts them.

Files print columns one after the other, and the reading order is theirs. It isn't where lines jump from column to
column or upwards again and again: then the lines between those that cross the page are sorted, left column first.
Cells of tables jump too; they are too narrow to count.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.pdf.lines.line import Line

_LABEL = re.compile(r"[\[(]?\d{1,3}[\].)]{0,2}", re.ASCII)
_LEVEL, _NEAR, _BACK = 0.15, 4.0, 16
_FEWEST, _SHARE = 8, 0.3
_NARROWEST, _WIDEST = 0.25, 0.55


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in reading order."""
    found = _labels_first(lines)
    text = _columns_text(found)
    gutter = _gutter(text)
    if gutter is None or 2 * len(text) < len(found) or not _is_chaotic(text, gutter):
        return found
    return _by_column(found, gutter)


def _labels_first(lines: Sequence[Line]) -> list[Line]:
    """Put labels that count before the lines that stand to their right, if the file prints them later."""
    pairs = [
        (line, other) for at, line in enumerate(lines) if (other := _labelled_by(line, lines[max(0, at - _BACK) : at]))
    ]
    numbers = {_number(label) for label, _ in pairs}
    found = list(lines)
    for label, line in pairs:
        if {_number(label) - 1, _number(label) + 1} & numbers:
            found.remove(label)
            found.insert(found.index(line), label)
    return found


def _number(label: Line) -> int:
    return int(label.text.strip(" [](.)"))


def _labelled_by(label: Line, before: Sequence[Line]) -> Line | None:
    if not _LABEL.fullmatch(label.text.strip()):
        return None
    return next((line for line in reversed(before) if _is_labelled_by(line, label)), None)


def _is_labelled_by(line: Line, label: Line) -> bool:
    is_level = abs(line.baseline - label.baseline) < _LEVEL * line.size
    return is_level and 0 < line.x0 - label.x1 < _NEAR * line.size


def _columns_text(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that are as wide as a column of several."""
    if not lines:
        return []
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    return [line for line in lines if _NARROWEST * width < line.x1 - line.x0 < _WIDEST * width]


def _gutter(text: Sequence[Line]) -> float | None:
    """Return the middle of the space between two columns of lines; None if there aren't two."""
    edges = sorted((line.x0, line.x1) for line in text)
    reach = float("-inf")
    for i, (x0, x1) in enumerate(edges):
        if i >= _FEWEST and len(edges) - i >= _FEWEST and x0 > reach:
            return (reach + x0) / 2
        reach = max(reach, x1)
    return None


def _is_chaotic(text: Sequence[Line], gutter: float) -> bool:
    """Tell whether the file's order jumps between columns or upwards again and again."""
    jumps = sum(
        (before.x0 < gutter) != (line.x0 < gutter) or line.baseline > before.baseline + line.size
        for before, line in pairwise(text)
    )
    return jumps >= max(_FEWEST, _SHARE * len(text))


def _by_column(lines: Sequence[Line], gutter: float) -> list[Line]:
    """Sort lines: those that cross the gutter divide the page into bands; in a band the left column comes first."""
    crossing = sorted((line.baseline for line in lines if line.x0 < gutter < line.x1), reverse=True)

    def place(line: Line) -> tuple[int, int, float, float]:
        is_across = line.x0 < gutter < line.x1
        band = sum(baseline > line.baseline for baseline in crossing)
        side = 0 if is_across else 1 if line.x0 < gutter else 2
        return 2 * band + (not is_across), side, -round(line.baseline), line.x0

    return sorted(lines, key=place)
