"""Find the tables of a document: near their labels, or in any group of cells if no table has a label."""

import re
from collections.abc import Sequence

from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.cells import cell_of
from ingest.pdf.parts.headings import is_known
from ingest.pdf.parts.look import Look
from ingest.pdf.parts.rows import table_rows
from ingest.structure.floats import labelled

_LABEL = re.compile(
    r"table\s+(?:S?\d{1,2}|[IVX]{1,5})\b(?!\s+(?:shows|lists|summari|presents|provides|and|gives))",
    re.IGNORECASE,
)
_AFTER_LABEL = 4
_FEWEST = 3
# Where a region begins and where it ends, by paragraphs.
Span = tuple[int, int]
_NEAR = 8
_FEWEST_CELLS = 4
_BETWEEN = 2


def tables(paragraphs: Sequence[Paragraph], look: Look, start: int, listed: int | None) -> dict[int, int]:
    """Return where tables end, by where they begin, as indexes of paragraphs; none before `start`.

    `listed`: the bibliography's heading. Tables without a label count only if no table of the document has one.
    """
    labels = [i for i, p in enumerate(paragraphs) if _LABEL.match(p.text)]
    entries = _entries(labels, listed, len(paragraphs))
    is_text = [look.is_text(p) or i in entries or i in labels for i, p in enumerate(paragraphs)]
    search = _Search(paragraphs, is_text, start)
    return search.labelled(labels) if labels else search.unlabelled()


def _entries(labels: Sequence[int], listed: int | None, end: int) -> range:
    """Return the bibliography, up to tables behind it."""
    return range(0) if listed is None else range(listed, next((i for i in labels if i > listed), end))


class _Search:
    """Searches the groups of cells in a document for tables."""

    def __init__(self, paragraphs: Sequence[Paragraph], is_text: Sequence[bool], start: int) -> None:
        self._paragraphs = paragraphs
        self._is_text = is_text
        self._start = start
        self._spans = [span for span in regions(paragraphs, is_text) if span[0] >= start]

    def unlabelled(self) -> dict[int, int]:
        """Return the groups with enough rows."""
        return {a: b for a, b in self._spans if len(table_rows(self._paragraphs[a:b])) >= _FEWEST}

    def labelled(self, labels: Sequence[int]) -> dict[int, int]:
        """Return for each label the table below or above it, none twice."""
        made: dict[int, int] = {}
        for label, following in zip(labels, [*labels[1:], len(self._paragraphs)], strict=True):
            taken = max(made.values(), default=0)
            span = self._below(label, following) or self._above(label) or self._around(label, taken)
            if span and span[0] >= max(taken, self._start):
                made[span[0]] = span[1]
        return made

    def _below(self, label: int, following: int) -> Span | None:
        for start, end in self._spans:
            is_near = start <= label + _AFTER_LABEL and end > label + 1 and start < following
            if is_near and self._is_on_page(start, label):
                return max(start, label + 1), end
        return None

    def _above(self, label: int) -> Span | None:
        ended = [span for span in self._spans if 0 <= label - span[1] <= _AFTER_LABEL]
        return ended[-1] if ended and self._is_on_page(ended[-1][0], label) else None

    def _around(self, label: int, taken: int) -> Span | None:
        """Return the paragraphs below or above a label, up to the running text, if no cells stand side by side."""
        end = label + 1
        while self._may_hold(end, label):
            end += 1
        start = label
        while start > taken and self._may_hold(start - 1, label):
            start -= 1
        if end - label > _FEWEST:
            return label + 1, end
        return (start, label) if label - start >= _FEWEST else None

    def _may_hold(self, i: int, label: int) -> bool:
        if i >= len(self._paragraphs) or not self._is_on_page(i, label):
            return False
        return not (self._is_text[i] or labelled(self._paragraphs[i].text) or is_known(self._paragraphs[i].text))

    def _is_on_page(self, i: int, label: int) -> bool:
        return self._paragraphs[i].page == self._paragraphs[label].page


def regions(paragraphs: Sequence[Paragraph], is_text: Sequence[bool]) -> list[tuple[int, int]]:
    """Return groups of paragraphs, as index ranges, most of which stand side by side on one page.

    `is_text`: for each paragraph whether it is running text, which no table holds.
    """
    beside = sorted(_side_by_side(paragraphs, is_text))
    spans: list[list[int]] = []
    for i in beside:
        is_near = spans and i - spans[-1][-1] <= _BETWEEN + 1 and paragraphs[i].page == paragraphs[spans[-1][-1]].page
        if is_near and not any(is_text[spans[-1][-1] : i]):
            spans[-1].append(i)
        else:
            spans.append([i])
    return [(span[0], span[-1] + 1) for span in spans if len(span) >= _FEWEST_CELLS]


def _side_by_side(paragraphs: Sequence[Paragraph], is_text: Sequence[bool]) -> set[int]:
    cells = [None if text else cell_of(p.lines) for p, text in zip(paragraphs, is_text, strict=True)]
    held: set[int] = set()
    for i, cell in enumerate(cells):
        for j in range(i + 1, min(i + _NEAR, len(cells))):
            other = cells[j]
            if cell and other and paragraphs[i].page == paragraphs[j].page and cell.is_beside(other):
                held |= {i, j}
    return held
