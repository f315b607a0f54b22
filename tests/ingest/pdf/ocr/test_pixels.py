"""What is measured in pictures: ink, slant, raised marks, strokes."""

from dataclasses import replace

import numpy as np
import pytest

from ingest.pdf.ocr.pixels import (
    Grey,
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

BASE, UNIT = 100, 20


def paper(height: int = 160, width: int = 400) -> Grey:
    """A white picture."""
    return np.full((height, width), 255, np.uint8)


def ink_at(picture: Grey, x0: int, x1: int, foot: float, head: float) -> None:
    """Blacken a box that reaches from one height above the baseline to another, in x-heights."""
    picture[round(BASE - head * UNIT) : round(BASE - foot * UNIT), x0:x1] = 0


def line_of_words() -> Grey:
    """A line of ten letters as high as an x, every third with an ascender."""
    picture = paper()
    for place in range(10):
        ink_at(picture, 20 + 16 * place, 32 + 16 * place, 0, 1)
        if place % 3 == 0:
            ink_at(picture, 20 + 16 * place, 23 + 16 * place, 1, 1.5)
    return picture


LINE = TextLine(20, 176, BASE - 34, BASE, BASE)


def test_paper_and_ink_are_divided() -> None:
    """Grey ink on grey paper is told apart."""
    picture = np.where(line_of_words() == 0, 60, 200).astype(np.uint8)
    assert 60 <= threshold(picture) < 200


def test_the_x_height_is_that_of_most_letters() -> None:
    """Ascenders don't count."""
    assert x_height(line_of_words() < 128, LINE) == UNIT


def test_a_superscript_is_found_with_all_its_digits() -> None:
    """Digits, a comma between them and no other mark of the line; quotation marks are too small."""
    picture = line_of_words()
    for x in (180, 204):
        ink_at(picture, x, x + 10, 0.7, 1.6)
    ink_at(picture, 195, 199, 0.5, 0.8)
    ink_at(picture, 300, 304, 1.0, 1.4)
    (mark,) = raised_marks(picture < 128, LINE, UNIT)
    assert (mark.x0, mark.x1, mark.top, mark.bottom) == (180, 214, BASE - 32, BASE - 10)


def test_what_hangs_down_from_the_line_above_is_not_raised() -> None:
    """A descender over a superscript isn't part of it; one alone is no superscript."""
    picture = line_of_words()
    picture[40:62, 40:44] = 0
    picture[40:62, 182:186] = 0
    ink_at(picture, 180, 190, 0.7, 1.6)
    (mark,) = raised_marks(picture < 128, LINE, UNIT)
    assert (mark.x0, mark.top) == (180, BASE - 32)


def test_a_superscript_behind_a_full_stop_is_found() -> None:
    """A digit that runs into the stop before it is one; the hook of a question mark isn't."""
    picture = line_of_words()
    ink_at(picture, 180, 184, 0, 0.2)
    ink_at(picture, 184, 194, 0.7, 1.6)
    (mark,) = raised_marks(picture < 128, LINE, UNIT)
    assert (mark.x0, mark.x1, mark.top, mark.bottom) == (184, 194, BASE - 32, BASE - 14)
    asking = line_of_words()
    ink_at(asking, 184, 188, 0, 0.2)
    ink_at(asking, 180, 192, 0.5, 1.5)
    assert raised_marks(asking < 128, LINE, UNIT) == []


def test_the_number_before_a_line_is_found() -> None:
    """What stands by itself in front of a line is its number; a neighbour that reaches there isn't."""
    picture = line_of_words()
    line = replace(LINE, x0=100)
    picture[:, :100] = 255
    ink_at(picture, 40, 50, 0, 1.4)
    ink_at(picture, 54, 60, 0, 1.4)
    mark = leading_mark(picture < 128, line, UNIT)
    assert mark
    assert (mark.x0, mark.x1, mark.bottom - mark.top) == (40, 60, 28)
    ink_at(picture, 0, 40, 0, 1.4)
    assert leading_mark(picture < 128, line, UNIT) is None
    assert leading_mark(paper() < 128, line, UNIT) is None


def test_marks_are_taken_out_with_their_edges() -> None:
    """Nothing of a superscript is left in the picture, and all else is."""
    picture = line_of_words()
    before = picture.copy()
    ink_at(picture, 180, 190, 0.7, 1.6)
    assert (without(picture, raised_marks(picture < 128, LINE, UNIT)) == before).all()


@pytest.mark.parametrize("size", [30, 48])
def test_a_mark_is_enlarged(size: int) -> None:
    """A superscript is read in a larger picture of its own, with a margin."""
    picture = line_of_words()
    ink_at(picture, 180, 190, 0.7, 1.6)
    (mark,) = raised_marks(picture < 128, LINE, UNIT)
    alone = enlarged(picture, mark, size)
    assert alone.shape[0] == size + 48
    assert (alone[:24] == 255).all()
    assert alone[24 : 24 + size].min() == 0


def test_lines_askew_are_levelled() -> None:
    """A picture turned by its slant, and back, has its lines where they were."""
    picture = paper(600, 800)
    for y in (100, 200, 300, 400):
        picture[y : y + 6, 100:700] = 0
    askew = levelled(picture, -0.02)
    assert (askew[100, 100:700] == 0).sum() < 400
    level = levelled(askew, 0.02)
    for y in (100, 200, 300, 400):
        assert (level[y + 3, 150:650] == 0).all()


def test_the_slant_is_that_of_long_lines() -> None:
    """Three long lines tell it; fewer, or a sheet that lies quite wrong, don't."""
    fallen = [TextLine(0, 1000, y, y, y + 10) for y in (100, 200, 300)]
    assert slant(fallen) == pytest.approx(0.01)
    assert slant(fallen[:2]) == 0.0
    assert slant([TextLine(0, 1000, y, y, y + 500) for y in (100, 200, 300)]) == 0.0


def test_strokes_are_measured_across() -> None:
    """Bold strokes are wider; nothing has none."""
    picture = paper()
    picture[:, 10:13] = 0
    picture[:, 50:53] = 0
    assert stroke(picture < 128) == 3.0
    assert stroke(paper() < 128) == 0.0
