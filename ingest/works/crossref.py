"""Read Crossref's JSON: works, and the notices that stand on an affected work and on the notice itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from evqa.errors import InputError
from evqa.model import Notice
from evqa.works.keys import doi_key
from evqa.works.records import FoundWork
from ingest.works.notices import notice
from ingest.works.untrusted import ABSTRACT, Json, abstract, csl_date, first, iso, mapping, mappings, name, text

SOURCE, LIST = "crossref", "retraction-watch"
_TYPES = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
}
_DATES = ("issued", "published-print", "published-online", "published", "created")


def items_in(reply: Any, subject: str) -> Iterator[Json]:
    """The works of a reply: of a list, of a single work, or of bare items. Raises InputError if it is none of these."""
    message = mapping(reply).get("message", reply)
    if isinstance(message, list):
        yield from mappings(message)
    elif isinstance(mapping(message).get("items"), list):
        yield from mappings(message["items"])
    elif isinstance(mapping(message).get("DOI"), str):
        yield message
    else:
        raise InputError(subject, "no reply of Crossref's works", "check the address")


def next_cursor(reply: Any) -> str | None:
    """The cursor of the next page of a list; None without."""
    found = mapping(mapping(reply).get("message")).get("next-cursor")
    return found if isinstance(found, str) and 0 < len(found) <= 4_000 else None


def doi_of(item: Json) -> str:
    """An item's DOI in lower case; "" without."""
    doi = item.get("DOI")
    return doi_key(doi) if isinstance(doi, str) else ""


def work_of(item: Json) -> FoundWork:
    """An item as a record, with the notices that stand on it (`updated-by`)."""
    names = [name(a.get("family"), a.get("given"), a.get("name")) for a in mappings(item.get("author"))]
    told = [_notice(each, each.get("DOI")) for each in mappings(item.get("updated-by"))]
    return FoundWork(
        source=SOURCE,
        type=_TYPES.get(str(item.get("type"))),
        title=_title(item),
        author=tuple(each for each in names[:200] if each),
        container_title=text(first(item.get("container-title"))),
        issued=next((found for each in _DATES if (found := csl_date(item.get(each)))), None),
        volume=text(item.get("volume"), 100),
        issue=text(item.get("issue"), 100),
        page=text(item.get("page") or item.get("article-number"), 100),
        publisher=text(item.get("publisher")),
        DOI=doi_of(item) or None,
        abstract=abstract(text_or_none(item.get("abstract"))),
        license=_license(item),
        notices=tuple(each for each in told if each),
    )


def text_or_none(value: Any) -> str | None:
    """A string that isn't longer than an abstract may be with its markup; None for anything else."""
    return value[: ABSTRACT * 4] if isinstance(value, str) else None


def updates_of(item: Json) -> Mapping[str, Notice]:
    """What a notice says of other works (`update-to`), by their DOIs."""
    own = doi_of(item)
    found = ((str(each.get("DOI")), _notice(each, own)) for each in mappings(item.get("update-to")))
    return {doi_key(doi): told for doi, told in found if told and doi_key(doi)}


def _notice(update: Json, doi: Any) -> Notice | None:
    source = LIST if update.get("source") == LIST else SOURCE
    return notice(
        text(update.get("type"), 60), doi if isinstance(doi, str) else None, iso(update.get("updated")), source
    )


def _title(item: Json) -> str | None:
    main, more = text(first(item.get("title"))), text(first(item.get("subtitle")))
    return f"{main}: {more}" if main and more and more.lower() not in main.lower() else main


def _license(item: Json) -> str | None:
    found = [str(each.get("URL")) for each in mappings(item.get("license"))]
    return text(next((each for each in found if "creativecommons" in each), first(found)), 300)
