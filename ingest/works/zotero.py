"""Read what Zotero's local interface says of collections, items and their files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evqa.model import LibraryEntry, Name
from evqa.works.keys import doi_key
from ingest.works.untrusted import Json, mapping, mappings, name, text

SOURCE = "zotero"
_KEY = re.compile(r"[A-Z0-9]{8}")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
# Creators that a citation names as authors; of a book that has none, its editors.
_WRITERS = ("author", "editor")
TAGS = 100


@dataclass(frozen=True)
class Collection:
    """A collection: its key, name, and the key of the one around it, "" at the top."""

    key: str
    name: str
    parent: str


@dataclass(frozen=True)
class Attachment:
    """A file of an item: `parent` is the item's key, "" for a file that stands alone.

    `is_file`: not only a link to an address. `added`: when it came into the library, for their order.
    """

    key: str
    parent: str
    title: str
    filename: str
    is_pdf: bool
    is_file: bool
    added: str


@dataclass(frozen=True)
class Item:
    """A work of a library: its entry without a file, and whether it has attachments, notes or the like."""

    entry: LibraryEntry
    has_children: bool

    @property
    def key(self) -> str:
        """Its key."""
        return self.entry.key

    @property
    def label(self) -> str:
        """Its title, or its key."""
        return self.entry.title or self.entry.key


def collections_in(reply: Any) -> Iterator[Collection]:
    """The collections of a reply, those that have a key and a name."""
    for each in mappings(reply):
        data = mapping(each.get("data"))
        named = text(data.get("name"), 500)
        if (key := _key(each.get("key"))) and named:
            yield Collection(key, named, _key(data.get("parentCollection")))


def items_in(reply: Any) -> Iterator[Item | Attachment]:
    """The works and files of a reply; notes, annotations and what lies in the bin are left out."""
    for each in mappings(reply):
        data = mapping(each.get("data"))
        key, kind = _key(each.get("key")), data.get("itemType")
        if not key or data.get("deleted") or kind in ("note", "annotation", None):
            continue
        if kind == "attachment":
            yield _attachment(key, data)
        else:
            children = mapping(each.get("meta")).get("numChildren")
            yield Item(_entry(key, data), has_children=children is None or bool(children))


def _attachment(key: str, data: Json) -> Attachment:
    filename = text(data.get("filename"), 500) or text(data.get("path"), 2000) or text(data.get("title"), 500) or ""
    return Attachment(
        key=key,
        parent=_key(data.get("parentItem")),
        title=text(data.get("title"), 500) or filename or key,
        filename=re.split(r"[/\\]", filename)[-1],
        is_pdf=data.get("contentType") == "application/pdf" or filename.lower().endswith(".pdf"),
        is_file=data.get("linkMode") != "linked_url",
        added=text(data.get("dateAdded"), 40) or "",
    )


def _entry(key: str, data: Json) -> LibraryEntry:
    year = _YEAR.search(text(data.get("date"), 100) or "")
    doi = data.get("DOI") or _doi_in(text(data.get("extra")) or "")
    tags = [found for each in mappings(data.get("tags")) if (found := text(each.get("tag"), 200))]
    return LibraryEntry(
        source=SOURCE,
        key=key,
        title=text(data.get("title")),
        author=_authors(data),
        year=int(year[0]) if year else None,
        DOI=(doi_key(doi) or None) if isinstance(doi, str) else None,
        tags=tuple(tags[:TAGS]),
    )


def _authors(data: Json) -> tuple[Name, ...]:
    creators = list(mappings(data.get("creators")))[:200]
    for kind in _WRITERS:
        found = [
            name(each.get("lastName"), each.get("firstName"), each.get("name"))
            for each in creators
            if each.get("creatorType") == kind
        ]
        if any(found):
            return tuple(each for each in found if each)
    return ()


def _doi_in(extra: str) -> str:
    """The DOI in the field in which Zotero keeps what a type of item has no field for."""
    found = re.search(r"\bDOI:\s*(\S+)", extra, re.IGNORECASE)
    return found[1] if found else ""


def _key(value: Any) -> str:
    return value if isinstance(value, str) and _KEY.fullmatch(value) else ""
