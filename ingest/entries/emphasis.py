"""Emphasised words of a printed entry: styles set journals and books in italics."""

import re

from ingest.markup.inline import plain

_EMPHASIS = re.compile(
    r"(?<![A-Za-z\d])(?P<mark>\*{1,3}|_{1,3}|<i>|<em>)(?P<words>[^*_<>\n]{2,200}?)[.,]?(?:(?P=mark)|</i>|</em>)(?![A-Za-z\d])"
)
_NUMBERS_NEXT = re.compile(r"[\s.,;*_<>/bi]*(?:\(?(?:1[89]|20)\d\d|\d+|vol)", re.IGNORECASE)


def before_numbers(raw: str) -> str:
    """The emphasised words in front of year or volume: the container, where markup shows it."""
    for found in _EMPHASIS.finditer(raw):
        if any(c.isalpha() for c in found["words"]) and _NUMBERS_NEXT.match(raw[found.end() :][:60]):
            return plain(found["words"]).strip(" .,")
    return ""


def opening(raw: str, rest: str) -> str:
    """The emphasised words that open what follows authors and year: a book's title."""
    for found in _EMPHASIS.finditer(raw):
        words = plain(found["words"]).strip(" .,")
        after = rest[len(words) : len(words) + 2] if len(words.split()) > 2 and rest.startswith(words) else "-"
        if not after or after[0] in ".,;" or after == " (":
            return words
    return ""
