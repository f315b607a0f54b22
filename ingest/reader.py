"""Read files as documents: one reader for each suffix."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from evqa.errors import InputError
from evqa.model import Document, Source
from ingest.jats.reader import read_jats
from ingest.markdown.reader import read_markdown, read_plain
from ingest.pdf.reader import read_pdf

LIMIT = 20_000_000
MEDIA_TYPES = {
    ".md": "text/markdown",
    ".nxml": "application/xml",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".xml": "application/xml",
}


class Reader(Protocol):
    """Reads one format."""

    def __call__(self, data: bytes, source: Source) -> Document:
        """Return the document in a file's bytes. Raises InputError if they can't be read."""


READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".nxml": read_jats,
    ".pdf": read_pdf,
    ".txt": read_plain,
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
    return read_pdf(data, source, ocr) if suffix == ".pdf" else READERS[suffix](data, source)


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
        raise InputError(path, f"unknown format {path.suffix or '(no suffix)'!r}", f"give a {_known()} file")
    if (size := path.stat().st_size) > LIMIT:
        reason = f"too large ({size:,} bytes, the limit is {LIMIT:,})"
        raise InputError(path, reason, "split it into one file a review")


def _absent(path: Path) -> tuple[str, str]:
    """Say why a path leads to no file, and what to do."""
    if path.is_symlink():
        return f"a link to {str(path.readlink())!r}, where no file is", "mend or remove it"
    if os.path.lexists(path):
        return "not a file of text but a device, pipe or socket", "remove it or name another"
    return "no such file", "check the path"


def _known() -> str:
    return " or ".join(sorted(READERS))
