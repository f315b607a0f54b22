"""Find the lines that a file's destinations point at.

A destination lies a little above its line, sometimes as high as the line before, but always by the same amount in one
list. The amount is the one by which most destinations lie above a line that says what the links to them say: the number
"12", the name "Smith", or the year if the line also looks like the beginning of an entry. Where no
amount fits, none is taken: browsers get the places in one of two columns wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from evqa.language.words import fold
from ingest.markup.patterns import WORK_YEAR
from ingest.pdf.known.records import MARK, Destination
from ingest.pdf.lines.line import Line, line_of

# Files that tell places in coordinates of their own do so by one amount, too.
_ABOVE, _BELOW = 250.0, 250.0
_LEFT, _NARROW, _WIDE = 14.0, 20.0, 80.0
_NEAR = 1.6
_FEWEST = 2
_AGREEING = 0.6
_NUMBER = re.compile(r"\s*[\[(]?(\d{1,4})(?!\d)")
_PRINTED = re.compile(r"\D{0,3}(\d{1,4})\D{0,3}")
_NAME = re.compile(r"[^\W\d_]{3,}")
_OPENING = 120
_DIGITS = re.compile(r"\d+")
_SMALL = 0.01

_YEAR = re.compile(rf"\b{WORK_YEAR}[a-z]?\b")
_INDENT, _APART = 0.5, 1.2


@dataclass(frozen=True)
class _Spot:
    """A line with the one behind it; whether it looks like the beginning of an entry."""

    line: Line
    text: str
    opens: bool

    @cached_property
    def opening(self) -> str:
        """The folded beginning of the line."""
        return fold(self.line.text[:_OPENING])


# The lines near a destination, with how far above their baselines it lies.
_Spots = Sequence[tuple[float, _Spot]]


@dataclass(frozen=True)
class _Aim:
    """A destination, its index and what the links to it say."""

    index: int
    place: Destination
    said: Sequence[str]


def with_targets(pages: Sequence[Sequence[Line]], destinations: Sequence[Destination]) -> list[list[Line]]:
    """Give each line the destinations that point at it, "#12" for the one of that index.

    Only those count to which links of the running text or to whose neighbours in the list such links lead.
    """
    if not destinations:
        return [list(lines) for lines in pages]
    told = {one.page for one in destinations if one.y is not None}
    by_page = {lines[0].page: list(_lines(lines)) for lines in pages if lines and lines[0].page in told}
    held: dict[int, list[str]] = defaultdict(list)
    for family in _families(destinations, _said(line for lines in pages for line in lines)):
        for index, line in _aimed(family, by_page):
            held[id(line)].append(f"{MARK}{index}")
    return [[_with(line, held.get(id(line), ())) for line in lines] for lines in pages]


def _lines(lines: Sequence[Line]) -> Iterator[_Spot]:
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        opening = line.text[:_OPENING]
        text = f"{opening} {after.text}" if after and _is_below(line, after) else opening
        yield _Spot(line, text, _opens(before, line, after))


def _opens(before: Line | None, line: Line, after: Line | None) -> bool:
    """Tell whether a line looks like the beginning of an entry: it stands out to the left, or apart."""
    indent = _INDENT * line.size
    above = before if before and _is_below(before, line) else None
    below = after if after and _is_below(line, after) else None
    if (below and below.x0 > line.x0 + indent) or (above and above.x0 > line.x0 + indent):
        return True
    if above and below:
        return above.baseline - line.baseline > _APART * (line.baseline - below.baseline)
    return above is None


def _is_below(line: Line, other: Line) -> bool:
    return 0 < line.baseline - other.baseline < 3 * line.size and other.x0 < line.x1 and line.x0 < other.x1


def _with(line: Line, names: Sequence[str]) -> Line:
    return line_of(line.page, line.placed, line.size, line.baseline, tuple(names)) if names else line


def _said(lines: Iterable[Line]) -> dict[str, list[str]]:
    """Return what the links to each destination cover."""
    said: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        for run, _ in line.placed:
            if run.link.startswith(MARK):
                said[run.link].append(run.text)
    return said


def _families(destinations: Sequence[Destination], said: Mapping[str, Sequence[str]]) -> list[list[_Aim]]:
    """Group the destinations that have a place by the form of their names: "cite.12" and "cite.13"."""
    found: dict[str, list[_Aim]] = defaultdict(list)
    for index, one in enumerate(destinations):
        if one.y is not None:
            found[_DIGITS.sub("#", one.name)].append(_Aim(index, one, said.get(f"{MARK}{index}", ())))
    # Names of one's own ("cite.smith2020", "cite.lee19") have one form by what stands before them.
    return [family for family in _by_prefix(found) if sum(bool(aim.said) for aim in family) >= _FEWEST]


def _by_prefix(families: Mapping[str, list[_Aim]]) -> list[list[_Aim]]:
    found: dict[str, list[_Aim]] = defaultdict(list)
    for form, family in families.items():
        head, dot, _ = form.partition(".")
        found[form if len(family) >= _FEWEST or not dot else head].extend(family)
    return list(found.values())


def _aimed(family: Sequence[_Aim], pages: Mapping[int, Sequence[_Spot]]) -> Iterator[tuple[int, Line]]:
    """Yield the destinations of a family with their lines; none if they don't lie above lines by one amount."""
    near = {aim.index: list(_spots(aim.place, pages.get(aim.place.page, ()))) for aim in family}
    rise = _usual_rise(family, near)
    if rise is None:
        for column in columns if len(columns := _columns(family)) > 1 else ():
            yield from _aimed(column, pages)
        return
    for aim in family:
        level = [(abs(at - rise), spot) for at, spot in near[aim.index] if abs(at - rise) <= _NEAR]
        level = [found for found in level if _agrees(aim, found[1])] or level
        if level and len({round(spot.line.x0 / _WIDE) for _, spot in level}) == 1:
            yield aim.index, min(level, key=lambda found: found[0])[1].line


def _columns(family: Sequence[_Aim]) -> list[list[_Aim]]:
    found: dict[int, list[_Aim]] = defaultdict(list)
    for aim in family:
        found[round((aim.place.x or 0) / _NARROW)].append(aim)
    return list(found.values())


def _spots(one: Destination, spots: Sequence[_Spot]) -> Iterator[tuple[float, _Spot]]:
    for spot in spots:
        line = spot.line
        rise = (one.y or 0.0) - line.baseline
        # A place at the left edge of the page tells nothing about the column.
        is_beside = not one.x or one.x <= _LEFT or one.x - _NARROW <= line.x0 <= one.x + _WIDE
        if -_BELOW <= rise <= _ABOVE and is_beside:
            yield rise, spot


def _usual_rise(family: Sequence[_Aim], near: Mapping[int, _Spots]) -> float | None:
    """Return by how much most destinations lie above a line that says what their links say; None if most don't."""
    linked = [aim for aim in family if any(map(_tells, aim.said))]
    agreeing = {aim.index: [at for at, spot in near[aim.index] if _agrees(aim, spot)] for aim in linked}

    def hits(rise: float) -> int:
        return sum(any(abs(at - rise) <= _NEAR for at in rises) for rises in agreeing.values())

    candidates = {round(at) for rises in agreeing.values() for at in rises}
    best = max(candidates, key=lambda rise: hits(rise) - _SMALL * abs(rise), default=None)
    if best is None or hits(best) < max(_FEWEST, _AGREEING * len(linked)):
        return None
    close = sorted(at for rises in agreeing.values() for at in rises if abs(at - best) <= _NEAR)
    return close[len(close) // 2]


def _tells(said: str) -> bool:
    return bool(_PRINTED.fullmatch(said.strip()) or _NAME.search(said))


def _agrees(aim: _Aim, spot: _Spot) -> bool:
    """Tell whether a line says what a link to it says: the number that it begins with, a name, or a year behind it."""
    number = _NUMBER.match(spot.line.text)
    for said in aim.said:
        if _YEAR.fullmatch(said.strip(" ().,;[]")):
            if spot.opens and said.strip(" ().,;[]")[:4] in spot.text:
                return True
        elif printed := _PRINTED.fullmatch(said.strip()):
            if number and number[1] == printed[1]:
                return True
        elif (name := _NAME.search(said)) and fold(name[0]) in spot.opening:
            return True
    return False
