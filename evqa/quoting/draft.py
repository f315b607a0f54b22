"""Find what a draft quotes, and its sentences with figures, each with its place."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from evqa.quoting.records import CheckedKind

Spans = Callable[[str], Sequence[tuple[int, int]]]
# Fewer words in quotation marks are a term, not a quotation.
FEWEST_WORDS = 3
LONGEST = 3_000
_PAIRS = (("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"))
_PAIRED = "|".join(f"{opening}[^{opening}{closing}]{{1,{LONGEST}}}{closing}" for opening, closing in _PAIRS)
_STRAIGHT = rf'(?<![\w"])"(?=\S)[^"]{{1,{LONGEST}}}"(?!\w)'
_QUOTED = re.compile(f"{_PAIRED}|{_STRAIGHT}")
_BLOCK_QUOTE = re.compile(r"(?m)(?:^[ ]{0,3}>.*(?:\n|\Z))+")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_BIBLIOGRAPHY = re.compile(
    r"(?ims)^(?:#{1,6}[ \t]*)?(?:references|bibliography|literature(?: cited)?|works cited)[ \t]*:?[ \t]*$"
    r".*?(?=^#{1,6}[ \t]|\Z)"
)
_CODE = re.compile(r"(?ms)^[ ]{0,3}(```|~~~).*?^[ ]{0,3}\1[^\n]*$")
_WORD = re.compile(r"[^\W\d_]+")
_MARKER = re.compile(r"[\[(]\s*\d[\d\s,;–—-]*[\])]|\[@[^\]]*\]|\^\[?\d[\d,–-]*\]?\^?")
_FIGURE = re.compile(r"(?<![\w.])\d")
_YEAR_ONLY = re.compile(r"\(?(?:19|20)\d\d[a-z]?\)?")
_HEADING = re.compile(r"#{1,6}\s")
_LIST_MARK = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+")


class DraftSentence(NamedTuple):
    """A stretch of a draft to be checked: its text, `start`..`end` in the draft, and its line, counted from 1."""

    text: str
    start: int
    end: int
    line: int
    kind: CheckedKind


def draft_sentences(text: str, sentences: Spans) -> list[DraftSentence]:
    """What is to be checked of a draft, in order: quotations of three words or more, and sentences with figures.

    Quotations stand in quotation marks or in block quotes (lines that begin with ">"). Numbers of markers, years alone
    in brackets, headings, code and the bibliography count for nothing. Of a longer sentence 3,000 characters are
    checked. `sentences` gives the spans of the sentences of a paragraph.
    """
    blanked = _blanked(_blanked(text, _CODE), _BIBLIOGRAPHY)
    blocks = [(match.start(), match.end()) for match in _BLOCK_QUOTE.finditer(blanked)]
    quoted = [*_of_blocks(blanked, blocks), *_of_marks(_blanked(blanked, _BLOCK_QUOTE))]
    rest = _blanked(_blanked(blanked, _BLOCK_QUOTE), _QUOTED)
    lines = [match.start() for match in re.finditer("\n", text)]
    figures = [(start, end, text[start:end]) for start, end in _with_figures(rest, sentences)]
    found = [(span, "quotation") for span in quoted] + [(span, "figures") for span in figures]
    return [
        DraftSentence(
            stretch, start, end, bisect_right(lines, start - 1) + 1, "figures" if kind == "figures" else "quotation"
        )
        for (start, end, stretch), kind in sorted(found)
    ]


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    """The text with what matches replaced by blanks, so that offsets stay; line ends are kept."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def _of_blocks(text: str, blocks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Block quotes, without their ">" and quotation marks; one for each paragraph."""
    for start, end in blocks:
        plain = re.sub(r"(?m)^[ ]{0,3}(?:>[ ]?)+", lambda match: " " * len(match.group()), text[start:end])
        for first, last in _paragraphs(plain):
            stretch = plain[first:last]
            if not stretch.startswith(("—", "–", "--")) and len(_WORD.findall(stretch)) >= FEWEST_WORDS:
                yield start + first, start + last, re.sub(r"\n[ ]+", "\n", stretch)


def _of_marks(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _QUOTED.finditer(text):
        stretch = match.group()[1:-1]
        if not _PARAGRAPH_END.search(stretch) and len(_WORD.findall(stretch)) >= FEWEST_WORDS:
            yield match.start() + 1, match.end() - 1, stretch


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in [*_PARAGRAPH_END.finditer(text), None]:
        stop = match.start() if match else len(text)
        stretch = text[at:stop]
        if stretch.strip():
            yield at + len(stretch) - len(stretch.lstrip()), at + len(stretch.rstrip())
        at = match.end() if match else stop


def _with_figures(text: str, sentences: Spans) -> Iterator[tuple[int, int]]:
    """Spans of the sentences that state a number."""
    for start, end in _paragraphs(text):
        paragraph = text[start:end]
        if _HEADING.match(paragraph):
            continue
        mark = _LIST_MARK.match(paragraph)
        lead = mark.end() if mark else 0
        for first, last in sentences(paragraph[lead:]):
            stretch = paragraph[lead:][first : min(last, first + LONGEST)]
            bare = _YEAR_ONLY.sub(" ", _MARKER.sub(" ", stretch))
            if _FIGURE.search(bare) and len(_WORD.findall(bare)) >= FEWEST_WORDS:
                yield start + lead + first, start + lead + first + len(stretch)
