"""The process that draws a page of a PDF or locates its characters. It reads the file's bytes from stdin.

It writes one line of JSON, {"outcome", "pages", "found"}, and then the picture. The outcome is "read" or a word for the
problem. Places are in hundred-thousandths of the width and height of the page as shown, from its upper left corner.
"""

import ctypes
import json
import math
import os
import struct
import sys
import zlib

from ingest.pdf.file.child import PAGE_CHARACTERS, RefusalError, limit
from ingest.pdf.file.pdfium import PASSWORD_ERROR, SECURITY_ERROR, Box, Pdfium

SECONDS = 15
UNITS = 100_000
WIDTH = 1_400
# A page may be as long as it likes, its picture not.
PIXELS = 6_000_000
_GREY_BITMAP, _BGR_BITMAP = 1, 2
_IN_GREY, _REVERSED = 8, 16
_WHITE = 0xFFFFFFFF
_GRAY, _COLOUR = 0, 2

# code point, left, top, right, bottom
Character = tuple[int, int, int, int, int]


def main(library: str, task: str, *numbers: str) -> None:
    """Carry out a task ("picture" or "letters") on pages, by number from 1."""
    limit(SECONDS)
    data = sys.stdin.buffer.read()
    told: dict[str, object] = {"outcome": "read"}
    picture = b""
    try:
        pages = Pages(Pdfium(library), data)
        told["pages"] = pages.count
        if task == "picture":
            picture = pages.picture(int(numbers[0]))
        else:
            told["found"] = [pages.letters(int(number)) for number in numbers]
    except RefusalError as error:
        told["outcome"] = str(error)
    except MemoryError:
        told["outcome"] = "memory"
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + picture)
    sys.stdout.flush()
    os._exit(0)


class Pages:
    """The pages of a file. Raises RefusalError: "encrypted", "damaged"."""

    def __init__(self, library: Pdfium, data: bytes) -> None:
        self._library = library
        self._document = library.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._document:
            is_locked = library.FPDF_GetLastError() in (PASSWORD_ERROR, SECURITY_ERROR)
            raise RefusalError("encrypted" if is_locked else "damaged")
        self.count: int = library.FPDF_GetPageCount(self._document)

    def picture(self, number: int) -> bytes:
        """The page as a PNG, `WIDTH` pixels wide or less. Raises RefusalError: "absent", "damaged"."""
        page = self._page(number)
        if page is None:
            raise RefusalError("absent")
        width, height = size_of(*self._size(page))
        return png(width, height, self._pixels(page, width, height, _BGR_BITMAP))

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points. Raises RefusalError: "absent", "damaged"."""
        page = self._page(number)
        if page is None:
            raise RefusalError("absent")
        return self._size(page)

    def grey(self, number: int, width: int, height: int) -> bytes:
        """The page in so many grey pixels, rows from the top. Raises RefusalError: "absent", "damaged", "memory"."""
        page = self._page(number)
        if page is None:
            raise RefusalError("absent")
        return self._pixels(page, width, height, _GREY_BITMAP)

    def _pixels(self, page: int, width: int, height: int, kind: int) -> bytes:
        depth, flags = (3, _REVERSED) if kind == _BGR_BITMAP else (1, _IN_GREY)
        pixels = ctypes.create_string_buffer(depth * width * height)
        bitmap = self._library.FPDFBitmap_CreateEx(width, height, kind, pixels, depth * width)
        if not bitmap:
            raise RefusalError("memory")
        self._library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        self._library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        return pixels.raw[: depth * width * height]

    def letters(self, number: int) -> dict[str, object] | None:
        """Width and height in points and the characters, in the file's order; None if there is no such page, or
        nothing to read on it. Raises RefusalError: "text", too many characters; "damaged"."""
        page = self._page(number)
        text = self._library.FPDFText_LoadPage(page) if page else None
        if not page or not text:
            return None
        count = self._library.FPDFText_CountChars(text)
        if count > PAGE_CHARACTERS:
            raise RefusalError("text")
        width, height = self._size(page)
        characters = [self._character(page, text, place) for place in range(count)]
        return {"number": number, "width": width, "height": height, "characters": characters}

    def _page(self, number: int) -> int | None:
        if not 1 <= number <= self.count:
            return None
        page: int | None = self._library.FPDF_LoadPage(self._document, number - 1)
        if not page:
            raise RefusalError("damaged")
        return page

    def _size(self, page: int) -> tuple[float, float]:
        width, height = self._library.FPDF_GetPageWidthF(page), self._library.FPDF_GetPageHeightF(page)
        if not (math.isfinite(width * height) and width > 0 and height > 0):
            raise RefusalError("damaged")
        return width, height

    def _character(self, page: int, text: int, place: int) -> Character:
        box = Box()
        self._library.FPDFText_GetLooseCharBox(text, place, box)
        xs, ys = zip(self._shown(page, box.left, box.top), self._shown(page, box.right, box.bottom), strict=True)
        return self._library.FPDFText_GetUnicode(text, place), min(xs), min(ys), max(xs), max(ys)

    def _shown(self, page: int, x: float, y: float) -> tuple[int, int]:
        """Return a place on the page as shown, turned and cropped."""
        across, down = ctypes.c_int(), ctypes.c_int()
        self._library.FPDF_PageToDevice(page, 0, 0, UNITS, UNITS, 0, x, y, across, down)
        return across.value, down.value


def size_of(width: float, height: float) -> tuple[int, int]:
    """Return width and height in pixels for the picture of a page; the width is a multiple of four."""
    across = min(WIDTH, math.sqrt(PIXELS * width / height))
    across = max(4, int(across) // 4 * 4)
    return across, max(1, min(PIXELS // across, round(across * height / width)))


def png(width: int, height: int, pixels: bytes) -> bytes:
    """Encode red, green and blue pixels as a PNG (ISO/IEC 15948), in grey if they are grey."""
    red = pixels[0::3]
    is_grey = red == pixels[1::3] == pixels[2::3]
    rows, length = (red, width) if is_grey else (pixels, 3 * width)
    # Each row is led by its filter: none.
    lines = b"".join(b"\0" + rows[start : start + length] for start in range(0, length * height, length))
    head = struct.pack(">IIBBBBB", width, height, 8, _GRAY if is_grey else _COLOUR, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content) for kind, content in ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
