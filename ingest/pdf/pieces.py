"""Turn the pages of a PDF into pieces in reading order: headings, paragraphs, tables, captions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.markup.inline import inline
from ingest.markup.styled import Span, Styled, styled
from ingest.pdf.file.extract import Page
from ingest.pdf.front.election import elected_title
from ingest.pdf.front.opening import opening_of
from ingest.pdf.known.records import UNREAD, Known
from ingest.pdf.lines.counting import without_line_numbers
from ingest.pdf.lines.line import Line
from ingest.pdf.lines.lines import lines
from ingest.pdf.lines.margins import without_margins
from ingest.pdf.lines.paragraphs import BULLET, Paragraph, is_ended, paragraphs, pitch_of, strips
from ingest.pdf.parts.entries import listing
from ingest.pdf.parts.headings import style
from ingest.pdf.parts.headlines import Numbers, apart, number_of, run_in, without_numbers
from ingest.pdf.parts.look import Look, look_of
from ingest.pdf.parts.parts import parts_of
from ingest.pdf.parts.rows import table_rows
from ingest.pdf.parts.targets import with_targets
from ingest.structure.floats import labelled
from ingest.structure.piece import Piece


def pieces(pages: Sequence[Page], known: Known = UNREAD) -> list[Piece]:
    """Return the pieces of a document, its pages and columns joined, without running heads and page numbers.

    `known`: what the file knows of itself.
    """
    layout = laid_out(pages, known)
    return pieces_of(layout, elected_title(opening_of(layout.paragraphs, layout.margins, known)), known)


@dataclass(frozen=True)
class Layout:
    """The paragraphs of a document in reading order, the lines of its running heads and feet, and the usual distance
    of its lines."""

    paragraphs: tuple[Paragraph, ...]
    margins: tuple[Line, ...]
    pitch: float


def laid_out(pages: Sequence[Page], known: Known = UNREAD) -> Layout:
    """Return what the pages print, as paragraphs."""
    all_lines = list(map(lines, without_line_numbers(pages)))
    kept = without_margins(all_lines, [page.height for page in pages])
    inside = {id(line) for page in kept for line in page}
    margins = tuple(line for page in all_lines for line in page if id(line) not in inside)
    printed = with_targets(kept, known.destinations)
    pitch = pitch_of([line for page in printed for line in page])
    found = tuple(p for page in printed for strip in strips(page, pitch) for p in paragraphs(strip))
    return Layout(found, margins, pitch)


def pieces_of(layout: Layout, title: range, known: Known) -> list[Piece]:
    """Return the pieces of a document from its paragraphs. `title`: those that print its title."""
    builder = _PieceBuilder(layout, title, known)
    return [piece for piece in map(_without_markup, builder.pieces()) if piece.text.strip()]


def _without_markup(piece: Piece) -> Piece:
    """Read a piece as Markdown: pages printed from Markdown may show its markup."""
    if piece.kind == "table":
        return replace(piece, rows=tuple(tuple(map(inline, row)) for row in piece.rows))
    text = inline(piece.whole)
    if text is piece.whole:
        return piece
    lines = text.lines() if len(piece.lines) > 1 else [text]
    return replace(piece, lines=tuple(line for line in lines if line.text.strip()))


class _PieceBuilder:
    """Turns the paragraphs of a document into pieces."""

    def __init__(self, layout: Layout, title: range, known: Known) -> None:
        paragraphs = layout.paragraphs
        self._pitch = layout.pitch
        self._paragraphs = paragraphs
        self._look = look_of(paragraphs)
        self._parts = parts_of(paragraphs, self._look, title, known)
        self._styles = sorted({style(paragraphs[i]) for i in self._parts.headings})
        self._open: Paragraph | None = None
        self._last_number = 0
        self._number: Numbers = ()

    def pieces(self) -> list[Piece]:
        """Return the pieces in order. The rest of a cut paragraph follows it, before the notes and floats between."""
        made: list[Piece] = []
        at = 0
        open_at = 0
        while at < len(self._paragraphs):
            end, parts = self._next(at)
            if parts and parts[0].is_rest:
                made.insert(open_at, parts[0])
                open_at += 1
            else:
                made += parts
                open_at = len(made) if self._open is self._paragraphs[end - 1] else open_at
            at = end
        return made

    def _next(self, at: int) -> tuple[int, list[Piece]]:
        """Return where the paragraphs of the next pieces end, and those pieces."""
        parts = self._parts
        if parts.title and at == parts.title.start:
            return parts.title.stop, [_title(self._paragraphs[at : parts.title.stop])]
        if at in parts.tables:
            return parts.tables[at], _table(self._paragraphs[at : parts.tables[at]])
        if at in parts.headings:
            return at + 1, self._headings(at)
        if at in parts.scraps:
            return at + 1, []
        if parts.listed is not None and at > parts.listed:
            return self._entries(at)
        return at + 1, self._running(at)

    def _entries(self, at: int) -> tuple[int, list[Piece]]:
        """Return the bibliography up to the next heading; it resumes where the next number stands."""
        end = self._parts.end_of_list(at, len(self._paragraphs))
        listed = listing([line for p in self._paragraphs[at:end] for line in p.lines], self._last_number, self._pitch)
        self._last_number = listed.last
        return end, listed.pieces

    def _headings(self, at: int) -> list[Piece]:
        """Return the headings of a paragraph, of which the last has a number that the next one follows."""
        paragraph = self._paragraphs[at]
        self._open = None
        level = 1 + (self._parts.levels.get(at) or 1 + self._styles.index(style(paragraph)))
        texts = [styled((line.printed for line in part), " ").text for part in apart(paragraph, self._look)]
        self._number = next((number for text in reversed(texts) if (number := number_of(text))), self._number)
        return [Piece("heading", (Styled(text),), level=level, page=paragraph.page) for text in texts]

    def _running(self, at: int) -> list[Piece]:
        """Return a paragraph, with a heading of its own if it begins with one."""
        paragraph = self._paragraphs[at]
        if not self._look.is_body(paragraph) or not (cut := run_in(paragraph, self._number)):
            return [self._paragraph(at)]
        heading, lines = cut
        self._number = number_of(heading.text)
        self._open = paragraph
        level = len(self._number) + 1
        told = Piece("heading", (heading,), level=level, page=paragraph.page)
        return [told, Piece("paragraph", tuple(line.without("link") for line in lines), page=paragraph.page)]

    def _paragraph(self, at: int) -> Piece:
        paragraph = self._paragraphs[at]
        is_rest = self._open is not None and _continues(self._open, paragraph, self._look)
        if self._look.is_body(paragraph) and not labelled(paragraph.text):
            self._open = paragraph
        return _paragraph(paragraph, is_rest)


def _title(paragraphs: Sequence[Paragraph]) -> Piece:
    lines = without_numbers([line.printed for p in paragraphs for line in p.lines])
    return Piece("heading", tuple(lines), level=1, page=paragraphs[0].page)


def _paragraph(paragraph: Paragraph, is_rest: bool) -> Piece:
    # Addresses behind the words belong to entries only: in a title page they would look like printed ones.
    first, *others = (line.printed.without("link") for line in paragraph.lines)
    if bullet := BULLET.match(first.text):
        return Piece("item", (first[bullet.end() :], *others), page=paragraph.page)
    if not paragraph.is_bold and (lead := len(first.text[: paragraph.lines[0].lead].rstrip())):
        start = lead - len(first.text[:lead].lstrip())
        first = replace(first, spans=tuple(sorted((Span(start, lead, "bold"), *first.spans), key=lambda s: s.start)))
    return Piece("paragraph", (first, *others), page=paragraph.page, is_rest=is_rest)


def _continues(before: Paragraph, paragraph: Paragraph, look: Look) -> bool:
    """Tell whether the layout shows that a paragraph continues an earlier one in another column or on another page."""
    if not (look.is_body(before) and look.is_body(paragraph)) or before.x1 - before.x0 < 0.6 * look.width:
        return False
    is_moved = before.page != paragraph.page or paragraph.lines[0].baseline > before.lines[-1].baseline
    return is_moved and before.is_full and not paragraph.is_indented and not (is_ended(before.printed, ".?!:;"))


def _table(body: Sequence[Paragraph]) -> list[Piece]:
    rows = table_rows(body)
    if not rows:
        return [Piece("paragraph", tuple(line.printed for line in p.lines), page=p.page) for p in body]
    return [Piece("table", rows=rows, page=body[0].page)]
