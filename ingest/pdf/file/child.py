"""The process that opens a PDF. It reads the file's bytes from stdin and writes one line of JSON for each page.

A page is [width, height, is_picture, runs], or null if it can't be read. The last line is the outcome: "read" or a word
for the problem. If it is missing, a limit or damage that PDFium didn't survive ended the process.
"""

import contextlib
import ctypes
import json
import os
import sys
from collections.abc import Iterator

from ingest.pdf.file.glyphs import PageGlyphs
from ingest.pdf.file.pdfium import IMAGE, PASSWORD_ERROR, SECURITY_ERROR, Box, Pdfium

MEMORY = 400_000_000
SECONDS = 20
PAGES = 1_500
PAGE_CHARACTERS = 200_000
CHARACTERS = 10_000_000
_SPARSE = 100
_END_WITH_PARENT, _KILL = 1, 9


class RefusalError(Exception):
    """When a file can't be read; the argument is the word for the reason."""


def main(library: str) -> None:
    """Read a file and write its pages."""
    limit()
    data = sys.stdin.buffer.read()
    try:
        for page in pages(Pdfium(library), data):
            sys.stdout.write(json.dumps(page) + "\n")
        outcome = "read"
    except RefusalError as error:
        outcome = str(error)
    except MemoryError:
        outcome = "memory"
    sys.stdout.write(json.dumps(outcome) + "\n")
    sys.stdout.flush()
    # PDFium needn't free piece by piece what ends with the process.
    os._exit(0)


def limit(seconds: int = SECONDS) -> None:
    """Limit memory and processor time, forbid files and core dumps, end with the parent: where the platform can."""
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": seconds, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0}
    for name, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, _KILL)


def pages(library: Pdfium, data: bytes) -> Iterator[list[object] | None]:
    """Yield a file's pages. Raises RefusalError: encrypted, damaged, too many pages, too much text."""
    document = library.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        is_locked = library.FPDF_GetLastError() in (PASSWORD_ERROR, SECURITY_ERROR)
        raise RefusalError("encrypted" if is_locked else "damaged")
    count = library.FPDF_GetPageCount(document)
    if count > PAGES:
        raise RefusalError("pages")
    left = CHARACTERS
    for number in range(count):
        page = library.FPDF_LoadPage(document, number)
        text = library.FPDFText_LoadPage(page) if page else None
        characters = library.FPDFText_CountChars(text) if text else 0
        left -= characters
        if characters > PAGE_CHARACTERS or left < 0:
            raise RefusalError("text")
        yield read_page(library, page, text, characters) if text else None
        library.FPDFText_ClosePage(text)
        library.FPDF_ClosePage(page)


def read_page(library: Pdfium, page: int, text: int, characters: int) -> list[object]:
    """Return width, height, whether the page is a picture, and runs."""
    box = Box()
    library.FPDF_GetPageBoundingBox(page, box)
    width, height = box.right - box.left, box.top - box.bottom
    turns, runs = PageGlyphs(library, text, box).runs()
    size = [height, width] if turns in (1, 3) else [width, height]
    return [*size, characters < _SPARSE and has_picture(library, page, width * height), runs]


def has_picture(library: Pdfium, page: int, area: float) -> bool:
    """Tell whether an image covers more than half of a page."""
    for number in range(library.FPDFPage_CountObjects(page)):
        thing = library.FPDFPage_GetObject(page, number)
        if library.FPDFPageObj_GetType(thing) == IMAGE and library.area(thing) > area / 2:
            return True
    return False
