"""Read CSL-JSON (https://docs.citationstyles.org, schema 1.0.2) that citation fields hold."""

import html
import re
from collections.abc import Mapping

from evqa.model import Date, Name, Reference
from ingest.markup.styled import tidy

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,100}>")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_PMID = re.compile(r"\bPMID:\s*(\d{1,9})")
_MOST_ITEMS = 300
_MOST_AUTHORS = 1000
_TYPES = re.compile(r"[a-z_-]{3,30}")


def csl_works(citation: object) -> list[tuple[str, Reference | None]]:
    """Return key and fields of each item of a citation, in order; [] if it holds none."""
    items = citation.get("citationItems") if isinstance(citation, Mapping) else None
    found: list[tuple[str, Reference | None]] = []
    for item in items[:_MOST_ITEMS] if isinstance(items, list) else ():
        if not isinstance(item, Mapping):
            continue
        data = item.get("itemData")
        work = csl_work(data) if isinstance(data, Mapping) else None
        uris = item.get("uris") or item.get("uri")
        uri = uris[0] if isinstance(uris, list) and uris else uris
        key = uri if isinstance(uri, str) and uri else _local_key(str(item.get("id", "")), work)
        if key:
            found.append((key, work))
    return found


def _local_key(name: str, work: Reference | None) -> str:
    """Return a key for an item without an address: some programs count items anew in each citation."""
    told = (work.title, work.first_author, str(work.year or "")) if work else ()
    return " ".join(filter(None, (name, *told)))


def csl_work(item: Mapping[object, object]) -> Reference | None:
    """Read an item as a record, its number to be given; None without a title. What can't be read is left out."""
    title = _words(item.get("title"))
    if not title:
        return None
    doi = _DOI.search(_words(item.get("DOI")))
    pmid = _words(item.get("PMID")) or next(iter(_PMID.findall(_words(item.get("note")))), "")
    kind = _words(item.get("type"))
    return Reference(
        number=1,
        type=kind if _TYPES.fullmatch(kind) else "article-journal",
        title=title,
        author=_authors(item.get("author")),
        container_title=_words(item.get("container-title")) or None,
        issued=_date(item.get("issued")),
        volume=_words(item.get("volume")) or None,
        issue=_words(item.get("issue")) or None,
        page=_words(item.get("page")).replace("–", "-") or None,
        publisher=_words(item.get("publisher")) or None,
        DOI=doi[0].rstrip(".,;") if doi else None,
        PMID=pmid if pmid.isdecimal() else None,
        URL=_words(item.get("URL")) or None,
        raw="",
    )


def _words(told: object) -> str:
    if isinstance(told, int | float) and not isinstance(told, bool):
        return str(told)
    return tidy(html.unescape(_TAG.sub("", told[:3000]))) if isinstance(told, str) else ""


def _authors(told: object) -> tuple[Name, ...]:
    names: list[Name] = []
    for each in told[:_MOST_AUTHORS] if isinstance(told, list) else ():
        if not isinstance(each, Mapping):
            continue
        particle = _words(each.get("non-dropping-particle"))
        family = " ".join(filter(None, (particle, _words(each.get("family")))))
        given = " ".join(filter(None, (_words(each.get("given")), _words(each.get("suffix")))))
        if family:
            names.append(Name(family=family, given=given or None))
        elif literal := _words(each.get("literal")) or given:
            names.append(Name(literal=literal))
    return tuple(names)


def _date(told: object) -> Date | None:
    if not isinstance(told, Mapping):
        return None
    parts = told.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [int(text) for part in first[:3] if (text := _words(part)).isdecimal() and len(text) < 5]
    if numbers and numbers[0] >= 1000:
        return Date(date_parts=(tuple(numbers),))
    year = _YEAR.search(_words(told.get("raw")) or _words(told.get("literal")))
    return Date(date_parts=((int(year[0]),),)) if year else None
