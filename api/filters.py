"""What of a corpus is asked, as people and programs write it: a document, "2010-2020", a kind, a section."""

import re

from evqa.errors import UsageError
from evqa.model import Filters, PassageKind

Years = str | tuple[int | None, int | None] | None
# Longest name of a document or section that is looked up, in characters.
LONGEST_NAME = 1_000
# A year, or two with a dash between them, of which one may be left out.
YEARS = r"^\s*(?:\d{4}|\d{4}\s*[-–]\s*(?:\d{4})?|[-–]\s*\d{4})\s*$"


def filters_of(
    document: str | None = None, years: Years = None, kind: PassageKind | None = None, section: str | None = None
) -> Filters | None:
    """The filters; None if nothing is given. Raises UsageError for years that can't be read, or run backwards."""
    if isinstance(years, str):
        years = _years(years)
    if years and years[0] and years[1] and years[0] > years[1]:
        raise UsageError(f"years {years[0]}-{years[1]}", "they run backwards", "give the earlier one first")
    found = Filters(document=document, years=years, kind=kind, section=section)
    return None if found == Filters() else found


def _years(given: str) -> tuple[int | None, int | None]:
    if not re.match(YEARS, given):
        raise UsageError(f"years {given[:40]!r}", "can't be read", "give such as 2010-2020, 2015, 2015- or -2015")
    first, dash, last = re.sub(r"[\s–]+", "-", given.strip()).partition("-")
    ends = (int(first) if first else None, int(last.strip("-")) if last.strip("-") else None)
    return ends if dash else (ends[0], ends[0])
