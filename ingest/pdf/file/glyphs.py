"""Read a page through PDFium as runs of characters with place and size. Used in the child process only.

Sizes are in points, y grows upwards. A run ends where the baseline, the size or the weight changes, at a new line and
at a gap wider than a space. A text object of the file has one font, size and direction, so PDFium is asked for them
once per object, and for places once per word or part of a word of one object: asking for each character takes five
times as long. Only where a link covers a part of a word are its characters placed one by one.
"""

import ctypes
import math
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.pdf.file.fonts import UNKNOWN, Font, Fonts
from ingest.pdf.file.pdfium import Box, Matrix, Pdfium
from ingest.pdf.file.rectangles import LinkedAreas, Rectangle
from ingest.pdf.file.tags import PageTags

_WORD = re.compile("[^\t\n\r \xa0]+")
_BREAKS = frozenset("\r\n")
_ACCENTS = dict(
    zip("`´ˆ˜¯˘˙¨˚˝ˇ¸˛", "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328", strict=True)
)
_ACCENT = re.compile("[" + "".join(_ACCENTS) + "]")
# Rings of other kinds that stand behind a number, and no letter took them for its accent.
_DEGREE = re.compile(r"(?<=\d)(\s?)[˚∘◦](?=\s?[A-Z]\b|\W|$)")
_NOTHING = "\ufffe"
# What PDFium's text of a page holds for a hyphen and for NUL alike.
_DOUBTFUL = re.compile("\ufffe")
_SURROGATE = re.compile("[\ud800-\udfff]")
# No text holds these: they are codes of glyphs, and so are those of the private area.
_CODES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# The Glyph List has the signs of increment and ohm for glyphs named after Greek letters.
_CHARACTERS = {0x2206: "Δ", 0x2126: "Ω"}
_RAISED = 0.6
_WIDE = 0.6
_TINY = 1.0
_GAP = 1.0
_OVERLAP = 2.0
_SLANT = 0.06

# text, x0, x1, baseline, size, bold, whether PDFium began a new line, what it links to, whether it continues a run, tag
RunValues = tuple[str, float, float, float, float, bool, bool, str, bool, str]
# x0, x1, baseline
LinePlace = tuple[float, float, float]
# first and last character, text object
ObjectPart = tuple[int, int, int]


# quarter turns (none at a slant), size, font, tag
Look = tuple[int | None, float, Font, str]


class _Open:
    """A run being read."""

    __slots__ = ("baseline", "is_bold", "is_joined", "is_new_line", "mark", "size", "text", "turns", "x0", "x1")

    def __init__(self, place: LinePlace, size: float, is_bold: bool, turns: int, mark: tuple[str, str]) -> None:
        self.x0, self.x1, self.baseline = place
        self.text, self.size, self.is_bold, self.turns, self.mark = "", size, is_bold, turns, mark
        self.is_new_line = self.is_joined = False

    def is_apart(self, place: LinePlace, size: float, is_bold: bool) -> bool:
        """Tell whether characters there can't belong to this run."""
        x0, _, baseline = place
        if abs(self.baseline - baseline) > _RAISED or abs(self.size - size) > _RAISED or self.is_bold != is_bold:
            return True
        return x0 - self.x1 > _GAP * size or x0 < self.x1 - _OVERLAP * size

    def closed(self) -> RunValues:
        numbers = (round(self.x0, 1), round(self.x1, 1), round(self.baseline, 1), round(self.size, 1))
        link, tag = self.mark
        return (_joined(self.text), *numbers, self.is_bold, self.is_new_line, link, self.is_joined, tag)


class Told(NamedTuple):
    """What a file tells of a page: links, the file's fonts, the tags of the text."""

    links: Sequence[Rectangle] = ()
    fonts: Fonts | None = None
    tags: PageTags | None = None


class PageGlyphs:
    """The characters of a page's text, a handle of PDFium."""

    def __init__(self, library: Pdfium, handle: int, page: Box, told: Told | None = None) -> None:
        told = told or Told()
        self._handle, self._library, self._page = handle, library, page
        self._areas = LinkedAreas(told.links, page)
        self._box, self._x, self._y = Box(), ctypes.c_double(), ctypes.c_double()
        self._object_of, self._box_of = library.FPDFText_GetTextObject, library.FPDFText_GetLooseCharBox
        self._known, self._tags = told.fonts or Fonts(), told.tags
        self._fonts: dict[int, Font] = {}
        self._looks: dict[int, Look] = {}

    def runs(self) -> tuple[int, list[RunValues]]:
        """Return the quarter turns of most of the text, and its runs in the file's order, upright."""
        found: dict[int, list[RunValues]] = {}
        for turns, run in filter(self._is_visible, self._runs()):
            found.setdefault(turns, []).append(run)
        return max(found.items(), key=lambda item: sum(len(run[0]) for run in item[1]), default=(0, []))

    def _is_visible(self, turned: tuple[int, RunValues]) -> bool:
        """Tell whether a run stands on the page, in a readable size."""
        turns, (_, x0, x1, baseline, size, *_) = turned
        width, height = self._page.right - self._page.left, self._page.top - self._page.bottom
        if turns in (1, 3):
            width, height = height, width
        is_sound = math.isfinite(x0 + x1 + size) and size > _TINY
        return is_sound and x1 >= 0 and x0 <= width and 0 <= baseline <= height

    def _runs(self) -> Iterator[tuple[int, RunValues]]:
        text = self._text()
        now: _Open | None = None
        is_new_line, is_bold, end = True, False, 0
        before: int | None = 0
        for word in _WORD.finditer(text):
            start, is_space = word.start(), True
            is_new_line = is_new_line or not _BREAKS.isdisjoint(text[end:start])
            end = word.end()
            parts = self._linked(start, end - 1) if self._areas else self._placed(start, end - 1)
            for first, last, place, look, link in parts:
                turns, size, font, tag = look
                is_new_line, before = is_new_line or turns != before, turns
                if turns is None:
                    continue
                is_bold = font.is_bold if is_space or is_new_line else is_bold
                if now and (is_new_line or now.is_apart(place, size, is_bold)):
                    yield now.turns, now.closed()
                    now = None
                is_cut = now is not None and now.mark != (link, tag)
                if now and is_cut:
                    yield now.turns, now.closed()
                if now is None or is_cut:
                    now = _Open(place, size, is_bold, turns, (link, tag))
                    now.is_new_line, now.is_joined = is_new_line, is_cut
                    now.text = " " * (is_cut and is_space)
                elif is_space:
                    now.text += " "
                now.text += self._told(text, first, last, font)
                now.x1 = max(now.x1, place[1])
                is_new_line = is_space = False
        if now:
            yield now.turns, now.closed()

    def _linked(self, first: int, last: int) -> Iterator[tuple[int, int, LinePlace, Look, str]]:
        """Return the parts of a word as `_placed` does, cut at the edges of links, each with what it links to."""
        for a, b, place, look, _ in self._placed(first, last):
            turns, size, *_ = look
            if not self._areas.touch(place, size, turns or 0):
                yield a, b, place, look, ""
                continue
            links = [self._link(i, size, turns or 0) for i in range(a, b + 1)]
            starts = [i for i in range(len(links)) if i == 0 or links[i] != links[i - 1]]
            for i, j in zip(starts, [*starts[1:], len(links)], strict=True):
                yield a + i, a + j - 1, self._place(a + i, a + j - 1, turns or 0), look, links[i]

    def _link(self, i: int, size: float, turns: int) -> str:
        return self._areas.link(self._place(i, i, turns), size, turns)

    def _placed(self, first: int, last: int) -> Iterator[tuple[int, int, LinePlace, Look, str]]:
        """Return the parts of a word with place, look and no link; one wider than its characters is cut into them."""
        for a, b, thing in self._pieces(first, last):
            look = self._look(thing, a)
            turns = look[0] or 0
            place = self._place(a, b, turns)
            if a == b or place[1] - place[0] < look[1] * (_WIDE * (b - a) + _GAP):
                yield a, b, place, look, ""
            else:
                yield from ((i, i, self._place(i, i, turns), look, "") for i in range(a, b + 1))

    def _text(self) -> str:
        """Return the page's text, one character for each of PDFium's indexes."""
        count = self._library.FPDFText_CountChars(self._handle)
        units = ctypes.create_string_buffer(4 * count + 4)
        written = self._library.FPDFText_GetText(self._handle, 0, count, units) - 1
        text = units.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
        if written != count or len(text) != count:
            text = "".join(map(self._character, range(count)))
        text = _DOUBTFUL.sub(lambda found: self._character(found.start()), text).translate(_CHARACTERS)
        return self._accented(text) if _ACCENT.search(text) else text

    def _accented(self, text: str) -> str:
        """Combine accents with the letter that they are printed over, before or after them."""
        letters = list(text)
        for i in (found.start() for found in _ACCENT.finditer(text)):
            for k in (i - 1, i + 1):
                letter = _with_accent(text[k : k + 1], text[i])
                if letter and self._is_over(i, k):
                    letters[k], letters[i] = letter, _NOTHING
                    break
        return "".join(letters)

    def _is_over(self, i: int, k: int) -> bool:
        """Tell whether the middle of a character is within another's box."""
        self._box_of(self._handle, i, self._box)
        x, y = (self._box.left + self._box.right) / 2, (self._box.bottom + self._box.top) / 2
        self._box_of(self._handle, k, self._box)
        return self._box.left < x < self._box.right and self._box.bottom < y < self._box.top

    def _character(self, i: int) -> str:
        """Return one character. PDFium gives code 2 for its hyphens, and maybe for characters it doesn't know."""
        code: int = self._library.FPDFText_GetUnicode(self._handle, i)
        if code == 2 and not self._is_unmapped(i):
            return "-"
        return chr(code) if code <= sys.maxunicode else UNKNOWN

    def _pieces(self, first: int, last: int) -> list[ObjectPart]:
        """Cut a range of characters between text objects."""
        a, b = self._object_of(self._handle, first), self._object_of(self._handle, last)
        if a == b:
            return [(first, last, a or 0)]
        middle = (first + last) // 2
        return self._pieces(first, middle) + self._pieces(middle + 1, last)

    def _look(self, thing: int, i: int) -> Look:
        """Return how a text object is set, by one of its characters."""
        if thing not in self._looks:
            library, matrix = self._library, Matrix()
            library.FPDFText_GetMatrix(self._handle, i, matrix)
            size = library.FPDFText_GetFontSize(self._handle, i) * _stretch(matrix)
            turns = _turns(math.atan2(matrix.b, matrix.a))
            tag = self._tags.tag(thing) if self._tags and thing else ""
            self._looks[thing] = turns, size if size > _TINY else self._height(i), self._font(thing), tag
        return self._looks[thing]

    def _height(self, i: int) -> float:
        """Return a character's height. It stands for the size where a font gives none, its letters being drawings."""
        self._box_of(self._handle, i, self._box)
        return self._box.top - self._box.bottom

    def _place(self, first: int, last: int, turns: int) -> LinePlace:
        """Return where characters of one text object stand, upright."""
        self._library.FPDFText_GetCharOrigin(self._handle, first, self._x, self._y)
        place = self._upright(first, turns)
        if first == last:
            return place
        end = self._upright(last, turns)
        # The last character stands first where the script runs from right to left.
        return min(place[0], end[0]), max(place[1], end[1]), place[2]

    def _upright(self, i: int, turns: int) -> LinePlace:
        self._box_of(self._handle, i, self._box)
        box, page = self._box, self._page
        if turns == 0:
            return box.left - page.left, box.right - page.left, self._y.value - page.bottom
        if turns == 1:
            return page.top - box.top, page.top - box.bottom, self._x.value - page.left
        if turns == 2:
            return page.right - box.right, page.right - box.left, page.top - self._y.value
        return box.bottom - page.bottom, box.top - page.bottom, page.right - self._x.value

    def _font(self, thing: int) -> Font:
        """Return the font of a text object."""
        handle = self._library.FPDFTextObj_GetFont(thing) or 0 if thing else 0
        if handle not in self._fonts:
            name = ctypes.create_string_buffer(200)
            if handle:
                self._library.FPDFFont_GetBaseFontName(handle, name, 200)
            self._fonts[handle] = self._known.font(name.value.decode("latin-1"))
        return self._fonts[handle]

    def _told(self, text: str, first: int, last: int, font: Font) -> str:
        """Characters from first to last; unknown where PDFium gives a font's code for want of the character.

        In fonts without a name, whose letters are drawings, the codes are mostly those of the characters.
        """
        part, known = text[first : last + 1], font.unmapped
        for character in set(part).difference(known):
            known[character] = self._is_doubtful(character, first + part.index(character), font)
            font.is_partial |= known[character]
        if not font.is_partial:
            return part
        return "".join(self._shown(c, first + k, font) if known[c] else c for k, c in enumerate(part))

    def _is_doubtful(self, character: str, i: int, font: Font) -> bool:
        is_code = _CODES.match(character) or _PRIVATE.match(character)
        return bool(is_code) or (font.is_named and self._is_unmapped(i))

    def _shown(self, character: str, i: int, font: Font) -> str:
        if _PRIVATE.match(character):
            return font.named(character)
        return font.character(character) if _CODES.match(character) or self._is_unmapped(i) else character

    def _is_unmapped(self, i: int) -> bool:
        return bool(self._library.FPDFText_HasUnicodeMapError(self._handle, i) == 1)


def _stretch(matrix: Matrix) -> float:
    """Return how much larger than its font a text is printed across its baseline; slanting doesn't count."""
    return abs(matrix.a * matrix.d - matrix.b * matrix.c) / (math.hypot(matrix.a, matrix.b) or 1.0)


def _turns(angle: float) -> int | None:
    """Return quarter turns: 0 upright, 1 reads downwards, 3 upwards; None at a slant."""
    if math.isnan(angle):
        return None
    quarters = angle / (math.pi / 2)
    nearest = round(quarters)
    return -nearest % 4 if abs(quarters - nearest) < _SLANT else None


def _with_accent(letter: str, accent: str) -> str:
    """Return the one character that a letter and an accent make, "" if there is none."""
    bare = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    made = unicodedata.normalize("NFC", bare + _ACCENTS[accent])
    return made if bare.isalpha() and len(made) == 1 else ""


def _joined(text: str) -> str:
    """Combine accents with letters and surrogate pairs to characters; a lone surrogate is unknown."""
    if text.isascii():
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", _DEGREE.sub(r"\1°", text.replace(_NOTHING, "")))
