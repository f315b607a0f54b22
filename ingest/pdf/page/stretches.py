"""List the statements that a page can show: sentences, table rows and entries."""

from bisect import bisect_right

from evqa.model import Document
from ingest.pdf.page.places import Stretch


def stretches(document: Document) -> list[Stretch]:
    """Return the statements with the pages on which they begin, in printed order; [] for a document without pages."""
    blocks = document.blocks
    starts = [block.start for block in blocks]

    def page(at: int) -> int:
        place = bisect_right(starts, at) - 1
        return (blocks[place].page if place >= 0 else None) or 0

    spans = [(sentence.start, sentence.end, sentence.page or 0) for sentence in document.sentences]
    spans += [(row.start, row.end, page(row.start)) for table in document.tables for row in table.rows]
    spans += [
        (entry.start, entry.end, page(entry.start))
        for entry in document.references
        if entry.start is not None and entry.end is not None
    ]
    return [Stretch(*span) for span in sorted(spans) if span[2]]
