"""A page as a picture and as characters, from a process that is bounded."""

import struct
import zlib

import pytest

from evqa.errors import InputError
from ingest.pdf.page import page as module
from ingest.pdf.page.page import letters, picture
from tests.ingest.pdf.wool import wool
from tests.ingest.pdf.written import deflated, file_of, locked, paged, shown, tree

WORDS = shown(b"Ordinary words", 60, 700)


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and rows of a grey picture without filters."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (8, 0)
    (length,) = struct.unpack(">I", png[33:37])
    raw = zlib.decompress(png[41 : 41 + length])
    assert len(raw) == height * (width + 1)
    return width, height, [raw[row * (width + 1) + 1 : (row + 1) * (width + 1)] for row in range(height)]


def test_a_page_is_drawn() -> None:
    """White with ink where the words stand, in the page's own shape."""
    found = picture(paged(WORDS), 1)
    assert found is not None
    assert found.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, rows = pixels(found)
    assert (width, height) == (1400, 1867)
    inked = [place for place, row in enumerate(rows) if min(row) < 100]
    assert inked
    assert (800 - 712) / 800 < inked[0] / height < inked[-1] / height < (800 - 694) / 800


def test_characters_stand_where_they_are_drawn() -> None:
    """Shares of the page from its upper left corner; a turned page is turned."""
    count, (found,) = letters(paged(WORDS), 1)
    assert found is not None
    assert (count, found.number, found.text, found.width, found.height) == (1, 1, "Ordinary words", 600, 800)
    left, top, right, bottom = found.boxes[0]
    assert left == pytest.approx(60 / 600, abs=0.01)
    assert top < 100 / 800 < bottom
    assert left < right
    _, (turned,) = letters(paged(WORDS, keys=b"/MediaBox[0 0 600 800]/Rotate 90"), 1)
    assert turned is not None
    assert (turned.width, turned.height) == (800, 600)
    assert turned.boxes[0][1] == pytest.approx(60 / 600, abs=0.01)
    assert turned.boxes[0][0] < 700 / 800 < turned.boxes[0][2]


def test_a_page_that_is_not_there() -> None:
    """Is none, before the first as behind the last; the number of pages is told."""
    data = wool()
    assert picture(data, 3) is None
    count, (before, first, behind) = letters(data, 0, 1, 3)
    assert (count, before, behind) == (2, None, None)
    assert first is not None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4", "damaged"),
        (locked(WORDS, b"secret"), "encrypted"),
        (file_of(tree(b"10 0 R", 1)), "damaged"),
        (paged(WORDS, keys=b"/MediaBox[0 0 0 0]"), None),
    ],
)
def test_what_cannot_be_drawn_is_one_line(data: bytes, words: str | None) -> None:
    """Encrypted and damaged files name the page and the reason; a page without a size gets the usual one."""
    if words is None:
        assert picture(data, 1)
        return
    for work in (picture, letters):
        with pytest.raises(InputError, match=f"^page 1: can't be drawn, .*{words}") as caught:
            work(data, 1)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("box", ["0 0 14000 1", "0 0 1 14000", "0 0 3 3", "-5000 -5000 5000 5000"])
def test_pictures_are_bounded_whatever_the_page(box: str) -> None:
    """A page of any shape has a picture of at most 1,400 by as many pixels as six millions allow."""
    found = picture(paged(WORDS, keys=b"/MediaBox[%s]" % box.encode()), 1)
    assert found is not None
    width, height = struct.unpack(">II", found[16:24])
    assert 4 <= width <= 1_400
    assert 1 <= width * height <= 6_000_000


@pytest.mark.slow
def test_a_file_that_unpacks_without_end_is_bounded() -> None:
    """Two gigabytes of content in two megabytes end in one line, not in the server's memory."""
    bomb = paged(deflated(b" " * 100_000, 20_000), stream_keys=b"/Filter/FlateDecode")
    with pytest.raises(InputError, match="page 1: can't be drawn"):
        picture(bomb, 1)


def test_a_page_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends in one line that says so."""
    monkeypatch.setattr(module, "PATIENCE", 0.001)
    with pytest.raises(InputError, match=r"page 1: takes more than 0\.001 s to draw; read the text instead"):
        picture(wool(), 1)
