"""The pages of a PDF as pieces: headings, paragraphs, tables and captions in reading order."""

import re
from collections.abc import Sequence

from ingest.pdf.file.extract import Page
from ingest.pdf.lines.lines import lines
from ingest.pdf.lines.margins import without_margins
from ingest.pdf.lines.paragraphs import BULLET, MARKERS_BEHIND, Paragraph, paragraphs, strips
from ingest.pdf.parts.entries import listing
from ingest.pdf.parts.headings import style
from ingest.pdf.parts.look import Look, look_of
from ingest.pdf.parts.parts import parts_of
from ingest.pdf.parts.rows import table_rows
from ingest.structure.floats import labelled
from ingest.structure.layout import Piece

_SENTENCE_END = re.compile(rf"[.?!:;]{MARKERS_BEHIND}")


def pieces(pages: Sequence[Page]) -> list[Piece]:
    """The pieces of a document, pages and columns joined, what the margins repeat left out."""
    printed = without_margins([lines(page) for page in pages], [page.height for page in pages])
    return _Walk([p for page in printed for strip in strips(page) for p in paragraphs(strip)]).pieces()


class _Walk:
    """Walks the paragraphs of a document and makes pieces of them."""

    def __init__(self, found: Sequence[Paragraph]) -> None:
        self._found = found
        self._look = look_of(found)
        self._parts = parts_of(found, self._look)
        self._styles = sorted({style(found[i]) for i in self._parts.headings})
        self._open: Paragraph | None = None
        self._last_number = 0

    def pieces(self) -> list[Piece]:
        """The pieces in order; the rest of a paragraph follows it, before the notes and floats that cut it."""
        made: list[Piece] = []
        at = 0
        open_at = 0
        while at < len(self._found):
            end, parts = self._next(at)
            if parts and parts[0].is_rest:
                made.insert(open_at, parts[0])
                open_at += 1
            else:
                made += parts
                open_at = len(made) if self._open is self._found[end - 1] else open_at
            at = end
        return made

    def _next(self, at: int) -> tuple[int, list[Piece]]:
        """Where the paragraphs end that one or several pieces are made of, and those pieces."""
        parts = self._parts
        if parts.title and at == parts.title.start:
            return parts.title.stop, [_title(self._found[at : parts.title.stop])]
        if at in parts.tables:
            return parts.tables[at], _table(self._found[at : parts.tables[at]])
        if at in parts.headings:
            return at + 1, [self._heading(at)]
        if at in parts.scraps:
            return at + 1, []
        if parts.listed is not None and at > parts.listed:
            return self._entries(at)
        return at + 1, [self._paragraph(at)]

    def _entries(self, at: int) -> tuple[int, list[Piece]]:
        """The bibliography up to the next heading; behind that it goes on where the next number stands."""
        end = self._parts.end_of_list(at, len(self._found))
        listed = listing([line for p in self._found[at:end] for line in p.lines], self._last_number)
        self._last_number = listed.last
        return end, listed.pieces

    def _heading(self, at: int) -> Piece:
        paragraph = self._found[at]
        self._open = None
        return Piece("heading", (paragraph.bare,), level=2 + self._styles.index(style(paragraph)), page=paragraph.page)

    def _paragraph(self, at: int) -> Piece:
        paragraph = self._found[at]
        is_rest = self._open is not None and _continues(self._open, paragraph, self._look)
        if self._look.is_body(paragraph) and not labelled(paragraph.text):
            self._open = paragraph
        return _paragraph(paragraph, is_rest)


def _title(found: Sequence[Paragraph]) -> Piece:
    return Piece("heading", tuple(line.text for p in found for line in p.lines), level=1, page=found[0].page)


def _paragraph(paragraph: Paragraph, is_rest: bool) -> Piece:
    texts = [line.text for line in paragraph.lines]
    if bullet := BULLET.match(texts[0]):
        return Piece("item", (texts[0][bullet.end() :], *texts[1:]), page=paragraph.page)
    if not paragraph.is_bold and (lead := paragraph.lines[0].lead):
        texts[0] = f"**{texts[0][:lead].strip()}**{texts[0][lead:]}"
    return Piece("paragraph", tuple(texts), page=paragraph.page, is_rest=is_rest)


def _continues(before: Paragraph, paragraph: Paragraph, look: Look) -> bool:
    """Whether the layout shows a paragraph to be the rest of an earlier one in another column or on another page."""
    if not (look.is_body(before) and look.is_body(paragraph)) or before.x1 - before.x0 < 0.6 * look.width:
        return False
    is_moved = before.page != paragraph.page or paragraph.lines[0].baseline > before.lines[-1].baseline
    return is_moved and before.is_full and not paragraph.is_indented and not _SENTENCE_END.search(before.text)


def _table(body: Sequence[Paragraph]) -> list[Piece]:
    rows = table_rows(body)
    if not rows:
        return [Piece("paragraph", tuple(line.text for line in p.lines), page=p.page) for p in body]
    return [Piece("table", tuple("\t".join(row) for row in rows), rows=rows, page=body[0].page)]
