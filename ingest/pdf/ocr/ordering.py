"""Put recognised lines in reading order: down one column, then down the next.

Tesseract mostly does, but takes a bibliography in two columns for one, or its numbers for a column of their own.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from ingest.pdf.ocr.printed import PrintedLine

# In line heights: a gap that no two words of a line have between them, and what counts as one row.
_GAP, _ROW = 1.0, 0.4
# Of a column: lines, and which part of them is at least so wide, as a part of the widest. Tables have no such lines.
_FEWEST, _FILLED, _WIDE = 4, 0.4, 0.75
# Which part of the lines may cross the space between columns: titles, captions.
_CROSSING = 0.4
_STEP = 2.0
_LABEL, _LABEL_GAP = re.compile(r"[\[(]?\d{1,3}[\].)]{0,2}"), 4.0
_NARROWEST = 60.0


def in_reading_order(lines: Sequence[PrintedLine], em: float) -> list[PrintedLine]:
    """Return the lines of a page in reading order, cut where columns divide them. `em`: the usual size, in points."""
    return list(_ordered([part for line in lines for part in _parts(line, em)], em))


def _parts(line: PrintedLine, em: float) -> Iterator[PrintedLine]:
    """Cut a line where its words stand too far apart."""
    start = 0
    for place in range(1, len(line.words) + 1):
        if place == len(line.words) or line.words[place].x0 - line.words[place - 1].x1 > _GAP * em:
            yield PrintedLine(line.words[start:place])
            start = place


def _ordered(lines: Sequence[PrintedLine], em: float) -> Iterator[PrintedLine]:
    gutter = _gutter(lines)
    if gutter is None:
        yield from _down(lines, em)
        return
    left: list[PrintedLine] = []
    right: list[PrintedLine] = []
    for line in _down(lines, em):
        if line.x1 <= gutter:
            left.append(line)
        elif line.x0 >= gutter:
            right.append(line)
        else:
            yield from (*_ordered(left, em), *_ordered(right, em), line)
            left, right = [], []
    yield from (*_ordered(left, em), *_ordered(right, em))


def _down(lines: Sequence[PrintedLine], em: float) -> Iterator[PrintedLine]:
    """Row by row, each from left to right."""
    highest = sorted(lines, key=lambda line: -line.baseline)
    for _, row in groupby(highest, key=_Rows(_ROW * em)):
        yield from _labelled(sorted(row, key=lambda line: line.x0), em)


def _labelled(row: Sequence[PrintedLine], em: float) -> Iterator[PrintedLine]:
    """The parts of a row, a number together with what it stands in front of."""
    label: PrintedLine | None = None
    for line in row:
        if label and line.x0 - label.x1 < _LABEL_GAP * em:
            yield line.led_by(label)
            label = None
            continue
        if label:
            yield label
        label = line if _LABEL.fullmatch(line.text) else None
        if not label:
            yield line
    if label:
        yield label


class _Rows:
    """Numbers lines that come from top to bottom; those that hardly differ in height get one number."""

    def __init__(self, height: float) -> None:
        self._height, self._top, self._number = height, float("inf"), 0

    def __call__(self, line: PrintedLine) -> int:
        if self._top - line.baseline > self._height:
            self._top = line.baseline
            self._number += 1
        return self._number


def _gutter(lines: Sequence[PrintedLine]) -> float | None:
    """Where the space between two columns of running text is that fewest lines cross; None if there is none."""
    if len(lines) < 2 * _FEWEST:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best: tuple[int, float] | None = None
    at = left + _NARROWEST
    while at < right - _NARROWEST:
        before = [line for line in lines if line.x1 <= at]
        after = [line for line in lines if line.x0 >= at]
        crossing = len(lines) - len(before) - len(after)
        is_less = best is None or crossing < best[0]
        if is_less and crossing <= _CROSSING * len(lines) and _is_column(before) and _is_column(after):
            best = crossing, at
        at += _STEP
    return best and best[1]


def _is_column(lines: Sequence[PrintedLine]) -> bool:
    """Tell whether most lines fill the width that they share, as in running text."""
    if len(lines) < _FEWEST:
        return False
    left, right = median(line.x0 for line in lines), max(line.x1 for line in lines)
    widest = max(right - left, _NARROWEST)
    return sum(line.x1 - line.x0 >= _WIDE * widest for line in lines) >= max(_FEWEST, _FILLED * len(lines))
