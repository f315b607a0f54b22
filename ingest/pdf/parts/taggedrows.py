"""Put a table's words together to the rows and cells that the file tags, where the print agrees."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise

from ingest.pdf.lines.line import Line, line_of
from ingest.pdf.parts.cells import Cell, cell_of

_FEWEST = 2


def tagged_rows(lines: Sequence[Line]) -> list[list[Cell]]:
    """Return the tagged rows from the top down; [] unless every word is tagged as of a cell of one table.

    [] too if the rows don't stand below each other or the cells of one not side by side.
    """
    parts: dict[tuple[int, int], list[Line]] = defaultdict(list)
    tables = set[int]()
    for line in lines:
        for tag, runs in groupby(line.placed, key=lambda placed: placed[0].tag):
            numbers = [int(number) for number in tag.split(".") if number.isdecimal()]
            if len(numbers) != 3:
                return []
            table, row, cell = numbers
            tables.add(table)
            parts[row, cell].append(line_of(line.page, tuple(runs), line.size, line.baseline))
    rows: dict[int, list[Cell]] = defaultdict(list)
    for (row, _), held in sorted(parts.items()):
        rows[row].append(cell_of(sorted(held, key=lambda part: -part.baseline)))
    found = list(rows.values())
    return found if len(tables) == 1 and len(found) >= _FEWEST and _is_as_printed(found) else []


def _is_as_printed(rows: Sequence[Sequence[Cell]]) -> bool:
    tops = [max(cell.top for cell in row) for row in rows]
    is_below = all(upper > lower for upper, lower in pairwise(tops))
    return is_below and all(right.x0 >= left.x1 - 1 for row in rows for left, right in pairwise(row))
