"""Lines that lie upon others: layers left under a figure, bold made by printing twice."""

from collections import defaultdict
from collections.abc import Sequence

from ingest.pdf.lines.line import Line

_BAND = 12.0


def without_layers(found: Sequence[Line]) -> list[Line]:
    """Lines in order without those that lie upon an earlier one."""
    heights: dict[int, list[Line]] = defaultdict(list)
    kept: list[Line] = []
    for line in found:
        level = int(line.baseline // _BAND)
        near = (other for at in (level - 1, level, level + 1) for other in heights[at])
        if not any(_lies_upon(line, other) for other in near):
            kept.append(line)
            heights[level].append(line)
    return kept


def _lies_upon(line: Line, other: Line) -> bool:
    size = min(line.size, other.size)
    if abs(line.baseline - other.baseline) >= min(0.6 * size, _BAND):
        return False
    shared = min(line.x1, other.x1) - max(line.x0, other.x0)
    return shared > 0.6 * max(min(line.x1 - line.x0, other.x1 - other.x0), size)
