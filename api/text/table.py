"""A table for a terminal: columns as wide as they have to be, the widest text cut where the line is too long."""

from collections.abc import Sequence

from api.text.terminal import bold, printable

GAP = 2
# A column of text isn't cut to less than this.
LEAST = 12


def table_lines(heads: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """The rows under their heads, numbers to the right; no line without rows.

    A line is at most `columns` wide as long as each column keeps LEAST characters.
    """
    if not rows:
        return []
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [min(columns, max(map(len, column))) for column in zip(heads, *cells, strict=True)]
    while sum(widths) + GAP * (len(widths) - 1) > columns and max(widths) > LEAST:
        widths[widths.index(max(widths))] -= 1
    is_number = [all(cell.isdigit() or not cell for cell in column) for column in zip(*cells, strict=True)]
    fits = list(zip(widths, is_number, strict=True))
    lines = [[_fitted(cell, *fit) for cell, fit in zip(row, fits, strict=True)] for row in (heads, *cells)]
    head, *body = [(" " * GAP).join(line).rstrip() for line in lines]
    return [bold(head), *body]


def _fitted(cell: str, width: int, is_number: bool) -> str:
    shown = cell if len(cell) <= width else f"{cell[: width - 1].rstrip()}…"
    return shown.rjust(width) if is_number else shown.ljust(width)
