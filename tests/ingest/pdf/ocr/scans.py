"""Scans made of small PDFs: each page a picture of the page, and no text."""

import zlib

import numpy as np
import pytest

from evqa.errors import ExtraError
from ingest.pdf.file.pdfium import Pdfium
from ingest.pdf.file.process import library_path
from ingest.pdf.ocr.pixels import Grey, levelled
from ingest.pdf.ocr.tessdata import check_ocr
from ingest.pdf.page.page_child import Pages
from tests.ingest.pdf.written import paged, stream

WIDTH, HEIGHT = 600, 800
SCALE = 3


def is_missing() -> bool:
    """Whether the extra isn't installed."""
    try:
        check_ocr()
    except ExtraError:
        return True
    return False


needs_ocr = pytest.mark.skipif(is_missing(), reason='the extra "ocr" isn\'t installed')


def pictures(data: bytes) -> list[Grey]:
    """The pages of a PDF of 600 by 800 points as pictures."""
    pages = Pages(Pdfium(library_path()), data)
    size = SCALE * WIDTH, SCALE * HEIGHT
    shown = [pages.grey(number, *size) for number in range(1, pages.count + 1)]
    return [np.frombuffer(pixels, np.uint8).reshape(size[1], size[0]) for pixels in shown]


def scan(data: bytes, fall: float = 0.0, text: bytes = b"") -> bytes:
    """A PDF of pictures of a PDF's pages, askew by so much; `text` is printed upon the first two pages at most."""
    more = {4 + place: _image(levelled(page, -fall) if fall else page) for place, page in enumerate(pictures(data))}
    drawn = [b"q %d 0 0 %d 0 0 cm /X%d Do Q\n" % (WIDTH, HEIGHT, number) for number in more]
    return paged(drawn[0] + text, *drawn[1:], more=more)


def _image(page: Grey) -> bytes:
    height, width = page.shape
    keys = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (width, height)
    return stream(zlib.compress(page.tobytes(), 6), keys + b"/Filter/FlateDecode")
