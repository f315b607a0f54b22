"""A cell of a table: lines below each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf.lines.line import Line

_ASCENT, _DESCENT = 0.75, 0.2


@dataclass(frozen=True)
class Cell:
    """Lines of a table's cell, with its edges in points."""

    lines: tuple[Line, ...]
    x0: float
    x1: float
    top: float
    bottom: float

    def is_level_with(self, other: "Cell") -> bool:
        """Tell whether two cells share a good part of their height."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > 0.3 * min(self.top - self.bottom, other.top - other.bottom)

    def is_beside(self, other: "Cell") -> bool:
        """Tell whether two cells stand side by side."""
        return (self.x0 >= other.x1 - 1 or other.x0 >= self.x1 - 1) and self.is_level_with(other)


def cell_of(lines: Sequence[Line]) -> Cell:
    """Make one cell of lines below each other."""
    return Cell(
        tuple(lines),
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        lines[0].baseline + _ASCENT * lines[0].size,
        lines[-1].baseline - _DESCENT * lines[-1].size,
    )
