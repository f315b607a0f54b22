"""Read the entries of a bibliography in printed order, with their printed numbers."""

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.entries.names import leading_authors
from ingest.markup.patterns import WORK_YEAR, YEAR
from ingest.markup.styled import Styled, styled
from ingest.structure.headings import is_bibliography
from ingest.structure.piece import Piece

_NUMBERS = {
    "dot": re.compile(r"\s*(\d{1,4})\.\s+(?=\S)"),
    "square": re.compile(r"\s*\[(\d{1,4})\]\.?\s*(?=\S)"),
    "half": re.compile(r"\s*(\d{1,4})\)\s+(?=\S)"),
    "round": re.compile(r"\s*\((\d{1,4})\)\s*(?=\S)"),
    "tight": re.compile(r"\s*(\d{1,4})\.(?=[^\W\d_])"),
    "plain": re.compile(r"\s*(\d{1,4})\s+(?=[^\W\d_])"),
}
_RAISED = re.compile(r"\s*\[?(\d{1,4})\]?\.?\s*")
_FORMS = ("dot", "square", "half", "round", "raised", "tight", "plain")
_BULLET = re.compile(r"\s*[-*+•]\s+(?=\S)")
_ENTRY = re.compile(r"[\"“‘'\[(<]*(?:[^\W\d_]|['’])")
_ENDED = re.compile(r"(?:[.\])>}]|10\.\d{4,9}/\S+|https?://\S+|\d)\s*$")
_IDENTIFIER = re.compile(r"\s*(?:doi\b|https?:|PMID|PMC|\[|\(|[a-zα-ω0-9]|[,;.:])", re.IGNORECASE)
_AUTHOR_YEAR = re.compile(
    r"[\"“‘'\[(<]*[^\W\d_][\w'’‑-]{0,40}(?:\s[\w'’‑-]{1,40}){0,4},?\s[^()]{0,400}?"
    rf"\(?\b{WORK_YEAR}[a-z]?\b"
)
_GROUP_YEAR = re.compile(rf"[\"“]*[A-Z][^\d()]{{1,120}}?\s\({WORK_YEAR}[a-z]?[),]")
_UNNUMBERED = re.compile(r"[\"“‘'\[(<]*[^\W\d_]")
_ANY_YEAR = re.compile(rf"\b{WORK_YEAR}[a-z]?\b|\b(?:in press|forthcoming|n\.d\.)", re.IGNORECASE)
_HALF = re.compile(r"(?:[,;:&(\[/–-]|\b(?:and|of|the|in|for|with|a|an|to|on|by|from|doi:?|In|et al))\s*$")
_LOCATOR = re.compile(r"(?:doi\b|https?:|PMC?ID\b|PMC\d|Available\b|Retrieved\b|Accessed\b)", re.IGNORECASE)
_LONGEST_LETTER = 30
_FEWEST = 3
_FARTHEST = 25
_LONG_RUN = 150
_SHORT_LINE = 15
# A list may begin at a higher number than 1; "(2012)" at the start of a broken line is a year.
_MOST_SKIPPED = 900


@dataclass(frozen=True)
class Entry:
    """An entry's lines without its number. `number` is 0 if none is printed."""

    number: int
    lines: tuple[Styled, ...]
    page: int | None = None


Part = Entry | Piece


def bibliography_start(pieces: Sequence[Piece]) -> int | None:
    """Return the index of the bibliography's heading, or of its first entry if it has no heading; None without one."""
    headings = [i for i, piece in enumerate(pieces) if _is_heading(piece)]
    lists = [i for i in headings if _has_entries(pieces[i + 1 :])]
    if not lists:
        return _unheaded(pieces)
    return max(lists, key=lambda i: (_size(pieces, i + 1, headings), i))


def _size(pieces: Sequence[Piece], start: int, headings: Sequence[int]) -> int:
    """Count the lines that look like entries, from a piece to the next heading of a bibliography."""
    stop = next((i for i in headings if i > start), len(pieces))
    held = [p for p in pieces[start:stop] if p.kind in ("paragraph", "item")]
    return sum(_looks_bibliographic(line) for piece in held for line in piece.lines)


def _is_heading(piece: Piece) -> bool:
    text = piece.text.strip()
    return piece.kind in ("heading", "paragraph") and len(text) < 60 and is_bibliography(text)


def _has_entries(pieces: Sequence[Piece]) -> bool:
    head = next((p for p in pieces if p.kind != "heading"), None)
    if head is None:
        return False
    first = _unlisted(head.whole if head.kind == "table" else head.lines[0])
    if pieces[0].kind == "heading":
        return len(pieces[0].text) <= _LONGEST_LETTER and _opens_entry(first)
    return any(_number(first, form) for form in _FORMS) or bool(re.search(rf"\b{YEAR}", head.text))


def _unlisted(line: Styled) -> Styled:
    """Drop the bullet before a line."""
    bullet = _BULLET.match(line.text)
    return line[bullet.end() :] if bullet else line


def _number(line: Styled, form: str) -> tuple[int, int] | None:
    """Return the number that a line begins with, if it is printed in this form, and where the entry begins."""
    superscript = line.leading_superscript()
    if form == "raised":
        found = _RAISED.fullmatch(superscript[0]) if superscript else None
        rest = line.text[superscript[1] :].lstrip() if superscript else ""
        return (int(found[1]), len(line.text) - len(rest)) if found and rest else None
    found = None if superscript else _NUMBERS[form].match(line.text)
    return (int(found[1]), found.end()) if found else None


def _unheaded(pieces: Sequence[Piece]) -> int | None:
    """Return the first piece of the last run of numbered entries that starts at 1 and has years or DOIs."""
    start, count, best = None, 0, None
    for i, piece in enumerate(pieces):
        number = _first_number(piece)
        if number == 1:
            start, count = i, 0
        if start is not None and number is not None and _looks_bibliographic(piece.whole):
            count += len(piece.lines) if i == start else 1
            best = start if count >= _FEWEST else best
        elif piece.kind == "heading":
            start = None
    return best


def _first_number(piece: Piece) -> int | None:
    if piece.kind not in ("paragraph", "item"):
        return None
    return next((found[0] for form in _FORMS[:5] if (found := _number(piece.lines[0], form))), None)


def _looks_bibliographic(line: Styled) -> bool:
    text = line.with_addresses()
    has_names = re.search(r"et al|[A-Z]\.|[A-Z]{1,3},|[A-Z]{1,3}\.", text)
    return bool(has_names and re.search(rf"10\.\d{{4,9}}/|\b{YEAR}\b", text))


def entries(pieces: Sequence[Piece]) -> list[Part]:
    """Return the entries and the pieces that interrupt them, in printed order.

    Entries printed in one paragraph are split where the next number stands. A list that numbers every entry 1, as
    Markdown allows, is numbered in order.
    """
    pieces = [_apart(_from_table(piece)) for piece in pieces]
    form = _form(pieces)
    if form is None:
        return _unnumbered(pieces)
    found = _numbered(pieces, form)
    numbers = [part.number for part in found if isinstance(part, Entry)]
    if len(numbers) < _FEWEST or set(numbers) != {1}:
        return found
    count = iter(range(1, len(numbers) + 1))
    return [replace(part, number=next(count)) if isinstance(part, Entry) else part for part in found]


def _from_table(piece: Piece) -> Piece:
    """Turn a table whose first column counts its rows into the lines of a list."""
    rows = [row for row in piece.rows if re.fullmatch(r"\[?\d{1,4}[\].]?", row[0].text.strip())]
    if len(rows) < _FEWEST or len(rows) + 1 < len(piece.rows):
        return piece
    lines = ((Styled(f"{row[0].text.strip(' [].')}."), *(cell for cell in row[1:] if cell.text)) for row in rows)
    return replace(piece, kind="paragraph", lines=tuple(styled(parts, " ") for parts in lines), rows=())


def _apart(piece: Piece) -> Piece:
    if piece.kind not in ("paragraph", "item"):
        return piece
    return replace(piece, lines=tuple(part for line in piece.lines for part in _entries_in(line)))


def _entries_in(line: Styled) -> list[Styled]:
    """Split a line that holds consecutive entries, "1. … 2. … 3. …"."""
    bare = _unlisted(line)
    form, first = next(((form, found) for form in ("dot", "square") if (found := _number(bare, form))), ("", None))
    if first is None or len(bare.text) < _LONG_RUN:
        return [line]
    opening, closing = (r"\[", r"\]") if form == "square" else ("", r"\.")
    cuts, number = [0], first[0] + 1
    while cut := re.compile(rf"(?<=\S)\s+(?={opening}{number}{closing}\s+[^\W\d_])").search(bare.text, cuts[-1] + 20):
        cuts.append(cut.end())
        number += 1
    parts = [bare[a:b].strip() for a, b in pairwise([*cuts, len(bare.text)])]
    return parts if len(parts) >= _FEWEST and all(_ANY_YEAR.search(p.text) for p in parts) else [line]


def _form(pieces: Sequence[Piece]) -> str | None:
    """Return the form of number that most lines begin with; None if too few lines have a number."""
    lines = [_unlisted(line) for p in pieces if p.kind in ("paragraph", "item") for line in p.lines]
    counts: Counter[str] = Counter()
    for form in _FORMS:
        numbers = {found[0] for line in lines if (found := _number(line, form))}
        numbers = {number for number in numbers if number <= len(lines) + _MOST_SKIPPED}
        counts[form] = len(numbers) if _is_sequence(numbers) else 0
    form, count = counts.most_common(1)[0]
    blocks = sum(p.kind in ("paragraph", "item") for p in pieces)
    return form if count >= max(1, min(_FEWEST, blocks, len(lines) // 8 + 1)) else None


def _is_sequence(numbers: Set[int]) -> bool:
    """Tell whether numbers count something. Numbers that lines happen to begin with aren't consecutive."""
    return len(numbers) < _FEWEST or sum(n + 1 in numbers for n in numbers) * 2 >= len(numbers) - 1


class _EntryCollector:
    """Gathers lines into entries. After a heading, the list resumes at the next number."""

    def __init__(self, form: str) -> None:
        self.parts: list[Part] = []
        self._form = form
        self._last = 0
        self._lines: list[Styled] = []
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
        first = _unlisted(piece.lines[0])
        if self._starts(first, is_new_block=True):
            return True
        if self._is_interrupted or not self._lines:
            return False
        return not _is_ended(self._lines[-1]) or bool(_IDENTIFIER.match(first.text))

    def _add_lines(self, piece: Piece) -> None:
        for i, printed in enumerate(piece.lines):
            line = _unlisted(printed)
            if found := self._starts(line, is_new_block=i == 0):
                self.close()
                self._last, self._page = found[0], piece.page
                self._is_interrupted = False
                line = line[found[1] :]
            self._lines.append(line.strip())

    def _starts(self, line: Styled, *, is_new_block: bool) -> tuple[int, int] | None:
        """Return the number of the entry that a line begins, and where its text begins; None if it begins none."""
        found = _number(line, self._form)
        if not found:
            return None
        step, is_long = found[0] - self._last, len(line.text) > _SHORT_LINE
        if step == 1 and (is_new_block or is_long):
            return found
        if not _ENTRY.match(line.text, found[1]):
            return None
        if self._is_interrupted:
            return found if 0 < step <= 5 else None
        is_closed = is_new_block or not self._lines or _is_ended(self._lines[-1])
        return found if is_closed and is_long and -_FARTHEST <= step <= _FARTHEST else None

    def close(self) -> None:
        if self._lines:
            self.parts.append(Entry(self._last, tuple(self._lines), self._page))
        self._lines = []


def _numbered(pieces: Sequence[Piece], form: str) -> list[Part]:
    collector = _EntryCollector(form)
    for piece in pieces:
        collector.add(piece)
    collector.close()
    return collector.parts


def _unnumbered(pieces: Sequence[Piece]) -> list[Part]:
    """Return entries without numbers. After a heading or table, only a line that clearly opens an entry continues.

    The first needs no more than a year, since the list's own heading stands before it.
    """
    parts: list[Part] = []
    is_interrupted = False
    paragraphs = sum(piece.kind == "paragraph" for piece in pieces)
    is_itemised = sum(piece.kind == "item" for piece in pieces) > max(_FEWEST, paragraphs)
    for piece in pieces:
        if piece.kind in ("heading", "table") or (is_itemised and piece.kind == "paragraph"):
            is_interrupted = True
            parts.append(piece)
        elif is_interrupted and not _opens_entry(piece.lines[0]) and not _is_first(piece, parts):
            parts.append(piece)
        else:
            is_interrupted = False
            _add_unnumbered(parts, piece)
    return parts


def _is_first(piece: Piece, parts: Sequence[Part]) -> bool:
    return not any(isinstance(part, Entry) for part in parts) and bool(_ANY_YEAR.search(piece.text))


def _add_unnumbered(parts: list[Part], piece: Piece) -> None:
    lines = [_unlisted(line).strip() for line in piece.lines]
    is_one_a_line = piece.kind != "item" and sum(_looks_new(line) for line in lines) * 5 >= len(lines) * 3
    for i, line in enumerate(lines):
        before = parts[-1] if parts else None
        is_new_block = i == 0
        is_item = is_new_block and piece.kind == "item"
        is_start = is_item or not isinstance(before, Entry)
        if not is_start and piece.kind != "item" and isinstance(before, Entry):
            is_start = _starts_entry(line, before, is_new_block=is_new_block, is_apart=is_new_block or is_one_a_line)
        if isinstance(before, Entry) and not is_start:
            parts[-1] = replace(before, lines=(*before.lines, line))
        else:
            parts.append(Entry(0, (line,), piece.page))


def _starts_entry(line: Styled, before: Entry, *, is_new_block: bool, is_apart: bool) -> bool:
    last = before.lines[-1]
    if not _UNNUMBERED.match(line.text) or _HALF.search(last.text[-40:]) or _LOCATOR.match(line.text):
        return False
    if not _is_ended(last):
        return is_apart and _looks_new(line) and any(_ANY_YEAR.search(part.text) for part in before.lines)
    return is_new_block or _looks_new(line)


def _is_ended(line: Styled) -> bool:
    """Tell whether an entry may end with this line: at a full stop, bracket, address, number or link."""
    end = len(line.text)
    return bool(_ENDED.search(line.text)) or any(s.style == "link" and s.end == end for s in line.spans)


def _looks_new(line: Styled) -> bool:
    """Tell whether a line may begin an entry: with words and, soon after, a year."""
    return bool(_AUTHOR_YEAR.match(line.text[:500]) or _GROUP_YEAR.match(line.text[:200]))


def _opens_entry(line: Styled) -> bool:
    """Tell whether a line clearly begins an entry: with authors' initials or a group, and a year."""
    text = _unlisted(line).text
    return bool(_ANY_YEAR.search(text)) and bool(leading_authors(text[:1000]).names or _GROUP_YEAR.match(text[:200]))
