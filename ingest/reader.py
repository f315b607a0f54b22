"""Read files as documents: one reader for each suffix."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from evqa.errors import InputError
from evqa.model import Document, Source
from ingest.docx.reader import read_docx
from ingest.html.page import is_web_page
from ingest.html.reader import read_html
from ingest.jats.reader import read_jats
from ingest.markdown.reader import read_markdown, read_plain
from ingest.pdf.reader import read_pdf

LIMIT = 20_000_000
# Pictures fill most of a large Word document, and aren't unpacked.
_LIMITS = {".docx": 60_000_000}
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/markdown",
    ".nxml": "application/xml",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}
# Formats that aren't read, and what to do instead.
_OTHERWISE = {
    ".doc": "save it in Word or LibreOffice as .docx",
    ".docm": "save it in Word as .docx",
    ".dotx": "save it in Word as .docx",
    ".epub": "give the article's own .pdf, .html or .xml",
    ".mht": "save the page as HTML",
    ".mhtml": "save the page as HTML",
    ".odt": "save it in Word or LibreOffice as .docx",
    ".pages": "export it as .docx",
    ".rtf": "save it in Word or LibreOffice as .docx",
    ".tex": "give the PDF made of it",
    ".webarchive": "save the page as HTML",
}


class Reader(Protocol):
    """Reads one format."""

    def __call__(self, data: bytes, source: Source) -> Document:
        """Return the document in a file's bytes. Raises InputError if they can't be read."""


READERS: dict[str, Reader] = {
    ".docx": read_docx,
    ".htm": read_html,
    ".html": read_html,
    ".md": read_markdown,
    ".nxml": read_jats,
    ".pdf": read_pdf,
    ".txt": read_plain,
    ".xhtml": read_html,
    ".xml": read_jats,
}


def read(path: Path, name: str = "", ocr: bool = False) -> Document:
    """Read a file as a document. `name` is what the source is called, by default the file's name.

    `ocr`: recognise the text of a PDF's pages that are pictures.

    Raises InputError if the file is missing, a folder, empty, binary, too large or of unknown format; ExtraError if OCR
    is asked for and isn't installed.
    """
    _check(path)
    suffix = path.suffix.lower()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(path, "can't be read", "check its permissions", error.strerror) from error
    if not data:
        raise InputError(path, "empty file", "give a file that holds the review's text")
    source = source_of(name or path.name, data)
    if suffix == ".pdf":
        return read_pdf(data, source, ocr)
    reader = read_html if suffix == ".xml" and is_web_page(data) else READERS[suffix]
    return reader(data, source)


def source_of(name: str, data: bytes) -> Source:
    """Describe where a document comes from: file name, hash of the bytes, media type by suffix.

    Bytes of the name that aren't UTF-8 are written as \\xff.
    """
    media_type = MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
    known = os.fsencode(name).decode("utf-8", "backslashreplace")
    return Source(name=known, sha256=sha256(data).hexdigest(), media_type=media_type)


def _check(path: Path) -> None:
    if path.is_dir():
        raise InputError(path, "a folder, not a file", f"name a {_known()} file in it")
    if not path.is_file():
        raise InputError(path, *_absent(path))
    if path.suffix.lower() not in READERS:
        raise InputError(path, f"unknown format {path.suffix or '(no suffix)'!r}", instead(path.suffix))
    limit = _LIMITS.get(path.suffix.lower(), LIMIT)
    if (size := path.stat().st_size) > limit:
        reason = f"too large ({size:,} bytes, the limit is {limit:,})"
        raise InputError(path, reason, "split it into one file a review")


def _absent(path: Path) -> tuple[str, str]:
    """Say why a path leads to no file, and what to do."""
    if path.is_symlink():
        return f"a link to {str(path.readlink())!r}, where no file is", "mend or remove it"
    if os.path.lexists(path):
        return "not a file of text but a device, pipe or socket", "remove it or name another"
    return "no such file", "check the path"


def instead(suffix: str) -> str:
    """Say what to do with a file of a format that isn't read."""
    return _OTHERWISE.get(suffix.lower(), f"give a {_known()} file")


def _known() -> str:
    return " or ".join(sorted(READERS))
