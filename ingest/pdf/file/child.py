"""The process that opens a PDF: bytes in on stdin, one JSON line a page out on stdout, last the outcome.

A page is [width, height, is_picture, runs] or, if it can't be read, null. The outcome is a word, "read" or
what was wrong; if it is missing, the process was ended by a limit or by damage that PDFium didn't survive.
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
    """When a file can't be read for a reason that has a word, its argument."""


def main(library: str) -> None:
    """Reads a file and writes its pages."""
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
    """Bounds memory and processor time, forbids files and core dumps, ends with the parent: where the platform can."""
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
    """The pages of a file. Raises RefusalError: encrypted, damaged, too many pages, too much text."""
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
    """Width, height, whether it is a picture of a page, runs."""
    box = Box()
    library.FPDF_GetPageBoundingBox(page, box)
    width, height = box.right - box.left, box.top - box.bottom
    turns, runs = PageGlyphs(library, text, box).runs()
    size = [height, width] if turns in (1, 3) else [width, height]
    return [*size, characters < _SPARSE and has_picture(library, page, width * height), runs]


def has_picture(library: Pdfium, page: int, area: float) -> bool:
    """Whether an image takes more than half of a page."""
    for number in range(library.FPDFPage_CountObjects(page)):
        thing = library.FPDFPage_GetObject(page, number)
        if library.FPDFPageObj_GetType(thing) == IMAGE and library.area(thing) > area / 2:
            return True
    return False
