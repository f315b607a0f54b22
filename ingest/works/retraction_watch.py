"""Read the Retraction Watch file, a CSV of one notice a line."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date

from evqa.errors import InputError
from evqa.works.keys import doi_key
from evqa.works.records import FoundWork
from ingest.works.notices import notice
from ingest.works.untrusted import plain

SOURCE = "retraction-watch"
ENCODING = "utf-8-sig"
NEEDED = ("OriginalPaperDOI", "RetractionNature")
# Characters of the longest field; their notes are some thousands long.
LONGEST = 200_000
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d{2})-(\d{2})")


def is_list(head: bytes) -> bool:
    """Whether a file that begins so is the Retraction Watch file."""
    first = head.split(b"\n", 1)[0]
    return all(each.encode() in first for each in NEEDED)


def works_in(file: Iterable[str], subject: str) -> Iterator[FoundWork]:
    """A record for each line that names a work by DOI or PMID, with its notice; others are left out. `file`: the lines
    of the file, decoded with `ENCODING`.

    Raises InputError if it isn't that file.
    """
    csv.field_size_limit(LONGEST)
    lines = csv.DictReader(file)
    try:
        if missing := [each for each in NEEDED if each not in (lines.fieldnames or ())]:
            raise InputError(subject, f"not the Retraction Watch file: no column {missing[0]}", "get it again")
        for line in lines:
            if found := _work(line):
                yield found
    except csv.Error as error:
        raise InputError(subject, "not a CSV file, or damaged", "get it again", str(error)) from error


def _work(line: dict[str, str | None]) -> FoundWork | None:
    told = notice(line.get("RetractionNature"), line.get("RetractionDOI"), _day(line.get("RetractionDate")), SOURCE)
    doi, pmid = doi_key(line.get("OriginalPaperDOI") or ""), (line.get("OriginalPaperPubMedID") or "").strip()
    is_pmid = re.fullmatch(r"[1-9]\d{0,8}", pmid)
    if told is None or not (doi or is_pmid):
        return None
    title = plain(line.get("Title") or "") or None
    return FoundWork(source=SOURCE, title=title, DOI=doi or None, PMID=pmid if is_pmid else None, notices=(told,))


def _day(printed: str | None) -> str | None:
    """ "3/4/2021 0:00", which is month first, or "2021-03-04", as ISO 8601; None for anything else."""
    match = _DAY.match((printed or "").strip())
    if match is None:
        return None
    month, day, year = (match[1], match[2], match[3]) if match[3] else (match[5], match[6], match[4])
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
