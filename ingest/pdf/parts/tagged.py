"""Find the headings that a file tags, where the print allows it: many files are tagged badly."""

from collections.abc import Sequence

from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.headings import may_be_heading

# Tags that name more of the text than this as headings say nothing.
_SHARE = 0.15


def tagged(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """Return the levels of the paragraphs that the file tags as headings and that are as short as headings are."""
    found = {i: int(paragraph.lines[0].heading) for i, paragraph in enumerate(paragraphs) if _is_tagged(paragraph)}
    letters = sum(len(p.text) for p in paragraphs for line in p.lines[:1] if line.heading)
    if letters > _SHARE * sum(len(p.text) for p in paragraphs):
        return {}
    return found


def _is_tagged(paragraph: Paragraph) -> bool:
    return all(line.heading for line in paragraph.lines) and may_be_heading(paragraph)
