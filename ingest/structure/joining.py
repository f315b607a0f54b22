"""Join lines and paragraphs that a line's, column's or page's end cut."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.markup.styled import Styled, styled
from ingest.markup.superscript import DIGITS
from ingest.structure.draft import DraftBlock

_CLOSED = re.compile(rf"[.!?:][\"”’'»)\]{DIGITS},;–-]*(?:\s?[(\[][\d\s,;–—‐‑-]+[)\]])?$")
_UNFINISHED = re.compile(
    r"(?:,|;|[-‐‑–]|\bet al\.|\bFigs?\.|\be\.g\.,?|\bi\.e\.,?|\bvs\.|"
    r"\b(?:a|an|the|of|and|or|to|in|on|by|with|for|from|as|at|that|which|is|are|was|were|be|been|has|have|via|into|"
    r"between|such|these|this|than|both|their|its|not|can|may|also|other|more|most|including|through|during|while))$"
)
_CONTINUES = re.compile(r"[a-zα-ω]|\d+(?!\s?[.)]\s)|[(\[][\d\s,;–—‐‑-]{1,60}[)\]]|[,;.)\]%]|[–-]\w")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
# Words that others begin with: "over-come" is more often one word than two.
_BEGINNINGS = frozenset(
    "over under there where here with every some after fore down out not any another other both from into more less"
    " back self what when cross through".split()
)
_SHORTEST_HALF = 4
_VOWELS = "aeiou"
_BREAK = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}[-‐‑][ \t]{0,20}\n[ \t]{0,20}[^\W\d_]{1,40}")
_BROKEN = re.compile(r"([^\W\d_]+)[-‐‑]$")
_SUSPENDED = re.compile(r"(?:and|or|to|versus|und|bis)\b")
_AHEAD = 6


class Vocabulary:
    """The words of a document: they tell whether a hyphen at a line's end belongs to the word."""

    def __init__(self, text: str) -> None:
        """`text`: the whole document."""
        # The halves of a word that a line breaks are no words by themselves.
        self._words = frozenset(w.lower() for w in _WORD.findall(_BREAK.sub(" ", text)))

    def join(self, first: str, second: str) -> str:
        """Join two lines: "T-" and "cell" are "T-cell", "immuno-" and "therapy" become what stands elsewhere."""
        dropped, between = self._seam(first, second)
        return f"{first[: len(first) - dropped]}{between}{second}"

    def _seam(self, first: str, second: str) -> tuple[int, str]:
        """Return how many characters to drop at a line's end, and what to put between it and the next line."""
        tail = first[-80:]
        if not tail.endswith(("-", "‐", "‑")) or tail[-2:-1].isspace() or _SUSPENDED.match(second):
            return 0, " "
        broken, rest = _BROKEN.search(tail), _WORD.match(second[:80])
        if broken and rest and second[0].islower() and self._is_one_word(broken[1], rest[0].split("-")[0]):
            return 1, ""
        return 0, ""

    def _is_one_word(self, first: str, second: str) -> bool:
        """Tell whether a hyphen only breaks a word: as written elsewhere, or if a half is no word."""
        if first.isupper():
            return f"{first}{second}".lower() in self._words and f"{first}-{second}".lower() not in self._words
        first, second = first.lower(), second.lower()
        if f"{first}-{second}" in self._words:
            return False
        if f"{first}{second}" in self._words or first not in self._words:
            return not (first[-1] in _VOWELS and second[0] in _VOWELS and second in self._words)
        return second not in self._words and (len(first) < _SHORTEST_HALF or first in _BEGINNINGS)

    def joined(self, lines: Sequence[Styled]) -> Styled:
        """Join the lines of a paragraph."""
        parts: list[Styled] = []
        for line in (printed.strip() for printed in lines):
            if parts and line.text:
                dropped, between = self._seam(parts[-1].text, line.text)
                parts[-1] = parts[-1][:-1] if dropped else parts[-1]
                parts.append(Styled(between))
            if line.text:
                parts.append(line)
        return styled(parts)


def is_finished(text: str) -> bool:
    """Tell whether a paragraph ends like a sentence."""
    return bool(_CLOSED.search(text[-120:])) and not _UNFINISHED.search(text[-40:]) and not _has_open_bracket(text)


def _has_open_bracket(text: str) -> bool:
    tail = text[-300:]
    return tail.rfind("(") > tail.rfind(")") or tail.rfind("[") > tail.rfind("]")


def surely_continues(before: str, after: str) -> bool:
    """Tell whether a paragraph clearly continues an earlier one."""
    return not is_finished(before) and bool(_CONTINUES.match(after))


def may_continue(before: str, after: str) -> bool:
    """Tell whether a paragraph may continue an earlier one although it may also begin a sentence."""
    if surely_continues(before, after):
        return True
    return bool(_UNFINISHED.search(before[-40:])) or _has_open_bracket(before)


def glued(blocks: Sequence[DraftBlock], vocabulary: Vocabulary) -> list[DraftBlock]:
    """Join cut paragraphs; tables, figures and captions between the parts follow."""
    result: list[DraftBlock] = []
    last: int | None = None
    for i, block in enumerate(blocks):
        if block.kind not in ("prose", "abstract"):
            last = None if block.kind in ("heading", "keywords", "reference") else last
            result.append(block)
        elif last is not None and _is_rest(result[last], blocks, i):
            result[last] = _one(result[last], block, vocabulary)
        else:
            result.append(block)
            last = len(result) - 1
    return result


def _one(first: DraftBlock, second: DraftBlock, vocabulary: Vocabulary) -> DraftBlock:
    text = vocabulary.join(first.text, second.text)
    at = len(text) - len(second.text)
    turned = ((at, second.page),) if second.page and second.page != first.page else ()
    turns = (*first.turns, *turned, *((at + start, page) for start, page in second.turns))
    return replace(first, text=text, printed=styled((first.printed, second.printed), "\n"), turns=turns)


def _is_rest(before: DraftBlock, blocks: Sequence[DraftBlock], at: int) -> bool:
    block = blocks[at]
    if block.kind != before.kind or (block.is_item and not _has_open_bracket(before.text)):
        return False
    if block.is_rest or surely_continues(before.text, block.text):
        return True
    return may_continue(before.text, block.text) and not rest_ahead(before.text, blocks, at + 1)


def rest_ahead(before: str, blocks: Sequence[DraftBlock], at: int) -> bool:
    """Tell whether the rest of a cut paragraph follows soon, before the next heading."""
    for block in blocks[at : at + _AHEAD]:
        if block.kind == "heading":
            return False
        if block.kind == "prose" and surely_continues(before, block.text):
            return True
    return False
