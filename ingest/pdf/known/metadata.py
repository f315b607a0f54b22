"""Read title, authors and DOI from the fields and the XMP packet of a PDF. Used in the child process only."""

import html
import re
from typing import Any

from ingest.pdf.known.values import entry, words

XMP = 300_000
_AUTHORS = 200
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>;,]{1,200}")
_BARE = re.compile(r"<[^<>]{0,500}>")
_ITEM = re.compile(r"<rdf:li\b[^<>]{0,200}>([^<>]{0,1000})</rdf:li>")
_FIELDS = ("/doi", "/DOI", "/WPS-ARTICLEDOI", "/Subject", "/Title")
_ELEMENTS = ("prism:doi", "pdfx:doi", "crossmark:DOI", "dc:identifier", "dc:description")
_DATES = ("prism:publicationDate", "prism:coverDate", "prism:coverDisplayDate", "prism:copyrightYear")


def metadata_of(trailer: Any, root: Any) -> tuple[str, list[str], list[str], str]:
    """Return title, authors, DOIs and date; XMP's if it has one, else those of the information dictionary."""
    info = entry(trailer, "/Info")
    packet = _packet(root)
    title = words(html.unescape(next(iter(_items(packet, "dc:title")), ""))) or words(entry(info, "/Title"))
    authors = [words(html.unescape(one)) for one in _items(packet, "dc:creator")][:_AUTHORS]
    told = [words(entry(info, field)) for field in _FIELDS]
    told += [html.unescape(_BARE.sub(" ", text)) for name in _ELEMENTS for text in _elements(packet, name)]
    dois = [found[0].rstrip(".)]") for text in told for found in _DOI.finditer(text[:2000])]
    return (
        title,
        [one for one in authors if one] or _split(words(entry(info, "/Author"))),
        list(dict.fromkeys(dois))[:5],
        " ".join(
            [*(text[:100] for name in _DATES for text in _elements(packet, name)), words(entry(info, "/Subject"))]
        ),
    )


def _packet(root: Any) -> str:
    stream = entry(root, "/Metadata")
    data = stream.get_data() if hasattr(stream, "get_data") else b""
    return data[:XMP].decode("utf-8", "replace")


def _elements(packet: str, name: str) -> list[str]:
    found = re.findall(rf"<{name}\b[^<>]{{0,300}}>(.{{0,20000}}?)</{name}>", packet, re.DOTALL)
    return [*found[:5], *re.findall(rf"\b{name}=\"([^\"]{{1,1000}})\"", packet)[:5]]


def _items(packet: str, name: str) -> list[str]:
    return [item for text in _elements(packet, name)[:1] for item in (_ITEM.findall(text) or [_BARE.sub(" ", text)])]


def _split(authors: str) -> list[str]:
    return [one.strip() for one in re.split(r";|,\s(?=\w+\s)|\band\b|&", authors) if one.strip()][:_AUTHORS]
