"""Blocks of a document before their offsets are known."""

from dataclasses import dataclass

from evqa.model import BlockKind, Reference
from ingest.markup.styled import NOTHING, Styled

# The cells of a table by row.
Grid = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class LinkedMarker:
    """A marker that the file links to its entries: its offsets in the block's text, and the entries' numbers.

    `missing`: printed numbers without an entry. `reason`: what is wrong, "" if nothing is. `linked`: entries that links
    lead to although other numbers are printed. `unlinked`: years printed in it without a link.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    missing: tuple[int, ...] = ()
    reason: str = ""
    linked: tuple[int, ...] = ()
    unlinked: tuple[int, ...] = ()


@dataclass(frozen=True)
class DraftBlock:
    """A block of a document, its text not placed yet.

    `text`: canonical; a table's rows are lines, its cells separated by tabs. `printed`: the characters with their
    styles, for blocks whose styles matter later. `lead`: length of a caption's label or a heading's number. `rows`: a
    table's cells, the head first. `number`: an entry's, as printed, else 0. `level`: a heading's, by the number of '#'.

    Formats that know more also fill these. `depth`: a heading's level, 1 the highest; 0 if only `level` is known.
    `marks`: the linked markers. `entry`: an entry's fields. `spanned`: a table's body rows, spanning cells repeated.
    `is_rest`: the layout shows that the block continues the text before it. `turns`: offsets at which pages begin, with
    their numbers.
    """

    kind: BlockKind
    text: str
    printed: Styled = NOTHING
    level: int = 0
    label: str = ""
    lead: int = 0
    rows: Grid = ()
    number: int = 0
    page: int | None = None
    is_item: bool = False
    depth: int = 0
    marks: tuple[LinkedMarker, ...] = ()
    entry: Reference | None = None
    is_rest: bool = False
    name: str | None = None
    turns: tuple[tuple[int, int], ...] = ()
    spanned: Grid = ()
