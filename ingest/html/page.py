"""Parse a web page within limits: no network, no scripts, limited depth and number of elements."""

import codecs
import re

from lxml import etree

from evqa.errors import InputError
from ingest.jats.xml import Element

DEEPEST = 150
MOST_ELEMENTS = 400_000
# Counted before parsing, when elements take no memory yet; most have two tags.
MOST_TAGS = 2 * MOST_ELEMENTS
_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml\b[^<>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})")
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?(?:<!DOCTYPE\s+html\b[^<>]{0,300}>\s*)?<html\b",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVE = re.compile(r"\s*(?:From: <Saved|MIME-Version:|Content-Type: multipart/related)", re.IGNORECASE)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_TAG = re.compile(r"[a-z][a-z0-9-]{0,60}")
_HEAD = 8192
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))


def page_in(data: bytes, name: str) -> Element:
    """Return the root of a page, its tags in lower case without namespaces, without comments.

    Raises InputError if the bytes are no HTML, or nest deeper or hold more elements than a page does.
    """
    text = decoded(data)
    if "\0" in text[:2000] or data.startswith((b"%PDF", b"PK\x03\x04")):
        raise InputError(name, "binary data, not HTML", "give it its own suffix or save the page again")
    if _ARCHIVE.match(text[:500]):
        raise InputError(name, "a web archive (MHTML), not HTML", "save the page as HTML")
    if text.count("<") > MOST_TAGS:
        raise InputError(name, f"more than {MOST_TAGS:,} tags", "save the article's own page")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.translate(_FORBIDDEN).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())[:160]
        raise InputError(name, "not HTML", "save the page again", reason) from error
    if root is None:
        raise InputError(name, "holds no elements", "save the page again")
    _check(root, name)
    return root


def is_web_page(data: bytes) -> bool:
    """Tell whether a file that is called XML holds a web page."""
    return bool(_OPENING.match(data[:_HEAD]))


def decoded(data: bytes) -> str:
    """Decode a page by its byte order mark, its own declaration, as UTF-8, or else as Windows-1252."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = _DECLARED.match(data[:_HEAD]) or _CHARSET.search(data[:_HEAD])
    for encoding in ([declared[1].decode("ascii")] if declared else []) + ["utf-8"]:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("utf-8" if declared and declared[1].lower() == b"utf-8" else "windows-1252", "replace")


def _check(root: Element, name: str) -> None:
    ahead = [(root, 1)]
    count = 0
    while ahead:
        element, depth = ahead.pop()
        count += 1
        if depth > DEEPEST:
            raise InputError(name, f"elements nested deeper than {DEEPEST}", "save the page again")
        if count > MOST_ELEMENTS:
            raise InputError(name, f"more than {MOST_ELEMENTS:,} elements", "save the article's own page")
        if isinstance(element.tag, str):
            tag = element.tag.rpartition("}")[2].rpartition(":")[2].lower()
            element.tag = tag if _TAG.fullmatch(tag) else "span"
        ahead += [(child, depth + 1) for child in element]
