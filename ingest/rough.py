"""The intermediate form: blocks in printed order, before offsets are known."""

from dataclasses import dataclass

from evqa.model import BlockKind
from ingest.layout import Grid


@dataclass(frozen=True)
class Rough:
    """A block-to-be.

    `text`: canonical; of a table the rows, one a line, cells parted by tabs. `raw`: as printed, with markup.
    `lead`: how many characters of a caption are its label. `rows`: a table's cells, the head first.
    `number`: of a bibliography entry as printed; 0 elsewhere. `level`: of a heading.
    """

    kind: BlockKind
    text: str
    raw: str = ""
    level: int = 0
    label: str = ""
    lead: int = 0
    rows: Grid = ()
    number: int = 0
    page: int | None = None
    is_item: bool = False
