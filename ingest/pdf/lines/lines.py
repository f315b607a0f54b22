"""Join runs of characters to printed lines."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import groupby, pairwise

from ingest.pdf.file.extract import Page, Run
from ingest.pdf.lines.accents import with_accents
from ingest.pdf.lines.line import Line, Placed, joined, line_of
from ingest.pdf.lines.order import in_order

_SMALL = 0.86
_SAME_BASELINE = 0.12
_WIDEST_GAP = 1.5
_LABEL_GAP = 4.0
_LABEL = re.compile(r"[\[(]?\d{1,3}[\].)]{0,2}|[•‣▪◦●○■–\x01-\x08\uf0b7\ufffd\uf0a7]|\(?[a-z][.)]")
_INVISIBLE = dict.fromkeys([0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_SIGNS = re.compile(r"[*∗†‡§¶#✉]{1,3}")
_SIGN_FONT = re.compile(r"^[\x01-\x08](?=\s|$)")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_BAND = 12.0
_EVEN, _INDENT = 1.8, 2.5


@dataclass
class _Growing:
    """A line that runs are added to."""

    placed: list[Placed] = field(default_factory=list)
    size: float = 0.0
    baseline: float = 0.0
    x1: float = 0.0

    def add(self, run: Run, level: int) -> None:
        if not self.placed:
            self.size, self.baseline, self.x1 = run.size, run.baseline, run.x1
        self.placed.append((run, level))
        self.x1 = max(self.x1, run.x1)

    def level(self, run: Run) -> int | None:
        """Return how a run continues the line: 0 on it, 1 raised, -1 lowered; None if it doesn't."""
        gap = run.x0 - self.x1
        rise = run.baseline - self.baseline
        if not -2.0 * self.size <= gap <= _WIDEST_GAP * self.size:
            return None
        if abs(rise) <= _SAME_BASELINE * self.size:
            return 0
        is_near = gap <= 0.7 * self.size
        if is_near and 0 <= rise <= 0.85 * self.size and _SIGNS.fullmatch(run.text):
            return 1
        if is_near and run.size <= _SMALL * self.size and -0.45 * self.size <= rise <= 0.85 * self.size:
            return 1 if rise > 0 else -1
        return None

    def is_led_by(self, run: Run) -> bool:
        """Tell whether the line so far is only a superscript in front of a run."""
        rise = self.baseline - run.baseline
        gap = run.x0 - self.x1
        is_small = self.size <= _SMALL * run.size
        return is_small and 0.05 * run.size < rise < 0.85 * run.size and -0.5 * run.size <= gap <= 0.7 * run.size

    def become_superscript_of(self, run: Run) -> None:
        self.placed = [(before, 1) for before, _ in self.placed]
        self.size, self.baseline = run.size, run.baseline
        self.add(run, 0)


def lines(page: Page) -> list[Line]:
    """Return the lines of a page in reading order, which is the file's unless columns contradict it."""
    grown: list[_Growing] = []
    for printed in with_accents(page.runs):
        text = _visible(printed.text)
        run = printed if text == printed.text else replace(printed, text=text)
        if run.text.strip():
            _put(grown, run)
    printed_once = without_layers([line_of(page.number, g.placed, g.size, g.baseline) for g in grown])
    return justified(_with_labels(in_order(printed_once)))


def _visible(text: str) -> str:
    """Drop invisible characters; a soft hyphen at the end is printed."""
    if text.isascii() and text.isprintable():
        return text
    text = text[:-1] + "-" if text.endswith("\xad") else text
    # Fonts of signs give their bullet a control character.
    return _CONTROL.sub("", _SIGN_FONT.sub("•", text.translate(_INVISIBLE)))


def _put(grown: list[_Growing], run: Run) -> None:
    last = grown[-1] if grown else None
    level = last.level(run) if last else None
    if last and level is not None:
        last.add(run, level)
    elif last and last.is_led_by(run):
        last.become_superscript_of(run)
    else:
        grown.append(_Growing())
        grown[-1].add(run, 0)


def _with_labels(found: Sequence[Line]) -> list[Line]:
    """Join a number or bullet to the line that it is set in front of."""
    result: list[Line] = []
    for i, line in enumerate(found):
        before = result[-1] if result else None
        following = found[i + 1] if i + 1 < len(found) else None
        if before and _is_label(before, line) and not (following and _is_beside(line, following)):
            result[-1] = joined(before, line)
        else:
            result.append(line)
    return result


def _is_label(label: Line, line: Line) -> bool:
    is_near = 0 < line.x0 - label.x1 < _LABEL_GAP * line.size
    return is_near and abs(label.baseline - line.baseline) < 0.5 * line.size and bool(_LABEL.fullmatch(label.text))


def _is_beside(line: Line, other: Line) -> bool:
    gap = other.x0 - line.x1
    return abs(line.baseline - other.baseline) < 0.3 * line.size and 0 < gap < 5 * line.size


def without_layers(found: Sequence[Line]) -> list[Line]:
    """Drop lines that lie upon an earlier one: layers under a figure, bold made by printing twice."""
    heights: dict[int, list[Line]] = defaultdict(list)
    kept: list[Line] = []
    for line in found:
        level = int(line.baseline // _BAND)
        near = (other for at in (level - 1, level, level + 1) for other in heights[at])
        if not any(_lies_upon(line, other) for other in near):
            kept.append(line)
            heights[level].append(line)
    return kept


def _lies_upon(line: Line, other: Line) -> bool:
    size = min(line.size, other.size)
    if abs(line.baseline - other.baseline) >= min(0.6 * size, _BAND):
        return False
    shared = min(line.x1, other.x1) - max(line.x0, other.x0)
    return shared > 0.6 * max(min(line.x1 - line.x0, other.x1 - other.x0), size)


def justified(found: Sequence[Line]) -> list[Line]:
    """Join a line's few words if they were spread to fill the column; cells of a table stay apart."""
    result: list[Line] = []
    groups = [list(group) for _, group in groupby(found, key=_Level())]
    for i, group in enumerate(groups):
        near = [other for at in (i - 1, i + 1) if 0 <= at < len(groups) for other in groups[at]]
        is_spread = all(len(line.text.split()) == 1 for line in group) or _is_even(group)
        if len(group) > 1 and is_spread and _is_column(group, near):
            result.append(reduce(joined, group))
        else:
            result += group
    return result


class _Level:
    """Numbers lines by baseline: a line to the right of the last one, on its baseline, gets the same number."""

    def __init__(self) -> None:
        self._last: Line | None = None
        self._number = 0

    def __call__(self, line: Line) -> int:
        last = self._last
        is_level = last and abs(last.baseline - line.baseline) < 0.1 * line.size and line.x0 > last.x1
        self._number += not is_level
        self._last = line
        return self._number


def _is_even(group: Sequence[Line]) -> bool:
    """Tell whether the spaces within a line are equally wide, as they are where a line is made to fill its column."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(group)]
    return len(gaps) > 1 and max(gaps) < _EVEN * min(gaps)


def _is_column(group: Sequence[Line], near: Sequence[Line]) -> bool:
    """Tell whether the line above or below reaches from the first word to the last."""
    first, last = group[0], group[-1]
    return any(
        abs(other.size - first.size) < 0.05 * first.size
        and abs(other.baseline - first.baseline) < 2.2 * first.size
        and other.x0 <= first.x0 + _INDENT * first.size
        and other.x1 >= last.x1 - first.size
        for other in near
    )
