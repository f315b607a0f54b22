"""The bibliography as RIS, which Zotero, EndNote and Mendeley read."""

import re
from collections.abc import Sequence
from typing import Any

from rispy import RisWriter, dumps

from api.bibliography.entries import status_note
from api.text.entry import address
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


class _RisWriter(RisWriter):  # type: ignore[misc]
    """A writer without the running number that rispy puts before a record: RIS has none."""

    def set_header(self, count: int) -> str:  # noqa: ARG002
        return ""


def ris(references: Sequence[Reference]) -> str:
    """RIS records in the order given, with the printed entry and its status as notes."""

    return str(dumps([_record(reference) for reference in references], implementation=_RisWriter))


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
        "date": _date(reference),
        "volume": reference.volume,
        "number": reference.issue,
        "start_page": first,
        "end_page": last,
        "publisher": reference.publisher,
        "doi": reference.DOI,
        "accession_number": reference.PMID,
        "urls": _addresses(reference),
        "notes": [reference.raw, status_note(reference)],
    }
    written = {name: _one_line(value) for name, value in fields.items() if value}
    return {name: value for name, value in written.items() if value}


def _name(name: Name) -> str:
    """Family, Given; a consortium unchanged."""
    parts = (part.strip() for part in (name.family, name.given) if part)
    return name.literal or ", ".join(part for part in parts if part)


def _date(reference: Reference) -> str:
    """Year/month/day/ if more than the year is known; else ""."""
    parts = reference.issued.date_parts[0][:3] if reference.issued else ()
    year, month, day = (f"{part:02}" for part in (*parts, 0, 0, 0)[:3])
    return f"{year}/{month}/{day.replace('00', '')}/" if len(parts) > 1 else ""


def _addresses(reference: Reference) -> list[str]:
    """The URL, or else the DOI as a URL. Semicolons are escaped: they end an address in RIS."""
    where = reference.URL or address(reference)
    return [where.replace(";", "%3B")] if where else []


def _pages(printed: str) -> tuple[str, str]:
    first, _, last = re.sub(r"\s*[–—]\s*", "-", printed).partition("-")
    return first, last


def _one_line(value: Any) -> Any:
    """The value on one line: a line break would start a new field."""
    if isinstance(value, list):
        return [line for item in value if (line := " ".join(item.split()))]
    return " ".join(value.split())
