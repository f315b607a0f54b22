"""What is measured in the picture of a page: ink, slant, raised marks, strokes. Used in the child process only.

A picture is an array of grey values, 0 black to 255 white, rows from the top. Lengths are in pixels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Ink = NDArray[np.bool_]
# first column, column behind the last, first row, last row
Segment = tuple[int, int, int, int]

_FEWEST_LINES, _LONG = 3, 400
# Slant, in pixels down per pixel across: less isn't worth redrawing, more is no scan that lies slightly askew.
_LEAST_SLANT, _MOST_SLANT = 0.0015, 0.1
# Of the rows between baseline and x-height, how much ink the rows above hold.
_SPARSE = 0.55
# In x-heights above the baseline: the top of what belongs to a line, where a raised mark ends and begins at most, and
# how high its digits are at least.
_REACH, _FOOT, _HEAD, _DIGIT, _WIDEST = 2.3, 0.3, 1.1, 0.62, 5.0
# Of a comma, a dash or a bracket between raised digits, and of the space between them.
_PART_FOOT, _PART_HEAD, _BETWEEN = 0.15, 0.6, 0.45
_MARGIN, _EDGE = 24, 2
# In x-heights: how high a full stop or comma is at most.
_STOP = 0.55
# In x-heights: how high a number in front of a line is at most, and how far in front of it.
_TALL, _BEFORE = 1.9, 8.0


@dataclass(frozen=True)
class TextLine:
    """Where a line of text stands: its ends, its highest row, and the height of its baseline at either end."""

    x0: int
    x1: int
    top: int
    y0: float
    y1: float

    def baseline(self, x: float) -> float:
        """The height of the baseline at a place."""
        return self.y0 + (self.y1 - self.y0) * (x - self.x0) / max(1, self.x1 - self.x0)


@dataclass(frozen=True)
class Mark:
    """What stands raised in a line, as a superscript does: the columns and rows it fills, its line.

    `unit`: the x-height of the line.
    """

    x0: int
    x1: int
    top: int
    bottom: int
    line: TextLine
    unit: float


def threshold(picture: Grey) -> int:
    """The grey value that best divides ink from paper (Otsu 1979)."""
    counts = np.bincount(picture.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (sums[-1] * below / below[-1] - sums) ** 2 / (below * above)
    return int(np.argmax(np.nan_to_num(between)))


def slant(lines: Sequence[TextLine]) -> float:
    """How far the lines fall per pixel across; 0.0 if they lie level, or if too few tell."""
    long = [line for line in lines if line.x1 - line.x0 > _LONG]
    if len(long) < _FEWEST_LINES:
        return 0.0
    fall = float(np.median([(line.y1 - line.y0) / (line.x1 - line.x0) for line in long]))
    return fall if _LEAST_SLANT < abs(fall) < _MOST_SLANT else 0.0


def levelled(picture: Grey, fall: float) -> Grey:
    """The picture turned so that lines which fall so far lie level. Small turns are two shears."""
    height, width = picture.shape
    down = np.rint(fall * (np.arange(width) - width / 2)).astype(int)
    across = np.rint(-fall * (np.arange(height) - height / 2)).astype(int)
    return _sheared(_sheared(picture.T, down).T, across)


def _sheared(rows: Grey, shifts: NDArray[np.int_]) -> Grey:
    """Each row moved to the left by so many pixels; white comes in."""
    result = np.full_like(rows, 255)
    length = rows.shape[1]
    for row, shift in enumerate(shifts):
        if abs(shift) < length:
            result[row, max(0, -shift) : length - max(0, shift)] = rows[row, max(0, shift) : length + min(0, shift)]
    return result


def x_height(ink: Ink, line: TextLine) -> float:
    """How high the letters of a line are that are as high as an x: above them there is far less ink. 0.0 if unclear."""
    base = round(line.baseline((line.x0 + line.x1) / 2))
    rows = ink[max(0, line.top) : base, max(0, line.x0) : line.x1].sum(axis=1)[::-1]
    level = float(np.median(rows[: max(1, len(rows) // 2)])) if len(rows) else 0.0
    sparse = np.flatnonzero(rows < _SPARSE * level)
    return float(sparse[sparse >= len(rows) // 3][0]) if any(sparse >= len(rows) // 3) else 0.0


def raised_marks(ink: Ink, line: TextLine, unit: float) -> list[Mark]:
    """Groups of marks that stand raised in a line, each at least as high as a superscript's digit.

    `unit`: the line's x-height.
    """
    base = line.baseline((line.x0 + line.x1) / 2)
    top, end = max(0, round(base - _REACH * unit)), min(ink.shape[0], round(base + 0.5 * unit))
    left, right = max(0, line.x0 - round(unit)), min(ink.shape[1], line.x1 + round(3 * unit))
    if unit < 6 or end - top < unit or right <= left:
        return []
    groups: list[Mark] = []
    is_open = False
    strip = ink[top:end, left:right]
    for segment in _segments(strip):
        x0, x1, first, last = _behind_stop(strip, segment, round(_STOP * unit))
        head, foot = (base - (first + top)) / unit, (base - (last + 1 + top)) / unit
        is_digit = foot >= _FOOT and head >= _HEAD and head - foot >= _DIGIT
        mark = Mark(x0 + left, x1 + left, first + top, last + 1 + top, line, unit)
        is_near = is_open and mark.x0 - groups[-1].x1 < _BETWEEN * unit
        if is_near and foot >= _PART_FOOT and head >= _PART_HEAD:
            groups[-1] = _together(groups[-1], mark)
            continue
        is_open = is_digit
        if is_digit:
            groups.append(mark)
    return [mark for mark in groups if mark.x1 - mark.x0 <= _WIDEST * unit]


def leading_mark(ink: Ink, line: TextLine, unit: float) -> Mark | None:
    """What stands by itself in front of a line, as the number of an entry does; None if nothing does, or too much.

    `ink` without what was read; `unit`: the line's x-height.
    """
    base = line.baseline(line.x0)
    top, end = max(0, round(base - _TALL * unit)), min(ink.shape[0], round(base + 0.4 * unit))
    left, right = max(0, line.x0 - round(_BEFORE * unit)), line.x0 - round(0.3 * unit)
    if unit < 6 or end - top < unit or right <= left:
        return None
    parts = [part for part in _segments(ink[top:end, left:right]) if part[3] - part[2] >= 0.2 * unit]
    high = max((last + 1 - first for _, _, first, last in parts), default=0)
    if not _HEAD * unit <= high <= _TALL * unit or parts[0][0] < 0.3 * unit or parts[-1][1] - parts[0][0] > 5 * unit:
        return None
    first, last = min(part[2] for part in parts), max(part[3] for part in parts) + 1
    return Mark(parts[0][0] + left, parts[-1][1] + left, first + top, last + top, line, unit)


def _together(mark: Mark, other: Mark) -> Mark:
    return replace(mark, x1=other.x1, top=min(mark.top, other.top), bottom=max(mark.bottom, other.bottom))


def _segments(strip: Ink) -> list[Segment]:
    """The stretches of columns that hold ink."""
    columns = np.concatenate(([False], strip.any(axis=0), [False]))
    edges = np.flatnonzero(columns[1:] != columns[:-1])
    found = []
    for x0, x1 in zip(edges[::2], edges[1::2], strict=True):
        is_inked: Ink = np.any(strip[:, x0:x1], axis=1)
        # What hangs down from the line above isn't this line's.
        start = int(np.argmin(is_inked)) if is_inked[0] else 0
        rows = np.flatnonzero(is_inked[start:]) + start
        if len(rows):
            found.append((int(x0), int(x1), int(rows[0]), int(rows[-1])))
    return found


def _behind_stop(strip: Ink, segment: Segment, height: int) -> Segment:
    """What stands above and behind a full stop or comma of at most this height that runs into it; else the segment."""
    x0, x1, first, last = segment
    part = strip[first : last + 1, x0:x1]
    blank = np.flatnonzero(~np.any(part, axis=1))
    if not len(blank) or len(part) - blank[-1] > height:
        return segment
    stop = np.flatnonzero(np.any(part[blank[-1] :], axis=0))
    above = np.flatnonzero(np.any(part[: blank[-1]], axis=0))
    # In a question mark, the rest stands above the stop.
    if above[0] <= (stop[0] + stop[-1]) / 2:
        return segment
    rows = np.flatnonzero(np.any(part[: blank[-1]], axis=1))
    return int(above[0]) + x0, int(above[-1]) + 1 + x0, int(rows[0]) + first, int(rows[-1]) + first


def without(picture: Grey, marks: Iterable[Mark]) -> Grey:
    """The picture with paper in place of the marks and of their soft edges."""
    left = picture.copy()
    for mark in marks:
        left[max(0, mark.top - _EDGE) : mark.bottom + _EDGE, max(0, mark.x0 - _EDGE) : mark.x1 + _EDGE] = 255
    return left


def enlarged(picture: Grey, mark: Mark, size: int) -> Grey:
    """The picture of a mark alone, so many pixels high, within a white margin."""
    part = picture[mark.top : mark.bottom, mark.x0 : mark.x1].astype(np.float64)
    factor = max(1.0, size / max(1, mark.bottom - mark.top))
    rows, columns = (max(1, round(length * factor)) for length in part.shape)
    part = _stretched(_stretched(part, rows).T, columns).T
    return np.pad(np.clip(part, 0, 255).astype(np.uint8), _MARGIN, constant_values=255)


def _stretched(rows: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Rows interpolated to another number of rows."""
    at = np.clip((np.arange(count) + 0.5) * len(rows) / count - 0.5, 0, len(rows) - 1)
    low = np.floor(at).astype(int)
    high = np.minimum(low + 1, len(rows) - 1)
    share = (at - low)[:, None]
    blended: NDArray[np.float64] = rows[low] * (1 - share) + rows[high] * share
    return blended


def stroke(ink: Ink) -> float:
    """Mean width of the strokes in a part of a picture, measured across; 0.0 without ink."""
    begun = int(ink[:, :1].sum()) + int((ink[:, 1:] & ~ink[:, :-1]).sum())
    return float(ink.sum()) / begun if begun else 0.0
