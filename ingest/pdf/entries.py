"""The lines of a bibliography as one piece an entry, told by the numbers in order or by the hanging indent."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.layout import Piece, PieceKind
from ingest.pdf.lines import Line
from ingest.pdf.paragraphs import Strip, paragraphs, strips

_INDENT = 0.6
_FEWEST = 5
_SKIPPED = 3
_SAME = 0.06
_NUMBER = re.compile(r"(?:<sup>)?[\[(]?(\d{1,4})[\].)]{0,2}(?:</sup>)?[\s\].)]*(?=[^\W\d_]|[\"“‘'\[(*]|\d)")


def entry_pieces(printed: Sequence[Line]) -> list[Piece]:
    """A bibliography's lines as pieces, an entry each; lines of another size come as paragraphs of their own.

    Entries without numbers come as items where hanging indents show them.
    """
    size = Counter(round(line.size, 1) for line in printed).most_common(1)[0][0]
    listed = [line for line in printed if abs(line.size - size) <= _SAME * size]
    others = [p for strip in strips([line for line in printed if line not in listed]) for p in paragraphs(strip)]
    entries, kind = _entries(listed)
    found = [_piece(entry, kind) for entry in entries]
    return found + [_piece(p.lines, "paragraph") for p in others]


def _piece(lines: Sequence[Line], kind: PieceKind) -> Piece:
    return Piece(kind, tuple(line.text for line in lines), page=lines[0].page)


def _entries(listed: Sequence[Line]) -> tuple[list[list[Line]], PieceKind]:
    parts = strips(listed)
    if numbered := list(_by_number(parts)):
        return numbered, "paragraph"
    if _is_hanging(parts):
        return list(_by_indent(parts)), "item"
    return [p.lines for strip in parts for p in paragraphs(strip)], "paragraph"


def _by_number(parts: Sequence[Strip]) -> Iterator[list[Line]]:
    """Entries that begin with the next number, at the left edge of their column; none if they aren't numbered."""
    starts = _numbered_lines(parts)
    if len(starts) < _FEWEST and not (len(starts) > 1 and sum(len(s.lines) for s in parts) < 6 * len(starts)):
        return
    entry: list[Line] = []
    for line in (line for strip in parts for line in strip.lines):
        if id(line) in starts and entry:
            yield entry
            entry = []
        entry.append(line)
    yield entry


def _numbered_lines(parts: Sequence[Strip]) -> set[int]:
    """Identities of the lines that begin with the next number of the list."""
    last = 0
    found: set[int] = set()
    for strip in parts:
        for line in strip.lines:
            number = _NUMBER.match(line.text)
            step = int(number[1]) - last if number else 0
            if number and (step == 1 or (last and 1 < step <= _SKIPPED and not _is_in(line, strip))):
                last = int(number[1])
                found.add(id(line))
    return found


def _by_indent(parts: Sequence[Strip]) -> Iterator[list[Line]]:
    entry: list[Line] = []
    for strip in parts:
        for line in strip.lines:
            if entry and not _is_in(line, strip):
                yield entry
                entry = []
            entry.append(line)
    yield entry


def _is_in(line: Line, strip: Strip) -> bool:
    return line.x0 > strip.x0 + _INDENT * line.size


def _is_hanging(parts: Sequence[Strip]) -> bool:
    inner = [_is_in(line, strip) for strip in parts for line in strip.lines]
    return inner.count(False) >= _FEWEST and inner.count(True) * 3 >= len(inner)
