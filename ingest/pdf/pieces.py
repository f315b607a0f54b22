"""The pages of a PDF as pieces: headings, paragraphs, tables and captions in reading order."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.floats import labelled
from ingest.headings import is_abstract, is_abstract_part, is_back, is_bibliography, is_keywords, split_heading
from ingest.layout import Piece
from ingest.pdf.entries import entry_pieces
from ingest.pdf.extract import Page
from ingest.pdf.lines import lines
from ingest.pdf.margins import without_margins
from ingest.pdf.paragraphs import Paragraph, paragraphs, strips
from ingest.pdf.tables import is_table_label, table_rows

_SENTENCE_END = re.compile(r"[.?!:;][\"”’)\]]*(?:<sup>[^<]*</sup>|\s?[(\[][\d\s,;–—-]+[)\]])*\s*$")
_LONGEST_HEADING = 160
_SAME = 0.06


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
    return list(_pieces(found, look))


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


def _pieces(found: Sequence[Paragraph], look: Look) -> Iterator[Piece]:
    title = _title(found)
    headings = _headings(found, look, title)
    styles = sorted({_style(found[i]) for i in headings})
    at = 0
    is_listed = False
    open_text: Paragraph | None = None
    while at < len(found):
        paragraph = found[at]
        words = paragraph.bare
        if title and at == title[0]:
            yield Piece("heading", _texts(found[title[0] : title[1]]), level=1, page=paragraph.page)
            at = title[1]
            continue
        if not is_listed and is_table_label(paragraph.text):
            end = _table_end(found, at + 1, look, headings)
            yield from _table(found[at], found[at + 1 : end])
            at = end
            continue
        if at in headings and not (is_listed and not _is_known(words)):
            yield Piece("heading", (words,), level=2 + styles.index(_style(paragraph)), page=paragraph.page)
            is_listed = is_bibliography(words)
            open_text = None
            at += 1
            continue
        if is_listed:
            end = at
            while end < len(found) and not (end in headings and _is_known(found[end].bare)):
                end += 1
            yield from entry_pieces([line for p in found[at:end] for line in p.lines])
            at = end
            continue
        is_rest = open_text is not None and _continues(open_text, paragraph, look)
        yield from _by_page(paragraph, is_rest=is_rest)
        if look.is_body(paragraph) and not labelled(paragraph.text):
            open_text = paragraph
        at += 1


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


def _headings(found: Sequence[Paragraph], look: Look, title: tuple[int, int] | None) -> set[int]:
    """Which paragraphs are headings; between the title and the first known one there are names, not headings."""
    marked = [i for i, p in enumerate(found) if _is_heading(p, look) and not _is_loose(found, i)]
    start = title[1] if title else 0
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
    if is_small or (words[-1] in ".:" and len(words.split()) > 12):
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


def _by_page(paragraph: Paragraph, *, is_rest: bool) -> Iterator[Piece]:
    texts = [line.text for line in paragraph.lines]
    if not paragraph.is_bold and (lead := paragraph.lines[0].lead):
        texts[0] = f"**{texts[0][:lead].strip()}**{texts[0][lead:]}"
    yield Piece("paragraph", tuple(texts), page=paragraph.page, is_rest=is_rest)


def _table_end(found: Sequence[Paragraph], at: int, look: Look, headings: set[int]) -> int:
    page = found[at - 1].page
    while at < len(found) and found[at].page == page and not _ends_table(found[at], at in headings, look):
        at += 1
    return at


def _ends_table(paragraph: Paragraph, is_heading: bool, look: Look) -> bool:
    if labelled(paragraph.text) and len(paragraph.text) > 12:
        return True
    width = paragraph.x1 - paragraph.x0
    is_text = look.is_body(paragraph) and width > 0.8 * look.width and len(paragraph.text.split()) > 6
    return is_text or (is_heading and (look.size * 1.02 < paragraph.size or _is_known(paragraph.bare)))


def _table(label: Paragraph, body: Sequence[Paragraph]) -> Iterator[Piece]:
    yield Piece("paragraph", tuple(line.text for line in label.lines), page=label.page)
    by_page = groupby([line for p in body for line in p.lines], key=lambda line: line.page)
    for page, printed in by_page:
        rows, rest = table_rows(list(printed))
        if rows:
            yield Piece("table", tuple("\t".join(row) for row in rows), rows=rows, page=page)
        for paragraph in rest:
            yield Piece("paragraph", tuple(paragraph), page=page)
