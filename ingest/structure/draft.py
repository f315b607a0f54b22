"""The intermediate form: blocks in printed order, before offsets are known."""

from dataclasses import dataclass

from evqa.model import BlockKind, Reference
from ingest.markup.styled import NOTHING, Styled

# The cells of a table by row.
Grid = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class LinkedMarker:
    """A marker whose entries the file itself tells: its span in a block's text and their numbers.

    `missing`: numbers printed that no entry has; `reason` says what is wrong, "" if nothing is.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    missing: tuple[int, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class DraftBlock:
    """A block-to-be.

    `text`: canonical; of a table the rows, one a line, cells parted by tabs. `printed`: what it was made of, with its
    styles, where that tells more.
    `lead`: how many characters of a caption are its label. `rows`: a table's cells, the head first.
    `number`: of a bibliography entry as printed; 0 elsewhere. `level`: of a heading, by the number of '#'.

    Formats that tell more fill the rest. `depth`: of a heading, 1 the highest; 0 where only `level` is known.
    `marks`: the markers in the text. `entry`: a bibliography entry's fields. `spanned`: a table's body rows with cells
    that span others repeated. `is_rest`: the layout shows that it goes on with the last text before it. `turns`:
    where in the text a page begins, and which.
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
    turns: tuple[tuple[int, int], ...] = ()
    spanned: Grid = ()
