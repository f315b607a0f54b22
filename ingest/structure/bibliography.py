"""The entries of a bibliography, in printed order, under their printed numbers."""

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.entries.names import leading_authors
from ingest.structure.headings import is_bibliography
from ingest.structure.layout import Piece

_NUMBERS = {
    "dot": re.compile(r"\s*\**(\d{1,4})\\?\.\**\s+(?=\S)"),
    "square": re.compile(r"\s*\\?\[(\d{1,4})\\?\]\.?\s*(?=\S)"),
    "half": re.compile(r"\s*(\d{1,4})\\?\)\s+(?=\S)"),
    "round": re.compile(r"\s*\\?\((\d{1,4})\\?\)\s*(?=\S)"),
    "raised": re.compile(r"\s*<sup>\s*\[?(\d{1,4})\]?\.?\s*</sup>\s*(?=\S)"),
    "tight": re.compile(r"\s*(\d{1,4})\.(?=[^\W\d_])"),
    "plain": re.compile(r"\s*(\d{1,4})\s+(?=[^\W\d_])"),
}
_ANCHOR = re.compile(r"^\s*(?:<(?:span|a)\b[^<>]{0,300}>\s*(?:</(?:span|a)>)?\s*)+|^\s*[-*+•]\s+(?=\S)")
_ENTRY = re.compile(r"\**[\"“‘'\[(<*_]*(?:[^\W\d_]|['’])")
_ENDED = re.compile(r"(?:[.\])>}]|10\.\d{4,9}/\S+|https?://\S+|\d)\s*$")
_IDENTIFIER = re.compile(r"\s*(?:doi\b|https?:|PMID|PMC|\[|\(|[a-zα-ω0-9]|[,;.:])", re.IGNORECASE)
_AUTHOR_YEAR = re.compile(
    r"[\"“‘'\[(<*_]*[^\W\d_][\w'’‑-]{0,40}(?:\s[\w'’‑-]{1,40}){0,4},?\s[^()]{0,400}?\(?\b(?:1[5-9]|20)\d\d[a-z]?\b"
)
_GROUP_YEAR = re.compile(r"[\"“*_]*[A-Z][^\d()]{1,120}?\s\((?:1[5-9]|20)\d\d[a-z]?[),]")
_UNNUMBERED = re.compile(r"[\"“‘'\[(<*_]*[^\W\d_]")
_ANY_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b|\b(?:in press|forthcoming|n\.d\.)", re.IGNORECASE)
_HALF = re.compile(r"(?:[,;:&(\[/–-]|\b(?:and|of|the|in|for|with|a|an|to|on|by|from|doi:?|In|et al))\s*$")
_LOCATOR = re.compile(r"(?:doi\b|https?:|PMC?ID\b|PMC\d|Available\b|Retrieved\b|Accessed\b)", re.IGNORECASE)
_LONGEST_LETTER = 30
_FEWEST = 3
_FARTHEST = 25
_LONG_RUN = 150
# A list may begin at a higher number than 1; "(2012)" at the start of a broken line is a year.
_MOST_SKIPPED = 900


@dataclass(frozen=True)
class Entry:
    """An entry as printed, without its number but with markup; `number` 0 if none is printed."""

    number: int
    raw: str
    printed: str
    page: int | None = None


Part = Entry | Piece


def bibliography_start(pieces: Sequence[Piece]) -> int | None:
    """Index of the piece that opens the bibliography: its heading, or the first entry where there is none."""
    headings = [i for i, piece in enumerate(pieces) if _is_heading(piece)]
    lists = [i for i in headings if _has_entries(pieces[i + 1 :])]
    if not lists:
        return _unheaded(pieces)
    return max(lists, key=lambda i: (_size(pieces, i + 1, headings), i))


def _size(pieces: Sequence[Piece], start: int, headings: Sequence[int]) -> int:
    """How many lines look like entries from a piece to the next heading of a bibliography."""
    stop = next((i for i in headings if i > start), len(pieces))
    held = [p for p in pieces[start:stop] if p.kind in ("paragraph", "item")]
    lines = [line for piece in held for line in piece.lines]
    return sum(bool(_looks_bibliographic(line)) for line in lines)


def _is_heading(piece: Piece) -> bool:
    bare = re.sub(r"[*_#\\]|<[^<>]{1,80}>", "", piece.raw).strip()
    return piece.kind in ("heading", "paragraph") and len(bare) < 60 and is_bibliography(bare)


def _has_entries(pieces: Sequence[Piece]) -> bool:
    head = next((p for p in pieces if p.kind != "heading"), None)
    if head is None:
        return False
    first = _ANCHOR.sub("", head.lines[0])
    if pieces[0].kind == "heading":
        return len(pieces[0].raw) <= _LONGEST_LETTER and _opens_entry(first)
    return any(p.match(first) for p in _NUMBERS.values()) or bool(re.search(r"\b(?:1[89]|20)\d\d", head.raw))


def _unheaded(pieces: Sequence[Piece]) -> int | None:
    """First piece of the last run of numbered entries from 1 on, each with a year or a DOI."""
    start, count, best = None, 0, None
    for i, piece in enumerate(pieces):
        number = _first_number(piece)
        if number == 1:
            start, count = i, 0
        if start is not None and number is not None and _looks_bibliographic(piece.raw):
            count += len(piece.lines) if i == start else 1
            best = start if count >= _FEWEST else best
        elif piece.kind == "heading":
            start = None
    return best


def _first_number(piece: Piece) -> int | None:
    if piece.kind not in ("paragraph", "item"):
        return None
    found = next((m for p in list(_NUMBERS.values())[:5] if (m := p.match(piece.lines[0]))), None)
    return int(found[1]) if found else None


def _looks_bibliographic(raw: str) -> bool:
    return bool(re.search(r"10\.\d{4,9}/|\b(?:1[89]|20)\d\d\b", raw)) and bool(
        re.search(r"et al|[A-Z]\.|[A-Z]{1,3},|[A-Z]{1,3}\.", raw)
    )


def entries(pieces: Sequence[Piece]) -> list[Part]:
    """The bibliography's pieces as entries, with the pieces that interrupt it left as they are, in order.

    Entries printed in one run are taken apart where the next number stands; a list that numbers each entry 1,
    as Markdown allows, is numbered in order.
    """
    pieces = [_apart(_from_table(piece)) for piece in pieces]
    pattern = _pattern(pieces)
    if pattern is None:
        return _unnumbered(pieces)
    found = _numbered(pieces, pattern)
    numbers = [part.number for part in found if isinstance(part, Entry)]
    if len(numbers) < _FEWEST or set(numbers) != {1}:
        return found
    count = iter(range(1, len(numbers) + 1))
    return [replace(part, number=next(count)) if isinstance(part, Entry) else part for part in found]


def _from_table(piece: Piece) -> Piece:
    """A table whose first column counts its rows as the lines of a list."""
    rows = [row for row in piece.rows if re.fullmatch(r"\[?\d{1,4}[\].]?", row[0].strip())]
    if len(rows) < _FEWEST or len(rows) + 1 < len(piece.rows):
        return piece
    lines = tuple(f"{row[0].strip(' [].')}. {' '.join(cell for cell in row[1:] if cell)}" for row in rows)
    return replace(piece, kind="paragraph", lines=lines, rows=())


def _apart(piece: Piece) -> Piece:
    if piece.kind not in ("paragraph", "item"):
        return piece
    return replace(piece, lines=tuple(part for line in piece.lines for part in _entries_in(line)))


def _entries_in(line: str) -> list[str]:
    """A line that holds entries in sequence, "1. … 2. … 3. …", as one an entry."""
    bare = _ANCHOR.sub("", line)
    first = next((m for name in ("dot", "square") if (m := _NUMBERS[name].match(bare))), None)
    if first is None or len(bare) < _LONG_RUN:
        return [line]
    opening, closing = ("\\[", "\\]") if "[" in first[0] else ("", "\\.")
    cuts, number = [0], int(first[1]) + 1
    while found := re.compile(rf"(?<=\S)\s+(?={opening}{number}{closing}\s+[^\W\d_])").search(bare, cuts[-1] + 20):
        cuts.append(found.end())
        number += 1
    parts = [bare[a:b].strip() for a, b in pairwise([*cuts, len(bare)])]
    return parts if len(parts) >= _FEWEST and all(_ANY_YEAR.search(p) for p in parts) else [line]


def _pattern(pieces: Sequence[Piece]) -> re.Pattern[str] | None:
    """How the entries are numbered: the form that most lines begin with; None if too few do."""
    lines = [_ANCHOR.sub("", line) for p in pieces if p.kind in ("paragraph", "item") for line in p.lines]
    counts: Counter[str] = Counter()
    for name, pattern in _NUMBERS.items():
        hits = [m for line in lines if (m := pattern.match(line)) and int(m[1]) <= len(lines) + _MOST_SKIPPED]
        numbers = {int(m[1]) for m in hits}
        counts[name] = len(numbers) if _is_sequence(numbers) else 0
    name, count = counts.most_common(1)[0]
    blocks = sum(p.kind in ("paragraph", "item") for p in pieces)
    return _NUMBERS[name] if count >= max(1, min(_FEWEST, blocks, len(lines) // 8 + 1)) else None


def _is_sequence(numbers: Set[int]) -> bool:
    """Whether numbers count something; those that a line happens to begin with don't follow each other."""
    return len(numbers) < _FEWEST or sum(n + 1 in numbers for n in numbers) * 2 >= len(numbers) - 1


class _Collector:
    """Lines gathered into entries; a heading interrupts until the next number in sequence."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.parts: list[Part] = []
        self._pattern = pattern
        self._last = 0
        self._lines: list[str] = []
        self._printed = ""
        self._page: int | None = None
        self._is_interrupted = False

    def add(self, piece: Piece) -> None:
        if piece.kind in ("heading", "table"):
            self.close()
            self._is_interrupted = True
            self.parts.append(piece)
        elif not self._takes(piece):
            self.close()
            self.parts.append(piece)
        else:
            self._add_lines(piece)

    def _takes(self, piece: Piece) -> bool:
        first = _ANCHOR.sub("", piece.lines[0])
        if self._starts(first, is_new_block=True):
            return True
        if self._is_interrupted or not self._lines:
            return False
        return not _ENDED.search(self._lines[-1]) or bool(_IDENTIFIER.match(first))

    def _add_lines(self, piece: Piece) -> None:
        for i, raw in enumerate(piece.lines):
            line = _ANCHOR.sub("", raw)
            if found := self._starts(line, is_new_block=i == 0):
                self.close()
                self._last, self._printed, self._page = int(found[1]), found[0].strip(), piece.page
                self._is_interrupted = False
                line = line[found.end() :]
            self._lines.append(line.strip())

    def _starts(self, line: str, *, is_new_block: bool) -> re.Match[str] | None:
        found = self._pattern.match(line)
        if not found:
            return None
        step = int(found[1]) - self._last
        if step == 1 and (is_new_block or len(line) > 15):
            return found
        if not _ENTRY.match(line, found.end()):
            return None
        if self._is_interrupted:
            return found if 0 < step <= 5 else None
        is_closed = is_new_block or not self._lines or bool(_ENDED.search(self._lines[-1]))
        return found if is_closed and len(line) > 15 and -_FARTHEST <= step <= _FARTHEST else None

    def close(self) -> None:
        if self._lines:
            self.parts.append(Entry(self._last, "\n".join(self._lines), self._printed, self._page))
        self._lines = []


def _numbered(pieces: Sequence[Piece], pattern: re.Pattern[str]) -> list[Part]:
    collector = _Collector(pattern)
    for piece in pieces:
        collector.add(piece)
    collector.close()
    return collector.parts


def _unnumbered(pieces: Sequence[Piece]) -> list[Part]:
    """Entries in order; after a heading or a table only what surely opens an entry goes on with the list."""
    parts: list[Part] = []
    is_interrupted = False
    paragraphs = sum(piece.kind == "paragraph" for piece in pieces)
    is_itemised = sum(piece.kind == "item" for piece in pieces) > max(_FEWEST, paragraphs)
    for piece in pieces:
        if piece.kind in ("heading", "table") or (is_itemised and piece.kind == "paragraph"):
            is_interrupted = True
            parts.append(piece)
        elif is_interrupted and not _opens_entry(piece.lines[0]):
            parts.append(piece)
        else:
            is_interrupted = False
            _add_unnumbered(parts, piece)
    return parts


def _add_unnumbered(parts: list[Part], piece: Piece) -> None:
    lines = [_ANCHOR.sub("", raw).strip() for raw in piece.lines]
    is_one_a_line = piece.kind != "item" and sum(_looks_new(line) for line in lines) * 5 >= len(lines) * 3
    for i, line in enumerate(lines):
        before = parts[-1] if parts else None
        is_new_block = i == 0
        is_item = is_new_block and piece.kind == "item"
        is_start = is_item or not isinstance(before, Entry)
        if not is_start and piece.kind != "item" and isinstance(before, Entry):
            is_start = _starts_entry(
                line, before.raw, is_new_block=is_new_block, is_apart=is_new_block or is_one_a_line
            )
        if isinstance(before, Entry) and not is_start:
            parts[-1] = Entry(0, f"{before.raw}\n{line}", "", before.page)
        else:
            parts.append(Entry(0, line, "", piece.page))


def _starts_entry(line: str, before: str, *, is_new_block: bool, is_apart: bool) -> bool:
    if not _UNNUMBERED.match(line) or _HALF.search(before[-40:]) or _LOCATOR.match(line):
        return False
    if not _ENDED.search(before):
        return is_apart and _looks_new(line) and bool(_ANY_YEAR.search(before))
    return is_new_block or _looks_new(line)


def _looks_new(line: str) -> bool:
    """Whether a line begins as an entry may: with words and, not far, a year."""
    return bool(_AUTHOR_YEAR.match(line[:500]) or _GROUP_YEAR.match(line[:200]))


def _opens_entry(line: str) -> bool:
    """Whether a line surely begins an entry: with authors by their initials, or a group, and a year."""
    line = _ANCHOR.sub("", line)
    return bool(_ANY_YEAR.search(line)) and bool(leading_authors(line[:1000]).names or _GROUP_YEAR.match(line[:200]))
