"""Find the emphasised words of a printed entry: styles set journals and books in italics."""

import re
from collections.abc import Iterator

from ingest.markup.patterns import YEAR
from ingest.markup.styled import Styled

_NUMBERS_NEXT = re.compile(rf"[\s.,;/]*(?:\(?{YEAR}|\d+|vol)", re.IGNORECASE)
_SHORTEST, _LONGEST = 2, 200


def before_numbers(printed: Styled) -> str:
    """Return the emphasised words before year or volume: the journal or book. "" without."""
    for words, end in _emphasised(printed):
        if any(c.isalpha() for c in words) and _NUMBERS_NEXT.match(printed.text[end : end + 60]):
            return words
    return ""


def opening(printed: Styled, rest: str) -> str:
    """Return the emphasised words that open `rest`, what follows authors and year: a book's title. "" without."""
    for words, _ in _emphasised(printed):
        after = rest[len(words) : len(words) + 2] if len(words.split()) > 2 and rest.startswith(words) else "-"
        if not after or after[0] in ".,;" or after == " (":
            return words
    return ""


def _emphasised(printed: Styled) -> Iterator[tuple[str, int]]:
    """Yield emphasised words, without the full stops around them, and where they end."""
    for span in printed.emphasised():
        if _SHORTEST <= span.end - span.start <= _LONGEST:
            yield printed[span.start : span.end].canonical.strip(" .,"), span.end
