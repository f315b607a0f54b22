"""Read Unpaywall's JSON: under which licence a work can be read, and where."""

from typing import Any

from evqa.errors import InputError
from evqa.works.keys import doi_key
from evqa.works.records import FoundWork
from ingest.works.untrusted import date_of, mapping, mappings, name, pmcid, text

SOURCE = "unpaywall"


def work_of(reply: Any, subject: str) -> FoundWork:
    """The work of a reply; its licence is that of the best open copy. Raises InputError if it is no such reply."""
    item = mapping(reply)
    doi = item.get("doi")
    if not isinstance(doi, str) or not doi_key(doi):
        raise InputError(subject, "no reply of Unpaywall", "check the address")
    best = mapping(item.get("best_oa_location"))
    copies = [best, *mappings(item.get("oa_locations"))]
    names = [name(a.get("family"), a.get("given"), a.get("raw_author_name")) for a in mappings(item.get("z_authors"))]
    return FoundWork(
        source=SOURCE,
        title=text(item.get("title")),
        author=tuple(each for each in names[:200] if each),
        container_title=text(item.get("journal_name")),
        issued=date_of(item.get("year")),
        publisher=text(item.get("publisher")),
        DOI=doi_key(doi),
        PMCID=next(
            (found for each in copies for field in ("pmh_id", "url") if (found := pmcid(each.get(field)))), None
        ),
        license=next((found for each in copies if (found := text(each.get("license"), 300))), None),
    )
