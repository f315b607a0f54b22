"""Write tagged parts as pieces: printed characters with their styles."""

from ingest.jats.math import FORMULAS, formula_text
from ingest.jats.table import table_block
from ingest.jats.xml import Element, href
from ingest.markers.marking import Entries
from ingest.markup.styled import Span, Style, Styled
from ingest.structure.piece import Piece, PieceKind
from ingest.tagged.parts import Part, PartKind

_STYLES: dict[str, Style] = {"bold": "bold", "italic": "italic", "sup": "raised", "ext-link": "link"}
_KINDS: dict[PartKind, PieceKind] = {"heading": "heading", "item": "item", "table": "table"}
_NO_ENTRIES = Entries({}, {})


def piece_of(part: Part) -> Piece:
    """Return a part as a piece of one line; a table as rows of cells."""
    kind = _KINDS.get(part.kind, "paragraph")
    if kind == "table":
        table = table_block(part.element, "", _NO_ENTRIES)
        rows = tuple(tuple(Styled(cell) for cell in row) for row in table.rows) if table else ()
        return Piece("table", rows=rows)
    return Piece(kind, (printed(part.element),), part.level)


def printed(element: Element) -> Styled:
    """Return an element's characters with their styles, white space as single blanks."""
    writer = _StyledWriter()
    writer.add(element)
    return writer.styled()


class _StyledWriter:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._is_apart = False
        self._spans: list[Span] = []

    def styled(self) -> Styled:
        spans = (s for s in self._spans if s.start < s.end)
        return Styled("".join(self._parts), tuple(sorted(spans, key=lambda s: (s.start, -s.end))))

    def add(self, element: Element) -> None:
        self._write(element.text)
        for child in element:
            tag = str(child.tag)
            start = self._length + (self._is_apart and self._length > 0)
            if tag in FORMULAS:
                self._write(formula_text(child))
            elif tag == "break":
                self._is_apart = True
            else:
                self.add(child)
            if tag in _STYLES:
                self._spans.append(Span(start, self._length, _STYLES[tag], href(child)))
            self._write(child.tail)

    def _write(self, text: str | None) -> None:
        if not text:
            return
        words = " ".join(text.split())
        self._is_apart = self._is_apart or text[0].isspace()
        if words:
            lead = " " if self._is_apart and self._length else ""
            self._parts.append(lead + words)
            self._length += len(lead + words)
            self._is_apart = text[-1].isspace()
