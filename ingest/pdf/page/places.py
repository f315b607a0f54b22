"""Locate statements of the canonical text on a printed page.

Only letters and digits are compared, folded: hyphens at line ends, ligatures, spaces and accents don't count. A
statement printed in one stretch is found as one. If a running head, a column, a table or an unknown character
interrupts it, its parts are found in the file's order.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ingest.pdf.page.page import Box, Letters

# Letters that a piece must have, so that it isn't found by chance; fewer right behind the piece before.
LEAST = 12
NEAR, BESIDE = 8, 40
# Of a statement so much must be found on a page, in letters or as a share, so that it is shown there.
FEWEST, SHARE = 12, 0.6
_TRAILING = ".,;:)]}”’\"'!?%–-"
_LEADING = "([{“‘\"'"
_LINE, _GAP = 0.4, 3.0


class Stretch(NamedTuple):
    """A statement: its offsets in the canonical text, and the page on which it begins."""

    start: int
    end: int
    page: int


class Place(NamedTuple):
    """A statement on a page: a box for each of its lines, and the share of its letters that stand there."""

    start: int
    end: int
    boxes: tuple[Box, ...]
    share: float


def folded(text: str) -> tuple[str, list[int]]:
    """Return letters and digits in lower case without accents, and for each the index of its character."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for each in unicodedata.normalize("NFKD", character).lower():
            if each.isalnum():
                kept.append(each)
                places.append(place)
    return "".join(kept), places


@dataclass
class PrintedPage:
    """The characters of a page, to be searched. `reached`: where in the folded text the last statement ended."""

    letters: Letters
    reached: int = field(default=0)

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return folded(self.letters.text)

    @property
    def text(self) -> str:
        """The folded text."""
        return self._folded[0]

    def found(self, wanted: str) -> list[tuple[int, int]]:
        """Return the spans of the folded text that hold a folded statement or parts of it, in order."""
        at = self._index(wanted, self.reached)
        spans = [(at, at + len(wanted))] if wanted and at >= 0 else list(self._pieces(wanted))
        if spans:
            self.reached = spans[-1][1]
        return spans

    def boxes(self, spans: Iterable[tuple[int, int]]) -> tuple[Box, ...]:
        """Return a box for each line that the spans touch, with the signs beside their letters."""
        _, places = self._folded
        return tuple(box for start, end in spans for box in self._lines(places[start], places[end - 1]))

    def _index(self, wanted: str, since: int) -> int:
        """Find a text behind the last statement, or else anywhere."""
        at = self.text.find(wanted, since)
        return at if at >= 0 else self.text.find(wanted)

    def _pieces(self, wanted: str) -> Iterator[tuple[int, int]]:
        rest, behind = wanted, None
        while len(rest) >= (LEAST if behind is None else NEAR):
            found = self._longest(rest, behind)
            if found:
                yield found
                rest, behind = rest[found[1] - found[0] :], found[1]
            else:
                rest = rest[1:]

    def _longest(self, rest: str, behind: int | None) -> tuple[int, int] | None:
        """Return the longest span that begins the rest, behind the part before it. A short span must stand near it."""
        low, high, at = 0, len(rest), 0
        while low < high:
            middle = (low + high + 1) // 2
            found = (
                self._index(rest[:middle], self.reached) if behind is None else self.text.find(rest[:middle], behind)
            )
            low, high, at = (middle, high, found) if found >= 0 else (low, middle - 1, at)
        is_near = behind is not None and at - behind <= BESIDE
        return (at, at + low) if low >= (NEAR if is_near else LEAST) else None

    def _lines(self, first: int, last: int) -> Iterator[Box]:
        text = self.letters.text
        while first and text[first - 1] in _LEADING:
            first -= 1
        while last + 1 < len(text) and text[last + 1] in _TRAILING:
            last += 1
        line: Box | None = None
        for box in self.letters.boxes[first : last + 1]:
            if box[2] <= box[0] or box[3] <= box[1]:
                continue
            if line is not None and _is_beside(line, box):
                line = (min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3]))
            else:
                if line is not None:
                    yield line
                line = box
        if line is not None:
            yield line


def _is_beside(line: Box, box: Box) -> bool:
    """Tell whether a character continues a line: as high as it, and close behind its end."""
    shared = min(line[3], box[3]) - max(line[1], box[1])
    height = min(line[3] - line[1], box[3] - box[1])
    return shared > _LINE * height and -_GAP * height < box[0] - line[2] < _GAP * height


def places(text: str, stretches: Sequence[Stretch], number: int, printed: Sequence[Letters | None]) -> list[Place]:
    """Locate statements on the page of that number, in their order. `printed`: the page before it, and that page.

    Of a statement that begins on the page before, the part that isn't there is searched.
    """
    before, here = (PrintedPage(each) if each else None for each in printed)
    if here is None:
        return []
    found = [_rest(text, each, before, here) for each in stretches if each.page == number - 1 and before]
    found += [_placed(each, folded(text[each.start : each.end])[0], here) for each in stretches if each.page == number]
    return [each for each in found if each]


def _rest(text: str, stretch: Stretch, before: PrintedPage, here: PrintedPage) -> Place | None:
    wanted, _ = folded(text[stretch.start : stretch.end])
    there = before.found(wanted)
    last = before.text[slice(*there[-1])] if there else ""
    rest = wanted[wanted.find(last) + len(last) :]
    return _placed(stretch, rest, here, len(wanted)) if len(rest) >= LEAST else None


def _placed(stretch: Stretch, wanted: str, page: PrintedPage, whole: int = 0) -> Place | None:
    reached = page.reached
    spans = page.found(wanted)
    letters = sum(end - start for start, end in spans)
    if not letters or (letters < FEWEST and letters < SHARE * len(wanted)):
        page.reached = reached
        return None
    return Place(stretch.start, stretch.end, page.boxes(spans), letters / (whole or len(wanted)))
