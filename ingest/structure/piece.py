"""The pieces of a text, in printed order: what readers of Markdown, plain text and PDF pass on."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ingest.markup.styled import Styled, styled

PieceKind = Literal["heading", "paragraph", "item", "table"]
Rows = tuple[tuple[Styled, ...], ...]


@dataclass(frozen=True)
class Piece:
    """Printed lines of one kind.

    `level`: a heading's, 1 the highest. `rows`: a table's cells, instead of lines, the head first. `page` counts from
    1. `is_rest`: the layout shows that it continues the paragraph before it.
    """

    kind: PieceKind
    lines: tuple[Styled, ...] = ()
    level: int = 0
    rows: Rows = ()
    page: int | None = None
    is_rest: bool = False

    @cached_property
    def whole(self) -> Styled:
        """The lines, separated by line feeds; of a table the rows, their cells separated by tabs."""
        return styled(self.lines or (styled(row, "\t") for row in self.rows), "\n")

    @property
    def text(self) -> str:
        """The characters of all lines."""
        return self.whole.text
