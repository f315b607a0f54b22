"""Recognise the picture of a page with Tesseract. Used in the child process only.

Tesseract reads superscripts badly: of “words.¹²” it makes “words.” with a quotation mark, or nothing. So what stands
raised is found in the picture first, read enlarged and alone, and taken out before the page is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import tesserocr
from tesserocr import PT, RIL

from ingest.pdf.ocr.pixels import (
    Grey,
    Ink,
    Mark,
    TextLine,
    enlarged,
    leading_mark,
    levelled,
    raised_marks,
    slant,
    stroke,
    threshold,
    without,
    x_height,
)

# What a superscript may hold. Letters are those of notes and ordinals; l, I and O would be taken for digits.
_RAISED = "0123456789,-–[]()*abcdefghrnst"
_NUMBERS = re.compile(r"[\[(]?\d{1,3}(?:[,–-]+\d{1,3})*[\])]?,?")
_NOTE = re.compile(r"[a-z*]{1,2}(?:,[a-z*])*")
_LEAST, _SURE = 60, 85
_SIZES = (30, 38, 48)
# The numbers of a list, and how many of them make one.
_NUMBERING, _NUMBER, _FEWEST_NUMBERS = "0123456789.[]()", re.compile(r"[\[(]?\d{1,3}[\].)]{0,2}"), 3
_PAPER = 255
_TEXT = frozenset(
    (PT.FLOWING_TEXT, PT.HEADING_TEXT, PT.PULLOUT_TEXT, PT.EQUATION, PT.INLINE_EQUATION, PT.TABLE, PT.CAPTION_TEXT)
)
# Letters as high as an x, and those with the height of a capital.
_FLAT, _TALL = frozenset("acemnorsuvwxz"), frozenset("bdfhklABCDEFGHKLMNPRTUVXYZ023456789")


@dataclass
class Word:
    """A word, or a mark raised in its line. Pixels; the confidence is a share.

    `flat` and `tall`: the heights of its letters that are as high as an x, and of those as high as a capital.
    """

    text: str
    x0: int
    x1: int
    top: int
    bottom: int
    baseline: float
    stroke: float
    confidence: float
    is_raised: bool = False
    flat: list[int] = field(default_factory=list)
    tall: list[int] = field(default_factory=list)


@dataclass
class Read:
    """A line as it was read: where it stands, and its words."""

    place: TextLine
    words: list[Word] = field(default_factory=list)


class Recogniser:
    """Tesseract with the model that lies in a folder. `resolution`: of the pictures, in dots per inch."""

    def __init__(self, model: str, resolution: int) -> None:
        self._resolution = resolution
        self._api = tesserocr.PyTessBaseAPI(path=model, lang="eng", oem=tesserocr.OEM.LSTM_ONLY)

    def read(self, picture: Grey) -> list[Read]:
        """The lines of a picture in reading order, with superscripts."""
        placed = self._layout(picture)
        if fall := slant(placed):
            picture = levelled(picture, fall)
            placed = self._layout(picture)
        ink = picture <= threshold(picture)
        raised = [mark for line in placed for mark in raised_marks(ink, line, x_height(ink, line))]
        marks = list(self._marks(picture, raised))
        bare = without(picture, (mark for mark, _ in marks))
        found = [line for line in self._lines(bare, ink) if line.words]
        self._add_numbers(bare, ink, found)
        for mark, word in marks:
            _put(found, mark, word)
        return found

    def _layout(self, picture: Grey) -> list[TextLine]:
        """The lines of a picture, before anything is read."""
        self._show(picture, tesserocr.PSM.AUTO)
        found = self._api.AnalyseLayout()
        places = map(_text_line, tesserocr.iterate_level(found, RIL.TEXTLINE)) if found else ()
        return [place for place in places if place]

    def _show(self, picture: Grey, mode: int, allowed: str = "") -> None:
        height, width = picture.shape
        self._api.SetPageSegMode(mode)
        self._api.SetVariable("tessedit_char_whitelist", allowed)
        self._api.SetImageBytes(np.ascontiguousarray(picture).tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(self._resolution)

    def _marks(self, picture: Grey, marks: Sequence[Mark]) -> Iterator[tuple[Mark, Word]]:
        """The raised marks that can be read."""
        for mark in marks:
            text, confidence = self._best(picture, mark, _RAISED)
            if (_NUMBERS.fullmatch(text) and confidence >= _LEAST) or (_NOTE.fullmatch(text) and confidence >= _SURE):
                yield (
                    mark,
                    Word(text, mark.x0, mark.x1, mark.top, mark.bottom, mark.bottom, 0.0, confidence / 100, True),
                )

    def _add_numbers(self, picture: Grey, ink: Ink, lines: Sequence[Read]) -> None:
        """Read the numbers of a list that Tesseract passes over: a column of single digits is no text to it."""
        left = ink & (picture < _PAPER)
        for line in lines:
            for word in line.words:
                left[max(0, word.top) : word.bottom, word.x0 : word.x1] = False
        found = [(line, leading_mark(left, line.place, x_height(ink, line.place))) for line in lines]
        marks = [(line, mark) for line, mark in found if mark]
        for line, mark in marks if len(marks) >= _FEWEST_NUMBERS else ():
            text, confidence = self._best(picture, mark, _NUMBERING)
            if _NUMBER.fullmatch(text) and confidence >= _LEAST:
                first = line.words[0]
                base = line.place.baseline(mark.x0)
                word = Word(text, mark.x0, mark.x1, mark.top, mark.bottom, base, first.stroke, confidence / 100)
                line.words.insert(0, word)

    def _best(self, picture: Grey, mark: Mark, allowed: str) -> tuple[str, int]:
        """The text of a mark and its confidence in hundredths: now the one size is read better, now another."""
        return max((self._alone(enlarged(picture, mark, size), allowed) for size in _SIZES), key=lambda read: read[1])

    def _alone(self, picture: Grey, allowed: str) -> tuple[str, int]:
        self._show(picture, tesserocr.PSM.SINGLE_LINE, allowed)
        return "".join(self._api.GetUTF8Text().split()), self._api.MeanTextConf()

    def _lines(self, picture: Grey, ink: Ink) -> list[Read]:
        self._show(picture, tesserocr.PSM.AUTO)
        self._api.Recognize()
        found: list[Read] = []
        place: TextLine | None = None
        at = self._api.GetIterator()
        for symbol in tesserocr.iterate_level(at, RIL.SYMBOL) if at else ():
            if symbol.IsAtBeginningOf(RIL.TEXTLINE):
                place = _text_line(symbol)
                found += [Read(place)] if place else []
            if not place:
                continue
            line = found[-1]
            if symbol.IsAtBeginningOf(RIL.WORD):
                line.words += _word(symbol, line.place, ink)
            letter, box = symbol.GetUTF8Text(RIL.SYMBOL), symbol.BoundingBox(RIL.SYMBOL)
            if box and line.words and letter in _FLAT:
                line.words[-1].flat.append(box[3] - box[1])
            elif box and line.words and letter in _TALL:
                line.words[-1].tall.append(box[3] - box[1])
        return found


def _text_line(at: "tesserocr.PyPageIterator") -> TextLine | None:
    """Where the line stands at which Tesseract's iterator is; None at rules and pictures."""
    ends, box = at.Baseline(RIL.TEXTLINE), at.BoundingBox(RIL.TEXTLINE)
    if not ends or not box or at.BlockType() not in _TEXT:
        return None
    (x0, y0), (x1, y1) = ends
    fall = (y1 - y0) / (x1 - x0) if x1 != x0 else 0.0
    left, top, right, _ = box
    return TextLine(left, right, top, y0 + fall * (left - x0), y0 + fall * (right - x0))


def _word(at: "tesserocr.PyResultIterator", place: TextLine, ink: Ink) -> Iterator[Word]:
    text, box = at.GetUTF8Text(RIL.WORD).strip(), at.BoundingBox(RIL.WORD)
    if text and box:
        x0, top, x1, bottom = box
        width = stroke(ink[max(0, top) : bottom, max(0, x0) : x1])
        base = place.baseline((x0 + x1) / 2)
        yield Word(text, x0, x1, top, bottom, base, width, at.Confidence(RIL.WORD) / 100)


def _put(lines: Sequence[Read], mark: Mark, word: Word) -> None:
    """Put a raised mark into the line that it was found in. Without its marks a line may end elsewhere, or be gone."""
    unit = mark.unit
    base = mark.line.baseline(word.x0)
    near = [line for line in lines if abs(line.place.baseline(word.x0) - base) < 0.5 * unit]
    near = [line for line in near if line.words[0].x0 - 4 * unit < word.x0 < line.words[-1].x1 + 4 * unit]
    if near:
        line = min(near, key=lambda line: min(abs(word.x0 - other.x1) for other in line.words))
        line.words.append(word)
        line.words.sort(key=lambda other: other.x0)
