"""The process that opens a PDF. It reads the file's bytes from stdin and writes one line of JSON for each page.

A page is [width, height, is_picture, runs, pictures in lines], or null if it can't be read. Behind the pages comes what
the file knows of itself (`ingest/pdf/known/`), null if that can't be read. The last line is the outcome: "read" or a
word for the problem. If it is missing, a limit or damage that PDFium didn't survive ended the process.
"""

import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from ingest.pdf.file.fonts import Fonts
from ingest.pdf.file.glyphs import PageGlyphs, Told
from ingest.pdf.file.pdfium import IMAGE, PASSWORD_ERROR, SECURITY_ERROR, Box, Pdfium
from ingest.pdf.file.pictures import pictures_in_lines
from ingest.pdf.file.rectangles import Rectangle, upright
from ingest.pdf.file.tags import PageTags
from ingest.pdf.known.apart import end_with_parent, knowledge

MEMORY = 400_000_000
SECONDS = 20
PAGES = 1_500
PAGE_CHARACTERS = 200_000
CHARACTERS = 10_000_000
_SPARSE = 100

# By page, from 1: the quarter turns of its text, and its box.
Turned = dict[int, tuple[int, Box]]


class RefusalError(Exception):
    """When a file can't be read; the argument is the word for the reason."""


def main(library: str, package: str = "") -> None:
    """Read the file on stdin and write its pages. `package`: the folder of pypdf; links, outline, metadata are its."""
    # The process ends before it could profit from looking for circles.
    gc.disable()
    read_file(Pdfium(library), sys.stdin.buffer.read(), package)


def read_file(pdfium: Pdfium, data: bytes, package: str) -> NoReturn:
    """Write the pages of a file, within limits, and end the process."""
    limit()
    known = knowledge(data, package)
    turned: Turned = {}
    fonts = Fonts(known["glyphs"] if known else {})
    try:
        for page in pages(pdfium, data, known["links"] if known else (), turned, fonts):
            sys.stdout.write(json.dumps(page) + "\n")
        sys.stdout.write(json.dumps(known and shown(known, turned)) + "\n")
        outcome = "read"
    except RefusalError as error:
        outcome = str(error)
    except MemoryError:
        outcome = "memory"
    sys.stdout.write(json.dumps(outcome) + "\n")
    sys.stdout.flush()
    # PDFium needn't free piece by piece what ends with the process.
    os._exit(0)


def limit(seconds: int = SECONDS, memory: int = MEMORY) -> None:
    """Limit memory and processor time, forbid files and core dumps, end with the parent: where the platform can."""
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_AS": memory, "RLIMIT_CPU": seconds, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0}
    for name, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))
    end_with_parent()


def shown(known: dict[str, Any], turned: Turned) -> dict[str, Any]:
    """Return what a file knows, with places as the runs of their pages have them; the links are in the runs."""
    destinations = [(name, page, *_place(page, x, y, turned)) for name, page, x, y in known["destinations"]]
    outline = [(title, level, page, _place(page, None, y, turned)[1]) for title, level, page, y in known["outline"]]
    return {**known, "links": None, "glyphs": None, "destinations": destinations, "outline": outline}


def _place(page: int, x: float | None, y: float | None, turned: Turned) -> tuple[float | None, float | None]:
    """Return a place on a page as the page's runs have it; without x if the file doesn't tell it."""
    if page not in turned or y is None:
        return None, None
    turns, box = turned[page]
    if turns and x is None:
        return None, None
    across, up, *_ = upright((x or box.left, y, x or box.left, y, ""), box, turns)
    return (None if x is None else round(across, 1)), round(up, 1)


def pages(
    library: Pdfium,
    data: bytes,
    links: Sequence[Sequence[Rectangle]] = (),
    turned: Turned | None = None,
    fonts: Fonts | None = None,
) -> Iterator[list[object] | None]:
    """Yield a file's pages. `links`: the links of each page; `turned`: gets the turns and the box of each page.

    `fonts`: the file's fonts, with what it knows of them.

    Raises RefusalError: encrypted, damaged, too many pages, too much text.
    """
    document = library.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        is_locked = library.FPDF_GetLastError() in (PASSWORD_ERROR, SECURITY_ERROR)
        raise RefusalError("encrypted" if is_locked else "damaged")
    count = library.FPDF_GetPageCount(document)
    if count > PAGES:
        raise RefusalError("pages")
    left, fonts = CHARACTERS, fonts or Fonts()
    for number in range(count):
        page = library.FPDF_LoadPage(document, number)
        text = library.FPDFText_LoadPage(page) if page else None
        characters = library.FPDFText_CountChars(text) if text else 0
        left -= characters
        if characters > PAGE_CHARACTERS or left < 0:
            raise RefusalError("text")
        here = links[number] if number < len(links) else ()
        told = Told(here, fonts, PageTags(library, page) if page else None)
        row, look = read_page(library, page, text, told) if text else (None, None)
        if look and turned is not None:
            turned[number + 1] = look
        yield row
        library.FPDFText_ClosePage(text)
        library.FPDF_ClosePage(page)


def read_page(library: Pdfium, page: int, text: int, told: Told) -> tuple[list[object], tuple[int, Box]]:
    """Return width, height, whether the page is a picture, runs and the number of pictures within lines of text; and
    the turns of most text and the page's box."""
    box = Box()
    library.FPDF_GetPageBoundingBox(page, box)
    width, height = box.right - box.left, box.top - box.bottom
    turns, runs = PageGlyphs(library, text, box, told).runs()
    size = [height, width] if turns in (1, 3) else [width, height]
    is_sparse = library.FPDFText_CountChars(text) < _SPARSE
    within = 0 if turns else pictures_in_lines(library, page, box, runs)
    return [*size, is_sparse and has_picture(library, page, width * height), runs, within], (turns, box)


def has_picture(library: Pdfium, page: int, area: float) -> bool:
    """Tell whether an image covers more than half of a page."""
    for number in range(library.FPDFPage_CountObjects(page)):
        thing = library.FPDFPage_GetObject(page, number)
        if library.FPDFPageObj_GetType(thing) == IMAGE and library.area(thing) > area / 2:
            return True
    return False
