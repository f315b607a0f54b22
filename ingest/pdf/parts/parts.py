"""Tell what each paragraph of a document is: title, heading, table, bibliography entry, words of a figure."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby

from evqa.language.words import squeeze
from ingest.markup.patterns import YEAR
from ingest.pdf.known.records import UNREAD, Known
from ingest.pdf.lines.paragraphs import BULLET, Paragraph
from ingest.pdf.parts.headings import bibliography_heading, headings, style
from ingest.pdf.parts.look import Look
from ingest.pdf.parts.outlined import levels_of, outlined
from ingest.pdf.parts.tables import tables
from ingest.pdf.parts.tagged import tagged
from ingest.structure.floats import labelled
from ingest.structure.headings import is_bibliography

_FEWEST_LETTERS, _MOST_TITLE_LINES = 15, 8
_FEWEST = 3
_MOST_WORDS, _MOST_LINES = 8, 2
_YEAR = re.compile(rf"\b{YEAR}\b")
_DIGIT = re.compile(r"\d")
_MARKER = re.compile(r"\[\d+(?:[,–-]\s?\d+)*\]|\(\d+(?:[,–-]\s?\d+)+\)|\bet al\b")


@dataclass(frozen=True)
class Parts:
    """The parts of a document, by indexes of paragraphs; everything else is running text.

    `tables`: where each ends, by where it begins. `listed`: the bibliography's heading. `scraps`: words of figures.
    `levels`: of headings, 1 the highest, where the file tells them.
    """

    title: range
    tables: Mapping[int, int]
    headings: Set[int]
    listed: int | None
    scraps: Set[int]
    levels: Mapping[int, int] = field(default_factory=dict)

    def end_of_list(self, start: int, end: int) -> int:
        """Return where the entries that begin at `start` end, at most `end`: at the next heading or table."""
        return next((i for i in range(start, end) if i in self.headings or i in self.tables), end)


def parts_of(paragraphs: Sequence[Paragraph], look: Look, title: range, known: Known = UNREAD) -> Parts:
    """Find the parts of a document. `title`: the paragraphs that print it. `known`: what the file knows of itself."""
    listed = bibliography_heading(paragraphs, look)
    held = tables(paragraphs, look, title.stop, listed)
    inside = {i for start, end in held.items() for i in range(start, end)}
    told = outlined(paragraphs, known.outline)
    heads = headings(paragraphs, look, title.stop, inside)
    marked = tagged(paragraphs)
    heads |= {i for i in {**told, **marked} if i >= title.stop and i not in inside}
    heads -= repeated(paragraphs, title)
    heads -= {i for i in heads if i != listed and is_column_of_references(paragraphs, i, heads)}
    kept = {*_before_text(paragraphs, heads, title.stop), *heads, *inside, *_listed(paragraphs, listed)}
    levels = levels_of(sorted(heads), told if len(told) >= len(marked) else marked, lambda i: style(paragraphs[i]))
    return Parts(title, held, heads, listed, scraps(paragraphs, look, kept), levels)


def _before_text(paragraphs: Sequence[Paragraph], heads: Set[int], start: int) -> range:
    """Return the first page and everything before the first heading."""
    opening = min((i for i in heads if i >= start), default=len(paragraphs))
    return range(max(opening, sum(p.page == paragraphs[0].page for p in paragraphs)))


def _listed(paragraphs: Sequence[Paragraph], listed: int | None) -> range:
    return range(len(paragraphs) if listed is None else listed, len(paragraphs))


def repeated(paragraphs: Sequence[Paragraph], title: range) -> set[int]:
    """Return the paragraphs that print the title again: a cover page, or a running head that the page numbers miss."""
    letters = squeeze(" ".join(paragraphs[i].text for i in title))
    found = {i for i, p in enumerate(paragraphs) if len(p.lines) <= _MOST_TITLE_LINES and i not in title}
    return {
        i
        for i in found
        if len(own := squeeze(paragraphs[i].text)) >= _FEWEST_LETTERS
        and (letters.startswith(own) or (len(own) * 2 > len(letters) and own in letters))
    }


def is_column_of_references(paragraphs: Sequence[Paragraph], at: int, heads: Set[int]) -> bool:
    """Tell whether a "References" heads no entries, but a table's column: too few years stand below it."""
    if not is_bibliography(paragraphs[at].text):
        return False
    end = min((i for i in heads if i > at), default=len(paragraphs))
    return sum(len(_YEAR.findall(p.text)) for p in paragraphs[at:end]) < _FEWEST


def scraps(paragraphs: Sequence[Paragraph], look: Look, kept: Set[int]) -> set[int]:
    """Return the words inside figures, such as an axis' scale: three short paragraphs or more in a row, none `kept`."""
    labels = [(p.page, label) for p in paragraphs if (label := labelled(p.text))]
    illustrated = {page for page, label in labels if not label[0].startswith("Table")}
    flags = [i not in kept and p.page in illustrated and _is_scrap(p, look) for i, p in enumerate(paragraphs)]
    runs = [[i for i, _ in run] for is_scrap, run in groupby(enumerate(flags), key=lambda one: one[1]) if is_scrap]
    return {i for run in runs if len(run) >= _FEWEST for i in run}


def _is_scrap(paragraph: Paragraph, look: Look) -> bool:
    is_short = len(paragraph.text.split()) <= _MOST_WORDS and len(paragraph.lines) <= _MOST_LINES
    is_narrow = max(line.x1 - line.x0 for line in paragraph.lines) < 0.6 * look.width
    is_prose = (
        paragraph.text[-1] in ".:;" or _MARKER.search(paragraph.text) or paragraph.printed.has_superscript(_DIGIT)
    )
    return is_short and is_narrow and not (is_prose or labelled(paragraph.text) or BULLET.match(paragraph.text))
