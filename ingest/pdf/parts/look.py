"""Measure how the running text of a document is set."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.pdf.lines.paragraphs import Paragraph
from ingest.structure.headings import is_bibliography

SAME = 0.06
_USUAL_SIZE, _USUAL_WIDTH = 10.0, 200.0
_FEWEST_LINES = 3


@dataclass(frozen=True)
class Look:
    """Size of the running text's characters and usual width of its columns, in points."""

    size: float
    width: float

    def is_body(self, paragraph: Paragraph) -> bool:
        """Tell whether a paragraph is set like the running text."""
        return abs(paragraph.size - self.size) <= SAME * self.size

    def is_text(self, paragraph: Paragraph) -> bool:
        """Tell whether a paragraph is set like the running text and fills its column, as no table cell does."""
        width = paragraph.x1 - paragraph.x0
        return self.is_body(paragraph) and width > 0.8 * self.width and len(paragraph.lines) > 1


def look_of(paragraphs: Sequence[Paragraph]) -> Look:
    """Return the most frequent size and width before the bibliography."""
    text = paragraphs[: _end_of_text(paragraphs)]
    size = _usual_size(text)
    return Look(size, _usual_width(p for p in text if abs(p.size - size) < SAME * size))


def _end_of_text(paragraphs: Sequence[Paragraph]) -> int:
    ends = (i for i, p in enumerate(paragraphs) if len(p.lines) == 1 and is_bibliography(p.lines[0].text))
    return next(ends, len(paragraphs))


def _usual_size(paragraphs: Iterable[Paragraph]) -> float:
    counts: Counter[float] = Counter()
    for paragraph in paragraphs:
        if len(paragraph.lines) >= _FEWEST_LINES:
            counts[round(paragraph.size, 1)] += sum(len(line.text) for line in paragraph.lines)
    return counts.most_common(1)[0][0] if counts else _USUAL_SIZE


def _usual_width(paragraphs: Iterable[Paragraph]) -> float:
    counts: Counter[int] = Counter()
    for paragraph in paragraphs:
        counts[round(paragraph.x1 - paragraph.x0)] += len(paragraph.lines)
    return float(counts.most_common(1)[0][0]) if counts else _USUAL_WIDTH
