"""What the readers of printed text hand over: the pieces of a text in printed order."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ingest.markup.styled import Styled, styled

PieceKind = Literal["heading", "paragraph", "item", "table"]
Rows = tuple[tuple[Styled, ...], ...]


@dataclass(frozen=True)
class Piece:
    """Printed lines of one kind.

    `level`: of a heading, 1 the highest. `rows`: a table's cells instead of lines, the first row its head. `page`
    counts from 1. `is_rest`: the layout shows that it goes on with the last paragraph before it.
    """

    kind: PieceKind
    lines: tuple[Styled, ...] = ()
    level: int = 0
    rows: Rows = ()
    page: int | None = None
    is_rest: bool = False

    @cached_property
    def whole(self) -> Styled:
        """The lines in one, parted by line feeds; of a table the cells of a row parted by tabs."""
        return styled(self.lines or (styled(row, "\t") for row in self.rows), "\n")

    @property
    def text(self) -> str:
        """The characters of the whole."""
        return self.whole.text
