"""The pages of a PDF as pieces: headings, paragraphs, tables and captions in reading order."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from ingest.floats import labelled
from ingest.headings import is_abstract, is_abstract_part, is_back, is_bibliography, is_keywords, split_heading
from ingest.layout import Piece
from ingest.pdf.entries import listing
from ingest.pdf.extract import Page
from ingest.pdf.lines import lines
from ingest.pdf.margins import without_margins
from ingest.pdf.paragraphs import BULLET, Paragraph, paragraphs, strips
from ingest.pdf.tables import is_table_label, regions, table_rows

_SENTENCE_END = re.compile(r"[.?!:;][\"”’)\]]*(?:<sup>[^<]*</sup>|\s?[(\[][\d\s,;–—-]+[)\]])*\s*$")
_LONGEST_HEADING = 160
_SAME = 0.06
_AFTER_LABEL = 4
_FEWEST_SCRAPS, _SCRAP = 3, 8
_MARKED = re.compile(r"\[\d[\d,\s–-]*\]\.?$|\(\d{1,3}\)\.$")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@dataclass(frozen=True)
class Look:
    """How the running text of a document is set: size of its characters, usual width of its lines."""

    size: float
    width: float

    def is_body(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is set as the running text is."""
        return abs(paragraph.size - self.size) <= _SAME * self.size


def pieces(pages: Sequence[Page]) -> list[Piece]:
    """The pieces of a document, pages and columns joined, what the margins repeat left out."""
    printed = without_margins([lines(page) for page in pages], [page.height for page in pages])
    found = [p for page in printed for strip in strips(page) for p in paragraphs(strip)]
    look = _look(found)
    return _Reading(found, look).pieces()


def _look(found: Sequence[Paragraph]) -> Look:
    stop = next((i for i, p in enumerate(found) if len(p.lines) == 1 and is_bibliography(p.lines[0].bare)), len(found))
    counts: Counter[float] = Counter()
    widths: Counter[float] = Counter()
    for paragraph in found[:stop]:
        if len(paragraph.lines) >= 3:
            counts[round(paragraph.size, 1)] += sum(len(line.bare) for line in paragraph.lines)
    size = counts.most_common(1)[0][0] if counts else 10.0
    for paragraph in found[:stop]:
        if abs(paragraph.size - size) < _SAME * size:
            widths[round(paragraph.x1 - paragraph.x0)] += len(paragraph.lines)
    return Look(size, float(widths.most_common(1)[0][0]) if widths else 200.0)


class _Reading:
    """Walks the paragraphs of a document and says what each is."""

    def __init__(self, found: Sequence[Paragraph], look: Look) -> None:
        self._found = found
        self._look = look
        self._title = _title(found)
        body = self._title[1] if self._title else 0
        self._list = _list_start(found, look)
        self._tables = _tables(found, look, body, self._list)
        self._headings = _headings(found, look, body, self._tables)
        self._styles = sorted({_style(found[i]) for i in self._headings})
        self._scraps = _scraps(found, look, self._kept(body))
        self._open: Paragraph | None = None
        self._listed = 0

    def _kept(self, body: int) -> set[int]:
        """Paragraphs that can't be words of a figure: before the text, headings, in tables and the bibliography."""
        inside = {i for a, b in self._tables.items() for i in range(a, b)}
        opening = min((i for i in self._headings if i >= body), default=len(self._found))
        listed = len(self._found) if self._list is None else self._list
        first = {i for i, p in enumerate(self._found) if p.page == self._found[0].page}
        return {*first, *range(opening), *self._headings, *inside, *range(listed, len(self._found))}

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
        if self._title and at == self._title[0]:
            lines = _texts(self._found[slice(*self._title)])
            return self._title[1], [Piece("heading", lines, level=1, page=self._found[at].page)]
        if at in self._tables:
            return self._tables[at], _table(self._found[at : self._tables[at]])
        if at in self._headings:
            return at + 1, [self._heading(at)]
        if at in self._scraps:
            return at + 1, []
        if self._list is not None and at > self._list:
            return self._entries(at)
        return at + 1, [self._paragraph(at)]

    def _entries(self, at: int) -> tuple[int, list[Piece]]:
        """The bibliography up to the next heading; behind that it goes on where the next number stands."""
        end = next(
            (i for i in range(at, len(self._found)) if i in self._headings or i in self._tables), len(self._found)
        )
        listed = listing([line for p in self._found[at:end] for line in p.lines], self._listed)
        self._listed = listed.last
        return end, listed.pieces

    def _heading(self, at: int) -> Piece:
        paragraph = self._found[at]
        self._open = None
        return Piece("heading", (paragraph.bare,), level=2 + self._styles.index(_style(paragraph)), page=paragraph.page)

    def _paragraph(self, at: int) -> Piece:
        paragraph = self._found[at]
        is_rest = self._open is not None and _continues(self._open, paragraph, self._look)
        if self._look.is_body(paragraph) and not labelled(paragraph.text):
            self._open = paragraph
        texts = [line.text for line in paragraph.lines]
        if bullet := BULLET.match(texts[0]):
            return Piece("item", (texts[0][bullet.end() :], *texts[1:]), page=paragraph.page)
        if not paragraph.is_bold and (lead := paragraph.lines[0].lead):
            texts[0] = f"**{texts[0][:lead].strip()}**{texts[0][lead:]}"
        return Piece("paragraph", tuple(texts), page=paragraph.page, is_rest=is_rest)


def _list_start(found: Sequence[Paragraph], look: Look) -> int | None:
    """The heading of the bibliography: of those that could be the one with most years below it."""
    named = [i for i, p in enumerate(found) if is_bibliography(p.bare) and _is_heading(p, look)]
    bounds = [*named[1:], len(found)]
    years = {i: sum(len(_YEAR.findall(p.bare)) for p in found[i:end]) for i, end in zip(named, bounds, strict=False)}
    return max(named, key=lambda i: (years[i], i), default=None)


def _tables(found: Sequence[Paragraph], look: Look, start: int, listed: int | None) -> dict[int, int]:
    """Where tables begin and end. One without a label counts only where no table of the document has one."""
    labels = [i for i, p in enumerate(found) if is_table_label(p.text)]
    end = len(found) if listed is None else next((i for i in labels if i > listed), len(found))
    is_text = [_is_text(p, look) or (listed is not None and listed <= i < end) for i, p in enumerate(found)]
    spans = [span for span in regions(found, is_text) if span[0] >= start]
    if not labels:
        return {a: b for a, b in spans if len(table_rows(found[a:b])) > 2}
    tables: dict[int, int] = {}
    for label, following in zip(labels, [*labels[1:], len(found)], strict=True):
        taken = max(tables.values(), default=0)
        span = _table_of(found, spans, label, following) or _around(found, is_text, label, taken)
        if span and span[0] >= max(taken, start):
            tables[span[0]] = span[1]
    return tables


def _table_of(
    found: Sequence[Paragraph], spans: Sequence[tuple[int, int]], label: int, following: int
) -> tuple[int, int] | None:
    """The stretch of cells below a label, or else the one that ends above it."""
    for start, end in spans:
        is_near = start <= label + _AFTER_LABEL and end > label + 1 and start < following
        if is_near and found[start].page == found[label].page:
            return max(start, label + 1), end
    above = [(start, end) for start, end in spans if 0 <= label - end <= _AFTER_LABEL]
    return above[-1] if above and found[above[-1][0]].page == found[label].page else None


def _around(found: Sequence[Paragraph], is_text: Sequence[bool], label: int, taken: int) -> tuple[int, int] | None:
    """Paragraphs below or above a label, up to the running text, where no cells stand side by side."""

    def is_held(i: int) -> bool:
        is_apart = is_text[i] or labelled(found[i].text) or _is_known(found[i].bare)
        return found[i].page == found[label].page and not is_apart

    end = label + 1
    while end < len(found) and is_held(end):
        end += 1
    first = label
    while first > taken and is_held(first - 1):
        first -= 1
    if end - label > _FEWEST_SCRAPS:
        return label + 1, end
    return (first, label) if label - first >= _FEWEST_SCRAPS else None


def _scraps(found: Sequence[Paragraph], look: Look, kept: Set[int]) -> set[int]:
    """Words inside figures, such as the scales of axes and the boxes of a flow chart: three or more in a row."""
    scraps: set[int] = set()
    run: list[int] = []
    for i in range(len(found) + 1):
        if i < len(found) and i not in kept and _is_scrap(found[i], look):
            run.append(i)
        else:
            scraps.update(run if len(run) >= _FEWEST_SCRAPS else [])
            run = []
    return scraps


def _is_scrap(paragraph: Paragraph, look: Look) -> bool:
    words = paragraph.bare.split()
    is_short = len(words) <= _SCRAP and len(paragraph.lines) <= 2 and paragraph.bare[-1] not in ".:;"
    width = max(line.x1 - line.x0 for line in paragraph.lines)
    return is_short and width < 0.6 * look.width and not labelled(paragraph.text) and not BULLET.match(paragraph.bare)


def _is_text(paragraph: Paragraph, look: Look) -> bool:
    width = paragraph.x1 - paragraph.x0
    return look.is_body(paragraph) and width > 0.8 * look.width and len(paragraph.lines) > 1


def _texts(found: Sequence[Paragraph]) -> tuple[str, ...]:
    return tuple(line.text for paragraph in found for line in paragraph.lines)


def _title(found: Sequence[Paragraph]) -> tuple[int, int] | None:
    """The paragraphs of the title: of the first page the largest characters that make more than two words."""
    first = [i for i, p in enumerate(found) if p.page == found[0].page] if found else []
    wordy = [
        i for i in first if len(" ".join(_texts([found[i]])).split()) >= 3 and found[i].lines[0].bare[:1].isalnum()
    ]
    if not wordy:
        return None
    start = max(wordy, key=lambda i: (round(found[i].size, 0), -i))
    end = start + 1
    while (
        end in first and abs(found[end].size - found[start].size) < 0.3 and found[end].is_bold == found[start].is_bold
    ):
        end += 1
    while (
        start - 1 in first
        and abs(found[start - 1].size - found[end - 1].size) < 0.3
        and found[start - 1].is_bold == found[end - 1].is_bold
    ):
        start -= 1
    return start, end


def _style(paragraph: Paragraph) -> tuple[float, bool, bool]:
    return -round(paragraph.size * 2) / 2, not paragraph.is_bold, not paragraph.bare.isupper()


def _headings(found: Sequence[Paragraph], look: Look, start: int, tables: Mapping[int, int]) -> set[int]:
    """Which paragraphs are headings; between the title and the first known one there are names, not headings."""
    inside = {i for a, b in tables.items() for i in range(a, b)}
    marked = [i for i, p in enumerate(found) if i not in inside and _is_heading(p, look) and not _is_loose(found, i)]
    opening = next((i for i in marked if i >= start and _opens(found[i].bare)), start)
    return {i for i in marked if i >= opening}


def _opens(words: str) -> bool:
    return _is_known(words) or split_heading(words).number is not None


def _is_known(words: str) -> bool:
    known = split_heading(words.strip()).words
    named = is_abstract(known) or is_keywords(known) or is_bibliography(known) or is_abstract_part(known)
    return named or (is_back(known) and len(known.split()) <= 8 and not re.search(r"[.:]\s*\S", known))


def _is_heading(paragraph: Paragraph, look: Look) -> bool:
    words = paragraph.bare.strip()
    if len(words) > _LONGEST_HEADING or len(paragraph.lines) > 3 or not re.search(r"[^\W\d_]{2}", words):
        return False
    if labelled(words) or words[-1] in ",;" or not words[0].isalnum() or words[0].islower():
        return False
    is_larger = paragraph.size > (1 + _SAME) * look.size
    is_small = paragraph.size < (1 - _SAME) * look.size
    if _is_known(words):
        return (
            paragraph.is_bold or is_larger or words.isupper() or (len(paragraph.lines) == 1 and words[-1] not in ".:")
        )
    if is_small or _MARKED.search(words) or (words[-1] in ".:" and len(words.split()) > 12):
        return False
    is_numbered = "." in (split_heading(words).number or "") and words[-1] != "." and len(words.split()) <= 16
    return paragraph.is_bold or is_larger or is_numbered


def _is_loose(found: Sequence[Paragraph], at: int) -> bool:
    """Whether nothing stands under a heading, so that it is a logo or a word of a figure."""
    if at + 1 == len(found):
        return True
    here, after = found[at], found[at + 1]
    is_apart = after.page != here.page and not is_bibliography(here.bare)
    return is_apart and here.lines[0].baseline > 400 and not _is_known(here.bare)


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
