"""What PDFium tells of a page: runs of characters with place and size. Used in the child process only.

Sizes are in points, y grows upwards. A run ends where the baseline, the size or the weight changes, at a
new line and at a gap wider than a space.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

_BOLD = re.compile(r"bold|black|heavy|semibd|demi|[-,]bd|[-.]b$|cmbx|advot.*\.b|medi$", re.IGNORECASE)
_HYPHEN, _SPACE, _BREAKS = 2, 32, (10, 13)
_RAISED = 0.6
_GAP = 0.9
_OVERLAP = 2.0
_SLANT = 0.06

# text, x0, x1, baseline, size, bold, whether PDFium began a new line
Run = tuple[str, float, float, float, float, bool, bool]


@dataclass
class _Open:
    """A run being read."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    is_bold: bool
    is_new_line: bool
    turns: int

    def closed(self) -> Run:
        numbers = (round(self.x0, 1), round(self.x1, 1), round(self.baseline, 1), round(self.size, 1))
        return (self.text, *numbers, self.is_bold, self.is_new_line)


class PageGlyphs:
    """The characters of one page."""

    def __init__(self, page: pdfium.PdfPage, fonts: dict[int, bool]) -> None:
        self._text = page.get_textpage()
        self._handle = self._text.raw
        self._fonts = fonts
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def runs(self) -> Iterator[Run]:
        """Runs in the order of the page's content, of the direction of most of its text; turned ones upright."""
        found: dict[int, list[Run]] = {}
        for turns, run in self._runs():
            found.setdefault(turns, []).append(run)
        yield from max(found.values(), key=lambda runs: sum(len(run[0]) for run in runs), default=[])

    def close(self) -> None:
        """Frees the page's text."""
        self._text.close()

    def _runs(self) -> Iterator[tuple[int, Run]]:
        now: _Open | None = None
        is_new_line, is_space, is_bold = True, False, False
        turns: int | None = 0
        for i in range(raw.FPDFText_CountChars(self._handle)):
            code = raw.FPDFText_GetUnicode(self._handle, i)
            if code in _BREAKS:
                is_new_line, is_space = True, False
                continue
            if code == _SPACE or code == 0xA0:
                is_space = True
                continue
            if code == 0 or 0xD800 <= code < 0xE000:
                code = 0xFFFD
            if now is None or is_space or is_new_line:
                before, turns = turns, self._turns(i)
                is_bold = self._is_bold(i)
                is_new_line = is_new_line or turns != before
            if turns is None:
                continue
            x0, x1, baseline, size = self._place(i, turns)
            if now and (is_new_line or self._is_apart(now, x0, baseline, size, is_bold)):
                yield now.turns, now.closed()
                now = None
            if now is None:
                now = _Open("", x0, x1, baseline, size, is_bold, is_new_line, turns)
            elif is_space:
                now.text += " "
            now.text += "-" if code == _HYPHEN else chr(code)
            now.x1 = max(now.x1, x1)
            is_new_line = is_space = False
        if now:
            yield now.turns, now.closed()

    def _place(self, i: int, turns: int) -> tuple[float, float, float, float]:
        raw.FPDFText_GetLooseCharBox(self._handle, i, self._box)
        raw.FPDFText_GetCharOrigin(self._handle, i, self._x, self._y)
        box = self._box
        if turns == 3:
            return box.bottom, box.top, -self._x.value, box.right - box.left
        if turns == 1:
            return -box.top, -box.bottom, self._x.value, box.right - box.left
        return box.left, box.right, self._y.value, box.top - box.bottom

    def _is_apart(self, now: _Open, x0: float, baseline: float, size: float, is_bold: bool) -> bool:
        if abs(now.baseline - baseline) > _RAISED or abs(now.size - size) > _RAISED or now.is_bold != is_bold:
            return True
        return x0 - now.x1 > _GAP * size or x0 < now.x1 - _OVERLAP * size

    def _turns(self, i: int) -> int | None:
        """Quarter turns of a character: 0 upright, 1 reads downwards, 3 upwards; None at a slant."""
        quarters = raw.FPDFText_GetCharAngle(self._handle, i) / (math.pi / 2)
        nearest = round(quarters)
        return nearest % 4 if abs(quarters - nearest) < _SLANT else None

    def _is_bold(self, i: int) -> bool:
        text_object = raw.FPDFText_GetTextObject(self._handle, i)
        font: Any = raw.FPDFTextObj_GetFont(text_object) if text_object else None
        if not font:
            return False
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            name = ctypes.create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, name, 200)
            self._fonts[key] = bool(_BOLD.search(name.value.decode("latin-1").split("+")[-1]))
        return self._fonts[key]
