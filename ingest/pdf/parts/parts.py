"""What each paragraph of a document is: title, heading, table, entry of the bibliography, words of a figure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.headings import bibliography_heading, headings
from ingest.pdf.parts.look import Look
from ingest.pdf.parts.scraps import scraps
from ingest.pdf.parts.tables import tables
from ingest.pdf.parts.title import title_of


@dataclass(frozen=True)
class Parts:
    """The parts of a document by the indexes of their paragraphs; what stands in none of them is running text.

    `tables`: where each ends, by where it begins. `listed`: the bibliography's heading. `scraps`: words of figures.
    """

    title: range
    tables: Mapping[int, int]
    headings: Set[int]
    listed: int | None
    scraps: Set[int]

    def end_of_list(self, start: int, end: int) -> int:
        """Where the entries that begin at `start` end, before `end`: at the next heading or table."""
        return next((i for i in range(start, end) if i in self.headings or i in self.tables), end)


def parts_of(found: Sequence[Paragraph], look: Look) -> Parts:
    """The parts that a document's paragraphs make."""
    title = title_of(found)
    listed = bibliography_heading(found, look)
    held = tables(found, look, title.stop, listed)
    inside = {i for start, end in held.items() for i in range(start, end)}
    heads = headings(found, look, title.stop, inside)
    kept = {*_before_text(found, heads, title.stop), *heads, *inside, *_listed(found, listed)}
    return Parts(title, held, heads, listed, scraps(found, look, kept))


def _before_text(found: Sequence[Paragraph], heads: Set[int], start: int) -> range:
    """The first page, and all that stands before the first heading."""
    opening = min((i for i in heads if i >= start), default=len(found))
    return range(max(opening, sum(p.page == found[0].page for p in found)))


def _listed(found: Sequence[Paragraph], listed: int | None) -> range:
    return range(len(found) if listed is None else listed, len(found))
