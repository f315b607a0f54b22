"""Read OpenAlex's JSON: works with a flag for retraction, licence, and the abstract as an index of its words."""

from collections.abc import Iterator
from typing import Any

from evqa.errors import InputError
from evqa.model import Name, Notice
from evqa.works.keys import doi_key
from evqa.works.records import FoundWork
from ingest.works.untrusted import ABSTRACT, Json, abstract, date_of, mapping, mappings, name, pmcid, pmid, text

SOURCE = "openalex"
# More words than any abstract has.
WORDS = 20_000


def items_in(reply: Any, subject: str) -> Iterator[Json]:
    """The works of a list, or a single work. Raises InputError if it is neither."""
    found = mapping(reply).get("results")
    if isinstance(found, list):
        yield from mappings(found)
    elif isinstance(mapping(reply).get("id"), str):
        yield reply
    else:
        raise InputError(subject, "no reply of OpenAlex's works", "check the address")


def next_cursor(reply: Any) -> str | None:
    """The cursor of the next page of a list; None without."""
    found = mapping(mapping(reply).get("meta")).get("next_cursor")
    return found if isinstance(found, str) and 0 < len(found) <= 4_000 else None


def doi_of(item: Json) -> str:
    """A work's DOI in lower case; "" without."""
    doi = item.get("doi")
    return doi_key(doi) if isinstance(doi, str) else ""


def work_of(item: Json) -> FoundWork:
    """A work as a record. That it is retracted comes without date and notice."""
    place, biblio, ids = (mapping(item.get(each)) for each in ("primary_location", "biblio", "ids"))
    pages = [each for each in (text(biblio.get("first_page"), 40), text(biblio.get("last_page"), 40)) if each]
    day = text(item.get("publication_date"), 10) or ""
    open_at = mapping(item.get("best_oa_location"))
    return FoundWork(
        source=SOURCE,
        title=text(item.get("title") or item.get("display_name")),
        author=tuple(_authors(item)),
        container_title=text(mapping(place.get("source")).get("display_name")),
        issued=date_of(*day.split("-")) or date_of(item.get("publication_year")),
        volume=text(biblio.get("volume"), 100),
        issue=text(biblio.get("issue"), 100),
        page="-".join(dict.fromkeys(pages)) or None,
        DOI=doi_of(item) or None,
        PMID=pmid(ids.get("pmid")),
        PMCID=pmcid(ids.get("pmcid")) or pmcid(open_at.get("landing_page_url")),
        abstract=_abstract(item.get("abstract_inverted_index")),
        license=text(open_at.get("license") or place.get("license"), 300),
        notices=(Notice(type="retraction", source=SOURCE),) if item.get("is_retracted") is True else (),
    )


def _authors(item: Json) -> Iterator[Name]:
    for each in list(mappings(item.get("authorships")))[:200]:
        said = text(mapping(each.get("author")).get("display_name") or each.get("raw_author_name"), 200)
        given, _, family = (said or "").rpartition(" ")
        if found := name(family, given):
            yield found


def _abstract(index: Any) -> str | None:
    """The words in the order of their places."""
    places: list[tuple[int, str]] = []
    for word, found in mapping(index).items():
        known = [at for at in (found if isinstance(found, list) else ()) if type(at) is int and 0 <= at < WORDS]
        places += [(at, str(word)[:200]) for at in known[: WORDS - len(places)]]
    return abstract(" ".join(word for _, word in sorted(places))[:ABSTRACT])
