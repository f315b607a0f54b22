"""Text with styles: what readers of Markdown and PDF pass on, without any markup."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ingest.markup.superscript import is_attached, raised

# "goto": links to a place of the file itself; "target": a line that such links lead to.
Style = Literal["raised", "italic", "bold", "formula", "link", "goto", "target"]

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": None, "\u200b": None, "\ufeff": None}
)
_BROKEN_GREEK = re.compile(r"(?<=[A-Za-z\d][-‐‑]) (?=[α-ω])")
# Styles that change nothing of what is printed.
_UNSEEN = frozenset({"link", "goto", "target"})
_BEFORE_SIGN = re.compile(r"\s+(?=[,;:)\]]|\.(?!\d))")


@dataclass(frozen=True)
class Span:
    """A stretch of a text in one style, by offsets. `address`: where a link leads, or the name of a target."""

    start: int
    end: int
    style: Style
    address: str = ""


@dataclass(frozen=True)
class Styled:
    """Printed characters and the styles of parts of them, in printed order.

    White space is as in the file; "\\n" separates lines. A superscript's characters are plain, in a span "raised".
    """

    text: str
    spans: tuple[Span, ...] = ()

    def __getitem__(self, part: slice) -> "Styled":
        """Return the characters of a slice with their styles."""
        start, end, _ = part.indices(len(self.text))
        text = self.text[start:end]
        if not self.spans:
            return Styled(text)
        within = (replace(s, start=max(s.start, start) - start, end=min(s.end, end) - start) for s in self.spans)
        return Styled(text, tuple(s for s in within if s.start < s.end))

    def strip(self) -> "Styled":
        """Return the text without white space at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        end = len(self.text.rstrip())
        return self if start == 0 and end == len(self.text) else self[start:end]

    def lines(self) -> "list[Styled]":
        """Split the text into lines. A style that covers several lines covers its part of each."""
        if "\n" not in self.text:
            return [self]
        texts = self.text.split("\n")
        starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        spans: list[list[Span]] = [[] for _ in texts]
        for span in self.spans:
            for i in range(bisect_right(starts, span.start) - 1, bisect_left(starts, span.end)):
                start, end = max(span.start - starts[i], 0), min(span.end - starts[i], len(texts[i]))
                spans[i] += [replace(span, start=start, end=end)] if start < end else []
        return [Styled(text, tuple(within)) for text, within in zip(texts, spans, strict=True)]

    def emphasised(self) -> list[Span]:
        """Return the stretches in italics or bold. A stretch that continues on the next line is one."""
        stretches: list[Span] = []
        for span in self.spans:
            last = stretches[-1] if stretches else None
            if last and last.style == span.style and not self.text[last.end : span.start].strip():
                stretches[-1] = replace(last, end=max(last.end, span.end))
            elif span.style in ("italic", "bold"):
                stretches.append(span)
        return stretches

    def has_superscript(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether some superscript begins with a pattern."""
        return any(s.style == "raised" and pattern.match(self.text, s.start, s.end) for s in self.spans)

    def leading_superscript(self) -> tuple[str, int] | None:
        """Return the superscript that the text begins with and its end; None if there is none."""
        at = len(self.text) - len(self.text.lstrip())
        first = next((s for s in self.spans if s.style == "raised"), None)
        return (self.text[first.start : first.end], first.end) if first and first.start <= at < first.end else None

    def closing_superscript(self) -> int | None:
        """Return the start of the superscript that the text ends with; None if there is none."""
        last = next((s for s in reversed(self.spans) if s.style == "raised"), None)
        return last.start if last and last.end == len(self.text) else None

    def addresses(self) -> list[str]:
        """Return the targets of the links, in printed order."""
        return [span.address for span in self.spans if span.style == "link"]

    def without(self, *styles: Style) -> "Styled":
        """Return the text without its spans of some styles."""
        kept = tuple(span for span in self.spans if span.style not in styles)
        return self if len(kept) == len(self.spans) else Styled(self.text, kept)

    def targets(self) -> tuple[str, ...]:
        """Return the names of the targets within the text, in printed order."""
        return tuple(dict.fromkeys(span.address for span in self.spans if span.style == "target"))

    def with_addresses(self) -> str:
        """Return the text with each link's target after its words."""
        parts: list[str] = []
        at = 0
        for span in self.spans:
            if span.style == "link":
                parts += [self.text[at : span.end], " ", span.address, " "]
                at = span.end
        return "".join([*parts, self.text[at:]]) if parts else self.text

    @cached_property
    def canonical(self) -> str:
        """The text as documents hold it: NFC, single spaces, superscript numbers as "¹²".

        A space that extraction left before a superscript, or between styled words and a punctuation mark, is removed.
        """
        if not self.spans:
            return tidy(self.text)
        parts: list[str] = []
        at = 0
        for start, end, printed in sorted([*self._raised(), *self._loose_blanks()]):
            parts += [self.text[at:start], printed]
            at = max(at, end)
        return tidy("".join([*parts, self.text[at:]]))

    def _raised(self) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and printed form of the superscripts; neighbours count as one."""
        spans: list[tuple[int, int]] = []
        for span in self.spans:
            if span.style != "raised":
                continue
            if spans and not self.text[spans[-1][1] : span.start].strip():
                spans[-1] = (spans[-1][0], span.end)
            else:
                spans.append((span.start, span.end))
        for start, end in spans:
            content = self.text[start:end]
            is_close = is_attached(content) and not self.text[end : end + 1].isalpha()
            yield (self._before_blanks(start) if is_close else start), end, raised(content)

    def _before_blanks(self, at: int) -> int:
        while at and self.text[at - 1].isspace():
            at -= 1
        return at

    def _loose_blanks(self) -> Iterator[tuple[int, int, str]]:
        """Yield the spaces between styled words and a punctuation mark, to be removed."""
        for span in self.spans:
            found = _BEFORE_SIGN.match(self.text, span.end) if span.style not in _UNSEEN else None
            if found:
                yield found.start(), found.end(), ""


NOTHING = Styled("")


def styled(parts: Iterable[Styled], between: str = "") -> Styled:
    """Join texts, with `between` between them."""
    texts: list[str] = []
    spans: list[Span] = []
    at = 0
    for part in parts:
        if texts and between:
            texts.append(between)
            at += len(between)
        texts.append(part.text)
        spans += [replace(s, start=s.start + at, end=s.end + at) for s in part.spans] if at else part.spans
        at += len(part.text)
    return Styled("".join(texts), tuple(spans))


def tidy(text: str) -> str:
    """Return text in NFC with single spaces, without ligatures and invisible characters."""
    text = unicodedata.normalize("NFC", " ".join(text.translate(_LIGATURES).split()))
    return _BROKEN_GREEK.sub("", text)
