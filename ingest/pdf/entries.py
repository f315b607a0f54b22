"""The lines of a bibliography as one piece an entry, told by the numbers in order or by the hanging indent."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.layout import Piece, PieceKind
from ingest.pdf.lines import Line
from ingest.pdf.paragraphs import Strip, paragraphs, strips

_FEWEST = 5
_SKIPPED = 3
_SAME = 0.06
_WIDE = 1.3
_AHEAD = 12
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(\d{1,4})\.(?:\s+|(?=[^\W\d_]))",
        r"\[(\d{1,4})\]\.?\s*",
        r"\((\d{1,4})\)\.?\s*",
        r"(\d{1,4})\)\s*",
        r"(?:<sup>)\s*[\[(]?(\d{1,4})[\].)]*\s*</sup>\s*",
        r"(\d{1,4})(?:\s+|(?=[A-Z]))",
    )
)


def entry_pieces(printed: Sequence[Line]) -> list[Piece]:
    """A bibliography's lines as pieces, an entry each; lines of another size come as paragraphs of their own.

    Entries without numbers come as items where hanging indents show them.
    """
    size = Counter(round(line.size, 1) for line in printed).most_common(1)[0][0]
    listed = strips(line for line in printed if abs(line.size - size) <= _SAME * size)
    others = strips(line for line in printed if abs(line.size - size) > _SAME * size)
    entries, kind, rest = _entries(listed)
    behind = [p for strip in [*rest, *others] for p in paragraphs(strip)]
    return [_piece(entry, kind) for entry in entries] + [_piece(p.lines, "paragraph") for p in behind]


def _piece(lines: Sequence[Line], kind: PieceKind) -> Piece:
    return Piece(kind, tuple(line.text for line in lines), page=lines[0].page)


def _entries(parts: Sequence[Strip]) -> tuple[list[Sequence[Line]], PieceKind, Sequence[Strip]]:
    """Entries, their kind, and the strips behind them that aren't entries."""
    if numbered := list(_by_number(parts)):
        return [*numbered], "paragraph", []
    if _is_hanging(parts):
        parts = [block for strip in parts for block in _blocks(strip)]
        stop = len(parts)
        while (
            stop > 1 and len(parts[stop - 1].lines) > 1 and not any(map(parts[stop - 1].is_in, parts[stop - 1].lines))
        ):
            stop -= 1
        return [*_by_indent(parts[:stop])], "item", parts[stop:]
    return [p.lines for strip in parts for p in paragraphs(strip)], "paragraph", []


def _blocks(strip: Strip) -> list[Strip]:
    """A strip cut at wide gaps; a lone line stays with what it stands above."""
    drops = [a.baseline - b.baseline for a, b in pairwise(strip.lines)]
    found = [Strip()]
    for i, line in enumerate(strip.lines):
        if i and drops[i - 1] > _WIDE * median(drops) and len(found[-1].lines) > 1:
            found.append(Strip())
        found[-1].add(line)
    for block in found:
        block.x0 = min(strip.x0, block.x0)
    return found


def _by_number(parts: Sequence[Strip]) -> Iterator[list[Line]]:
    """Entries that begin with the next number, printed as the others are; none if they aren't numbered."""
    printed = [(line, strip.is_in(line)) for strip in parts for line in strip.lines]
    starts = max((_chain(printed, form) for form in _FORMS), key=len)
    if len(starts) < _FEWEST and not (len(starts) > 1 and len(printed) < 6 * len(starts)):
        return
    bounds = [0, *(at for at in starts if at), len(printed)]
    yield from ([line for line, _ in printed[a:b]] for a, b in pairwise(bounds))


def _chain(printed: Sequence[tuple[Line, bool]], form: re.Pattern[str]) -> list[int]:
    """Places of the lines that begin with the next number of the list; up to three may be missing."""
    numbers = [(at, int(m[1])) for at, (line, _) in enumerate(printed) if (m := form.match(line.text))]
    starts: list[int] = []
    last = 0
    for i, (at, number) in enumerate(numbers):
        step = number - last
        is_skip = last > 0 and 1 < step <= _SKIPPED and not printed[at][1]
        if step == 1 or (is_skip and last + 1 not in {n for _, n in numbers[i + 1 : i + _AHEAD]}):
            last = number
            starts.append(at)
    return starts


def _by_indent(parts: Sequence[Strip]) -> Iterator[list[Line]]:
    entry: list[Line] = []
    for strip in parts:
        for line in strip.lines:
            if entry and not strip.is_in(line):
                yield entry
                entry = []
            entry.append(line)
    yield entry


def _is_hanging(parts: Sequence[Strip]) -> bool:
    inner = [strip.is_in(line) for strip in parts for line in strip.lines]
    return inner.count(False) >= _FEWEST and inner.count(True) * 3 >= len(inner)
