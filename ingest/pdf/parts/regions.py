"""Stretches of paragraphs that stand side by side, as the cells of a table do."""

from collections.abc import Sequence

from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.cells import cell_of

_NEAR = 8
_FEWEST_CELLS = 4
_BETWEEN = 2


def regions(found: Sequence[Paragraph], is_text: Sequence[bool]) -> list[tuple[int, int]]:
    """Stretches of paragraphs, as index ranges, in which most stand side by side on one page.

    `is_text`: for each paragraph whether it is running text, which no table holds.
    """
    beside = sorted(_side_by_side(found, is_text))
    spans: list[list[int]] = []
    for i in beside:
        is_near = spans and i - spans[-1][-1] <= _BETWEEN + 1 and found[i].page == found[spans[-1][-1]].page
        if is_near and not any(is_text[spans[-1][-1] : i]):
            spans[-1].append(i)
        else:
            spans.append([i])
    return [(span[0], span[-1] + 1) for span in spans if len(span) >= _FEWEST_CELLS]


def _side_by_side(found: Sequence[Paragraph], is_text: Sequence[bool]) -> set[int]:
    cells = [None if text else cell_of(p.lines) for p, text in zip(found, is_text, strict=True)]
    held: set[int] = set()
    for i, cell in enumerate(cells):
        for j in range(i + 1, min(i + _NEAR, len(cells))):
            other = cells[j]
            if cell and other and found[i].page == found[j].page and cell.is_beside(other):
                held |= {i, j}
    return held
