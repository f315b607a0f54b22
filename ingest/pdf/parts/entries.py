"""Cut the lines of a bibliography into entries, by their numbers or by hanging indents."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.entries.names import leading_authors
from ingest.markup.patterns import YEAR
from ingest.markup.styled import styled
from ingest.pdf.lines.line import Line
from ingest.pdf.lines.paragraphs import Strip, paragraphs, strips
from ingest.pdf.parts.numbered import by_number
from ingest.structure.floats import labelled
from ingest.structure.piece import Piece, PieceKind

_FEWEST = 5
_NARROW, _GAP, _FARTHEST = 10, 1.15, 4.0
_SAME = 0.06
_WIDE = 1.3
_NEAR = 1.5
_ENDED = re.compile(r"(?:[.\])>}]|10\.\d{4,9}/\S+|https?://\S+)\s*$")
_NOTICE = re.compile(
    r"(?:Conflicts? of Interests?|Competing Interests?|Disclaimer|Publisher['’]s Note)\b"
    r"|Copyright\s?(?:©|\(c\)|\d{4})|©"
    r"|(?:How to cite|Cite) this article|Submit your (?:next )?manuscript",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"(?:doi:?\s?)?(?:https?://\S*|10\.\d{4,9}/)", re.IGNORECASE)
_GROUP = re.compile(rf"[A-Z][^\d()]{{1,160}}?(?:\([A-Z]{{2,12}}\)[^\d()]{{0,80}})?\s?\({YEAR}[a-z]?[),]")
_LONGEST_NOTICE = 40
_COLUMN, _TOLD = 40.0, 2
_YEAR = re.compile(rf"\b{YEAR}")


@dataclass(frozen=True)
class Listing:
    """Part of a bibliography: a piece for each entry, and the last entry's number, 0 without numbers."""

    pieces: list[Piece]
    last: int


def listing(printed: Sequence[Line], last: int = 0, pitch: float = 2.0) -> Listing:
    """Return a bibliography's lines as pieces.

    `last`: the number of the entry before them, 0 at the beginning. `pitch`: how far apart lines may stand, in sizes.

    Lines of another size become paragraphs. Entries without numbers become items if hanging indents show them.
    """
    if not printed:
        return Listing([], last)
    end = _end(printed)
    printed, notices = printed[:end], printed[end:]
    captions = _captions(printed)
    notices = [line for line in printed if id(line) in captions] + list(notices)
    printed = [line for line in printed if id(line) not in captions]
    if not printed:
        return Listing(_paragraphs(strips(notices)), last)
    size = Counter(round(line.size, 1) for line in printed).most_common(1)[0][0]
    listed = strips((line for line in printed if abs(line.size - size) <= _SAME * size), pitch)
    others = strips([*(line for line in printed if abs(line.size - size) > _SAME * size), *notices])
    numbered = by_number(listed, last)
    if numbered:
        pieces = [_entry(entry, "paragraph") for entry in numbered.entries]
        return Listing([*_paragraphs(numbered.before), *pieces, *_paragraphs(others)], numbered.last)
    if last:
        return Listing(_paragraphs([*listed, *others]), last)
    if aimed := _by_target(listed):
        return Listing([*aimed, *_paragraphs(others)], 0)
    return Listing([*_unnumbered(listed), *_paragraphs(others)], 0)


def _end(printed: Sequence[Line]) -> int:
    """Return where statements begin that follow a bibliography in its own type; the end if there are none."""
    first = max(1, len(printed) - _LONGEST_NOTICE)
    return next((i for i in range(first, len(printed)) if _NOTICE.match(printed[i].text)), len(printed))


def _captions(printed: Sequence[Line]) -> set[int]:
    """Return the ids of lines of captions that stand among entries: from the label to the end of its strip."""
    return {id(line) for strip in strips(printed) if labelled(strip.lines[0].text) for line in strip.lines}


def _paragraphs(parts: Sequence[Strip]) -> list[Piece]:
    return [_piece(p.lines, "paragraph") for strip in parts for p in paragraphs(strip)]


def _piece(lines: Sequence[Line], kind: PieceKind) -> Piece:
    return Piece(kind, tuple(line.printed for line in lines), page=lines[0].page)


def _entry(lines: Sequence[Line], kind: PieceKind) -> Piece:
    """Make one line of an entry, so that no number within it is taken for the next entry's."""
    return Piece(kind, (styled((line.printed for line in lines), "\n"),), page=lines[0].page)


def _by_target(parts: Sequence[Strip]) -> list[Piece]:
    """Return entries that begin where the file's own destinations point; [] if these don't list them.

    In a column without destinations entries begin where they look so. In the others an entry that no destination points
    at must also show authors and a year.
    """
    printed = [(line, (line.page, round(strip.x0 / _COLUMN))) for strip in parts for line in strip.lines]
    lines = [line for line, _ in printed]
    told = Counter(column for line, column in printed if line.targets)
    if told.total() < _FEWEST:
        return []
    edges = [(line.page, line.x0) for line in lines if line.targets]
    looking = {id(entry[0]) for entry in _by_look(parts)}
    starts = [
        i
        for i, (line, column) in enumerate(printed)
        if line.targets
        or (id(line) in looking and told[column] < _TOLD)
        or (id(line) in looking and _is_flush(line, edges) and _opens_whole(lines, i))
    ]
    bounds = [*starts, _end_of_last(lines, starts[-1])]
    entries = [_entry(lines[a:b], "item") for a, b in pairwise(bounds)]
    return [*entries, *_paragraphs(strips([*lines[: starts[0]], *lines[bounds[-1] :]]))]


def _is_flush(line: Line, edges: Sequence[tuple[int, float]]) -> bool:
    return any(page == line.page and abs(x0 - line.x0) < _NEAR for page, x0 in edges)


def _by_look(parts: Sequence[Strip]) -> list[list[Line]]:
    """Return the entries that indents or gaps show."""
    if not _is_hanging(parts):
        return _apart(parts)
    _widen(parts)
    return list(_by_indent([block for strip in parts for block in _blocks(strip)]))


def _opens_whole(printed: Sequence[Line], at: int) -> bool:
    """Tell whether a line and those behind it show authors, persons or a group, and a year."""
    text = " ".join(line.text for line in printed[at : at + 4])
    is_group = bool(at) and bool(_ENDED.search(printed[at - 1].text)) and bool(_GROUP.match(text))
    return is_group or (bool(_YEAR.search(text)) and bool(leading_authors(text[:400]).names))


def _end_of_last(printed: Sequence[Line], start: int) -> int:
    """Return where the last entry ends: at a gap wider than those between its list's lines."""
    drops = [a.baseline - b.baseline for a, b in pairwise(printed) if _is_below(a, b)]
    usual = median(drops) if drops else 0.0
    for i in range(start + 1, len(printed)):
        before, line = printed[i - 1], printed[i]
        if _is_below(before, line) and before.baseline - line.baseline > 2 * _WIDE * usual:
            return i
    return len(printed)


def _unnumbered(parts: Sequence[Strip]) -> list[Piece]:
    if not _is_hanging(parts):
        return _set_apart(parts)
    _widen(parts)
    parts = [block for strip in parts for block in _blocks(strip)]
    stop = len(parts)
    while stop > 1 and _is_behind(parts[stop - 1]):
        stop -= 1
    entries = list(_by_indent(parts[:stop]))
    last = len(entries)
    while last > 1 and len(entries[last - 1]) == 1 and not _opens_entry(entries[last - 1][0]):
        last -= 1
    behind = strips(line for entry in entries[last:] for line in entry)
    return [*(_entry(entry, "item") for entry in entries[:last]), *_paragraphs([*behind, *parts[stop:]])]


def _widen(parts: Sequence[Strip]) -> None:
    """Move the left edge of strips that hold only the rest of an entry to that of the others in their column."""
    depths = [strip.inset for strip in parts if strip.inset]
    if not depths:
        return
    depth = median(depths)
    for strip in parts:
        if not strip.inset:
            edge = strip.x0 - depth
            strip.x0 = next((o.x0 for o in parts if abs(o.x0 - edge) < _NEAR), strip.x0)


def _opens_entry(line: Line) -> bool:
    return bool(_YEAR.search(line.text) and leading_authors(line.text[:400]).names)


def _is_behind(part: Strip) -> bool:
    """Tell whether a block follows the list in its type: it has no hanging indents and no years."""
    is_flush = not any(map(part.is_in, part.lines))
    return is_flush and (len(part.lines) > 1 or not _YEAR.search(part.lines[0].text))


def _set_apart(parts: Sequence[Strip]) -> list[Piece]:
    """Return entries separated by space or an indented first line."""
    entries = _apart(parts)
    dated = sum(bool(_YEAR.search(" ".join(line.text for line in lines))) for lines in entries)
    kind: PieceKind = "item" if dated * 5 >= len(entries) * 4 else "paragraph"
    return [_entry(lines, kind) if kind == "item" else _piece(lines, kind) for lines in entries]


def _apart(parts: Sequence[Strip]) -> list[list[Line]]:
    """Return the lines of entries separated by space or an indented first line; a column's end may cut one."""
    found = _at_gaps(parts) or [list(p.lines) for strip in parts for p in paragraphs(strip)]
    entries: list[list[Line]] = []
    for lines in found:
        if entries and _is_cut(entries[-1], lines[0]):
            entries[-1] += lines
        else:
            entries.append(lines)
    return entries


def _at_gaps(parts: Sequence[Strip]) -> list[list[Line]]:
    """Return the lines between wider gaps; [] if the gaps between the lines of a list aren't of two kinds.

    The narrow ones are between the lines of an entry. In a list of short entries they can be the fewer.
    """
    lines = [line for strip in parts for line in strip.lines]
    drops = [(a.baseline - b.baseline) / b.size for a, b in pairwise(lines) if _is_below(a, b)]
    narrow = sorted(drops)[len(drops) // _NARROW] if len(drops) >= _FEWEST else 0.0
    wide = [drop for drop in drops if drop > _GAP * narrow]
    if not _FEWEST <= len(wide) <= len(drops) - len(drops) // _NARROW or median(wide) > _FARTHEST * narrow:
        return []
    blocks = [lines[:1]]
    for before, line in pairwise(lines):
        drop = (before.baseline - line.baseline) / line.size
        if not _is_below(before, line) or drop > (_GAP * narrow + median(wide)) / 2:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _is_cut(entry: Sequence[Line], line: Line) -> bool:
    """Tell whether a line at the top of a column or page continues the entry before it, or an identifier does."""
    if _IDENTIFIER.match(line.text):
        return True
    if _ENDED.search(entry[-1].text) or _is_below(entry[-1], line):
        return False
    is_whole = any(_YEAR.search(before.text) for before in entry)
    return not (is_whole and leading_authors(line.text[:400]).names)


def _is_below(before: Line, line: Line) -> bool:
    return line.page == before.page and line.baseline < before.baseline


def _blocks(strip: Strip) -> list[Strip]:
    """Cut a strip at wide gaps; a lone line stays with the lines below it."""
    drops = [a.baseline - b.baseline for a, b in pairwise(strip.lines)]
    found = [Strip()]
    for i, line in enumerate(strip.lines):
        if i and drops[i - 1] > _WIDE * median(drops) and len(found[-1].lines) > 1:
            found.append(Strip())
        found[-1].add(line)
    for block in found:
        block.x0 = min(strip.x0, block.x0)
    return found


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
