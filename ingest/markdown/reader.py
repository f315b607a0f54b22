"""Read Markdown and plain text, written by people or extracted from PDF."""

import codecs

from evqa.errors import InputError
from evqa.model import Document, Source
from ingest.assembly import document_from
from ingest.markdown.dialects import as_markdown
from ingest.markdown.pieces import pieces

# How files of other formats open that are text, but not what is meant by it.
_OTHERS = {"%PDF-": "a PDF", "<?xml": "XML", "<!DOCTYPE": "XML or HTML", "<!doctype": "HTML", "<html": "HTML"}
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def read_markdown(data: bytes, source: Source) -> Document:
    """Read a Markdown file as a document. Raises InputError if the bytes aren't text."""
    return document_from(pieces(as_markdown(decoded(data, source.name))), source)


def read_plain(data: bytes, source: Source) -> Document:
    """Read a plain text file, which may hold Markdown, as a document. Raises InputError if the bytes aren't text."""
    return read_markdown(data, source)


def decoded(data: bytes, name: str) -> str:
    """Decode UTF-8 (with or without BOM) or UTF-16 (with BOM).

    Raises InputError if the file is empty, binary or in another encoding (with the byte's offset).
    """
    encoding, body, skipped = _encoding(data)
    if encoding == "utf-8" and b"\0" in body:
        raise InputError(name, f"binary data (a NUL at byte {data.index(0)}), not text", "save it as UTF-8 text")
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        found = f"byte 0x{body[error.start]:02x} at offset {error.start + skipped}"
        raise InputError(name, f"not {encoding.upper()} text ({found})", "convert the file to UTF-8") from error
    if "\0" in text:
        raise InputError(name, "binary data or UTF-32 (NUL characters), not text", "save it as UTF-8 text")
    if kind := next((kind for opening, kind in _OTHERS.items() if text[:200].lstrip().startswith(opening)), None):
        step = "give it its own suffix or save it as text"
        raise InputError(name, f"holds {kind}, not Markdown or plain text", step)
    if not text.strip():
        raise InputError(name, "empty, nothing to read", "give a file that holds the review's text")
    return text


def _encoding(data: bytes) -> tuple[str, bytes, int]:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8", data[len(codecs.BOM_UTF8) :], len(codecs.BOM_UTF8)
    for mark, name in _UTF16.items():
        if data.startswith(mark):
            return name, data[len(mark) :], len(mark)
    return "utf-8", data, 0
