"""The bibliography as RIS, which Zotero, EndNote and Mendeley read."""

import re
from collections.abc import Sequence
from typing import Any

from rispy import RisWriter, dumps

from api.entry_text import address
from evqa.model import Name, Reference

TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
JOURNALS = frozenset({"JOUR", "GEN"})


class _Writer(RisWriter):  # type: ignore[misc]
    """Without the running number that rispy writes before a record: the format doesn't know it."""

    def set_header(self, count: int) -> str:  # noqa: ARG002
        return ""


def ris(references: Sequence[Reference]) -> str:
    """RIS records in the order given, with the printed entry as a note."""

    return str(dumps([_record(reference) for reference in references], implementation=_Writer))


def _record(reference: Reference) -> dict[str, Any]:
    kind = TYPES.get(reference.type, "GEN")
    first, last = _pages(reference.page or "")
    fields = {
        "type_of_reference": kind,
        "id": str(reference.number),
        "authors": [_name(name) for name in reference.author],
        "title": reference.title,
        "journal_name" if kind in JOURNALS else "secondary_title": reference.container_title,
        "year": str(reference.year or ""),
        "volume": reference.volume,
        "number": reference.issue,
        "start_page": first,
        "end_page": last,
        "publisher": reference.publisher,
        "doi": reference.DOI,
        "accession_number": reference.PMID,
        # rispy reads a semicolon as the end of an address
        "urls": [address(reference).replace(";", "%3B")] if address(reference) else [],
        "notes": [reference.raw],
    }
    return {name: _one_line(value) for name, value in fields.items() if value}


def _name(name: Name) -> str:
    """Family, Given; a consortium as it is."""
    return ", ".join(part for part in (name.family, name.given) if part) or name.literal or ""


def _pages(printed: str) -> tuple[str, str]:
    first, _, last = re.sub(r"\s*[–—]\s*", "-", printed).partition("-")
    return first, last


def _one_line(value: Any) -> Any:
    """A line break would start what reads as a new field."""
    return [" ".join(item.split()) for item in value] if isinstance(value, list) else " ".join(value.split())
