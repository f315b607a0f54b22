"""Read the pages of a PDF in a child process with limits on time, memory and output."""

import json
import re
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from evqa.errors import InputError
from ingest.pdf.file import child
from ingest.pdf.file.child import CHARACTERS, MEMORY, PAGE_CHARACTERS, PAGES, SECONDS
from ingest.pdf.file.ligatures import shown_by, with_ligatures, with_shown, words_of
from ingest.pdf.file.process import package_folder, read_apart
from ingest.pdf.file.streams import broken_streams
from ingest.pdf.known.records import UNREAD, Known, known_of

PATIENCE = 45
_HEADER_WITHIN, _END_WITHIN = 1024, 2048
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U000fffff\x00-\x1f]")
_TOO_SLOW = f"takes more than {SECONDS} s to open", "save it anew as PDF or give its text as .md"
_TOO_LARGE = f"unpacks to more than {MEMORY // 1_000_000} MB or is damaged"
_AGAIN = "fetch the file again"
_RECOGNISE = 'read it with --ocr (the extra "ocr"), or give a copy with a text layer'
# The reason and the next step, by the word with which the child ends.
_PROBLEMS = {
    "encrypted": ("encrypted with a password", "save a copy without one"),
    "damaged": ("damaged, no page can be read", _AGAIN),
    "pages": (f"more than {PAGES:,} pages", "split it into one file a document"),
    "text": (f"more than {PAGE_CHARACTERS:,} characters on a page or {CHARACTERS:,} in all", "split it"),
    "memory": (_TOO_LARGE, f"{_AGAIN} or save it anew as PDF"),
}


class Recognise(Protocol):
    """Recognises the text of pages that are pictures."""

    def __call__(self, data: bytes, pages: Sequence["Page"]) -> list["Page"]:
        """Return the file's pages with the text of those pictures."""


@dataclass(frozen=True)
class Run:
    """Characters of one size and weight on one baseline. Points; y grows upwards from the page's lower edge.

    `size`: the font's, not the characters'. `is_new_line`: the file begins a new line here. `link`: what the characters
    link to (`ingest/pdf/known/records.py`). `is_joined`: only a link's or tag's edge divides them from the run before;
    the text begins with a space if there is one between them. `tag`: what the file calls them (`file/tags.py`).
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    is_bold: bool = False
    is_new_line: bool = False
    link: str = ""
    is_joined: bool = False
    tag: str = ""


@dataclass(frozen=True)
class Page:
    """A page's size in points, turned as most of its text is read, and its runs in the file's order.

    `number` counts from 1. `is_picture`: an image and hardly any text. `is_lost`: the file is damaged here.
    `confidence`: of OCR, 0 to 1, where the text was recognised. `pictures`: how many stand within lines of its text.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    is_picture: bool = False
    is_lost: bool = False
    confidence: float | None = None
    pictures: int = 0


def extract(data: bytes, name: str, recognise: Recognise | None = None) -> list[Page]:
    """Return the pages of a PDF; see `opened`."""
    return opened(data, name, recognise).pages


@dataclass(frozen=True)
class Opened:
    """The pages of a PDF, and what it knows of itself."""

    pages: list[Page]
    known: Known = UNREAD


def opened(data: bytes, name: str, recognise: Recognise | None = None) -> Opened:
    """Open a PDF. `recognise` gives pages that are pictures their text.

    Raises InputError: not a PDF, encrypted, damaged, too large, without a text layer.
    """
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise InputError(name, "not a PDF, it doesn't begin with %PDF-", "give the file its own suffix")
    try:
        *lines, known = _lines(data)
        found = [_page(number, line) for number, line in enumerate(lines, start=1)]
        found = recognise(data, found) if recognise else found
        _check(found)
    except InputError as error:
        cause = "breaks off before its end, " if _breaks_off(data) else ""
        raise InputError(name, f"{cause}{error.facts.reason}", error.facts.step) from error
    return Opened(_mended(found), known_of(json.loads(known)))


def _mended(pages: list[Page]) -> list[Page]:
    """Fill in what glyphs show that fonts don't map: ligatures, bullets."""
    shown = shown_by([(run.text, run.is_new_line) for page in pages for run in page.runs])
    pages = [_retold(page, lambda text: with_shown(text, shown)) for page in pages] if shown else pages
    words = words_of(run.text for page in pages for run in page.runs)
    return [_retold(page, lambda text: with_ligatures(text, words)) for page in pages]


def _retold(page: Page, telling: Callable[[str], str]) -> Page:
    """Return a page with another text for each run."""
    told = [(run, telling(run.text)) for run in page.runs]
    return replace(page, runs=tuple(run if text is run.text else replace(run, text=text) for run, text in told))


def losses(data: bytes, pages: Sequence[Page]) -> list[str]:
    """Return a warning for each kind of text that is missing from a damaged file."""
    told = []
    if lost := [page.number for page in pages if page.is_lost]:
        told.append(f"damaged: {named(lost)} of {len(pages)} can't be read: {_AGAIN}")
    if _breaks_off(data):
        told.append(f"the file breaks off before its end, text may be missing: {_AGAIN}")
    if broken := broken_streams(data):
        told.append(f"damaged: {broken} compressed part{'s' * (broken > 1)} of the file, text may be missing: {_AGAIN}")
    if pictures := [page.number for page in pages if page.is_picture]:
        told.append(f"{named(pictures)} of {len(pages)}: a picture without text, what it says is missing")
    # On the first page icons stand beside the authors' names.
    if inner := [page for page in pages if page.pictures and page.number > 1]:
        count = sum(page.pictures for page in inner)
        how_many = "a picture stands" if count == 1 else f"{count} pictures stand"
        told.append(f"{named([page.number for page in inner])}: {how_many} within lines, formulas may be missing")
    return told


def _breaks_off(data: bytes) -> bool:
    return b"%%EOF" not in data[-_END_WITHIN:]


def named(numbers: Sequence[int]) -> str:
    """ "page 2", "pages 2, 5–7" """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    return f"page{'s' * (len(numbers) > 1)} {', '.join('–'.join(map(str, span)) for span in spans)}"


def _lines(data: bytes) -> list[str]:
    """Return the child's lines, one for each page, and one for what the file knows of itself."""
    try:
        done = read_apart(child, package_folder(), data=data, patience=PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise InputError("", *_TOO_SLOW) from error
    *lines, outcome = done.stdout.decode("ascii", "replace").splitlines() or [""]
    if outcome == '"read"':
        return lines
    raise InputError("", *(_PROBLEMS.get(outcome.strip('"')) or ended(done.returncode, done.stderr)))


def ended(code: int, told: bytes) -> tuple[str, str]:
    """Say why a child ended without an outcome, by its exit code and what it wrote on stderr, and the next step."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return _TOO_SLOW
    if code < 0:
        return f"{_TOO_LARGE} (PDFium broke off, signal {-code})", f"{_AGAIN} or save it anew as PDF"
    words = told.decode(errors="replace").split("\n")
    return f"can't be read (exit {code}, {words[-2] if len(words) > 1 else words[0]})", _AGAIN


def _page(number: int, line: str) -> Page:
    read = json.loads(line)
    if read is None:
        return Page(number, 0.0, 0.0, (), is_lost=True)
    width, height, is_picture, runs, pictures = read
    return Page(number, width, height, tuple(Run(*run) for run in runs), is_picture, pictures=pictures)


def _check(pages: Sequence[Page]) -> None:
    """Raises InputError if there is nothing to read."""
    if all(page.is_lost for page in pages):
        raise InputError("", *(_PROBLEMS["damaged"] if pages else ("has no pages", _AGAIN)))
    text = "".join(run.text for page in pages for run in page.runs)
    if not text or 2 * sum(page.is_picture for page in pages) > len(pages):
        raise InputError("", "no text layer, as in scanned pages", _RECOGNISE)
    if 2 * len(_UNMAPPED.findall(text)) > len(text):
        raise InputError("", "its fonts don't tell which characters they show", _RECOGNISE)
