"""Where a document's title stands."""

from collections.abc import Sequence

from ingest.pdf.lines.paragraphs import Paragraph

_FEWEST_WORDS = 3
_SAME = 0.3


def title_of(found: Sequence[Paragraph]) -> range:
    """The paragraphs of the title: of the first page the largest characters that make more than two words."""
    first = sum(p.page == found[0].page for p in found)
    wordy = [i for i in range(first) if len(found[i].text.split()) >= _FEWEST_WORDS and found[i].bare[0].isalnum()]
    if not wordy:
        return range(0)
    start = max(wordy, key=lambda i: (round(found[i].size, 0), -i))
    end = start + 1
    while end < first and _is_alike(found[end], found[start]):
        end += 1
    while start and _is_alike(found[start - 1], found[end - 1]):
        start -= 1
    return range(start, end)


def _is_alike(one: Paragraph, other: Paragraph) -> bool:
    return abs(one.size - other.size) < _SAME and one.is_bold == other.is_bold
