"""Inside the process that draws: shapes, pictures, limits."""

import struct
import subprocess
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pdf.file.child import RefusalError
from ingest.pdf.file.pdfium import Pdfium
from ingest.pdf.file.process import library_path
from ingest.pdf.page import page_child
from ingest.pdf.page.page_child import PIXELS, WIDTH, Pages, png, size_of
from tests.ingest.pdf.wool import wool


@pytest.fixture(scope="module")
def pages() -> Pages:
    """The pages of a small article, opened in the test's own process."""
    return Pages(Pdfium(library_path()), wool())


@given(st.floats(0.01, 20_000), st.floats(0.01, 20_000))
def test_a_picture_has_room(width: float, height: float) -> None:
    """Whatever a page's shape, its picture has at least a pixel and not more than allowed, its rows a multiple of 4."""
    across, down = size_of(width, height)
    assert across % 4 == 0
    assert 4 <= across <= WIDTH
    assert down >= 1
    assert across * down <= PIXELS


@pytest.mark.parametrize(("pixels", "kind"), [(bytes([9] * 24), 0), (bytes([9, 9, 8] * 8), 2)])
def test_grey_pictures_are_written_grey(pixels: bytes, kind: int) -> None:
    """Every pixel comes back out of the file, one byte each where all are grey."""
    made = png(4, 2, pixels)
    assert struct.unpack(">IIBB", made[16:26]) == (4, 2, 8, kind)
    row = pixels[:4] if kind == 0 else pixels[:12]
    start = made.index(b"IDAT") + 4
    assert zlib.decompressobj().decompress(made[start:]) == (b"\0" + row) * 2
    for name in (b"IHDR", b"IDAT", b"IEND"):
        at = made.index(name)
        (length,) = struct.unpack(">I", made[at - 4 : at])
        assert struct.unpack(">I", made[at + 4 + length : at + 8 + length]) == (zlib.crc32(made[at : at + 4 + length]),)


def test_too_many_characters_are_refused(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with more than the limit has a word for it; a page that isn't there has one as a picture."""
    assert pages.letters(1)
    monkeypatch.setattr(page_child, "PAGE_CHARACTERS", 5)
    with pytest.raises(RefusalError, match=r"^text$"):
        pages.letters(1)
    with pytest.raises(RefusalError, match=r"^absent$"):
        pages.picture(9)


def test_little_is_imported() -> None:
    """The child starts without the packages that the readers need."""
    command = (
        "import sys, ingest.pdf.page.page_child; "
        "print(sorted({'evqa', 'numpy', 'pydantic', 'pypdfium2'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, text=True)
    assert told.stdout.strip() == "[]"
