"""Read a JATS citation's elements as CSL-JSON fields (https://docs.citationstyles.org, schema 1.0.2)."""

import re
from collections.abc import Iterator

from evqa.model import Date, Name, Reference
from ingest.entries.csl import reference
from ingest.entries.identifiers import identifiers
from ingest.entries.names import leading_authors
from ingest.jats.line import line_of
from ingest.jats.xml import Element, href
from ingest.markup.patterns import WORK_YEAR
from ingest.markup.styled import Styled, tidy

CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_TYPES = {
    "journal": "article-journal",
    "article": "article-journal",
    "book": "book",
    "bookchapter": "chapter",
    "book-chapter": "chapter",
    "chapter": "chapter",
    "confproc": "paper-conference",
    "conf-proc": "paper-conference",
    "conference": "paper-conference",
    "thesis": "thesis",
    "dissertation": "thesis",
    "web": "webpage",
    "webpage": "webpage",
    "website": "webpage",
    "report": "report",
    "gov": "report",
    "government": "report",
    "patent": "patent",
    "newspaper": "article-newspaper",
    "preprint": "article",
    "data": "dataset",
    "database": "dataset",
    "software": "software",
    "legal": "legislation",
}
_TITLES = ("article-title", "chapter-title", "part-title", "data-title", "trans-title")
_AUTHORS = frozenset({"name", "string-name", "collab", "institution", "anonymous"})
_YEAR = re.compile(WORK_YEAR)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\w+)*/\S+", re.IGNORECASE)


def csl_of(citation: Element, number: int, raw: str) -> Reference:
    """Read an entry. Authors, title and year without tags are read from the printed text `raw`."""
    if not _is_tagged(citation):
        return _with_identifiers(reference(number, Styled(raw)).model_copy(update={"raw": raw}), citation, raw)
    fields = Reference(
        number=number,
        type=_type(citation),
        title=_title(citation) or None,
        author=_authors(citation),
        container_title=_container(citation) or None,
        issued=_issued(citation),
        volume=_text(citation, "volume"),
        issue=_text(citation, "issue"),
        page=_page(citation),
        publisher=_text(citation, "publisher-name"),
        raw=raw,
    )
    is_titled = fields.type != "article-journal" or any(_text(citation, tag) for tag in _TITLES)
    return _with_identifiers(_completed(fields, is_titled=is_titled), citation, raw)


def _completed(fields: Reference, *, is_titled: bool) -> Reference:
    """Fill in authors, title and year from the printed text if they aren't tagged."""
    if fields.author and fields.issued and is_titled:
        return fields
    printed = reference(fields.number, Styled(fields.raw))
    update: dict[str, object] = {"author": fields.author or printed.author, "issued": fields.issued or printed.issued}
    if not is_titled and printed.title and printed.title != fields.title:
        update |= {"title": printed.title, "container_title": fields.title}
    return fields.model_copy(update=update)


def _is_tagged(citation: Element) -> bool:
    """Tell whether title or source are tagged; names and identifiers alone aren't enough."""
    return any(_text(citation, tag) for tag in (*_TITLES, "source"))


def _text(citation: Element, tag: str) -> str | None:
    found = next((e for e in citation.iter(tag) if e.getparent() is not None), None)
    text = line_of(found).text.strip(" ,;") if found is not None else ""
    return text or None


def _type(citation: Element) -> str:
    told = next((v for k in ("publication-type", "citation-type") if (v := citation.get(k))), "").lower()
    has_part = _text(citation, "chapter-title") is not None or _text(citation, "article-title") is not None
    known = _TYPES.get(told)
    if known == "book" and has_part and _text(citation, "source"):
        return "chapter"
    if known:
        return known
    is_book = _text(citation, "publisher-name") is not None and not _text(citation, "volume")
    return ("chapter" if has_part else "book") if is_book else "article-journal"


def _title(citation: Element) -> str:
    title = next((t for tag in _TITLES if (t := _text(citation, tag))), None) or _text(citation, "source") or ""
    return title.strip(' .“”"') if not title.endswith("...") else title


def _container(citation: Element) -> str:
    has_part = any(_text(citation, tag) for tag in _TITLES)
    return (_text(citation, "source") or "").rstrip(" .") if has_part else _text(citation, "series") or ""


def _authors(citation: Element) -> tuple[Name, ...]:
    names = [name for element in _author_elements(citation) if (name := name_of(element))]
    return tuple(names)


def _author_elements(citation: Element) -> Iterator[Element]:
    groups = [
        g for g in citation.iter("person-group") if g.get("person-group-type", "author") in ("author", "allauthors")
    ]
    for holder in groups or [citation]:
        yield from (e for e in holder if e.tag in _AUTHORS)
    if groups:
        yield from (e for e in citation if e.tag == "collab")


def name_of(element: Element) -> Name | None:
    """Read a person or group as a name. A suffix follows the given names."""
    if element.tag in ("collab", "institution", "anonymous", "on-behalf-of"):
        literal = line_of(element).text.strip(" ,;:.")
        return Name(literal=literal) if literal else None
    family, given, suffix = (tidy("".join(e.itertext())) if (e := element.find(t)) is not None else "" for t in _PARTS)
    if family:
        return Name(family=family, given=" ".join(p for p in (given, suffix) if p).strip(" ,") or None)
    words = line_of(element).text.strip(" ,;")
    parsed = leading_authors(words).names
    return parsed[0] if parsed else Name(literal=given or words) if given or words else None


_PARTS = ("surname", "given-names", "suffix")


def _issued(citation: Element) -> Date | None:
    year = _YEAR.search(_text(citation, "year") or "")
    if not year:
        return None
    parts = [int(year[0])]
    if month := _month(_text(citation, "month") or ""):
        parts.append(month)
        day = _text(citation, "day") or ""
        parts += [int(day)] if day.isdecimal() and 1 <= int(day) <= 31 else []
    return Date(date_parts=(tuple(parts),))


def _month(printed: str) -> int:
    if printed.isdecimal():
        return int(printed) if 1 <= int(printed) <= 12 else 0
    short = printed[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _page(citation: Element) -> str | None:
    first, last = _text(citation, "fpage"), _text(citation, "lpage")
    if first and last and first != last:
        return f"{first}-{last}"
    printed = _text(citation, "page-range") or first or _text(citation, "elocation-id")
    return re.sub(r"\s*[–—‐‑−]\s*", "-", printed) if printed else None


def _with_identifiers(entry: Reference, citation: Element, raw: str) -> Reference:
    links = [
        address for e in citation.iter("ext-link", "uri", "self-uri") if (address := href(e) or "".join(e.itertext()))
    ]
    doi, pmid, url = identifiers(raw, links)
    ids = {e.get("pub-id-type", ""): tidy("".join(e.itertext())) for e in citation.iter("pub-id", "object-id")}
    tagged = _DOI.search(ids.get("doi", ""))
    update = {
        "DOI": tagged[0].rstrip(".,;") if tagged else entry.DOI or doi,
        "PMID": ids.get("pmid", "") if ids.get("pmid", "").isdecimal() else entry.PMID or pmid,
        "URL": entry.URL or url or next((link for link in links if link.startswith("http")), None),
    }
    if update["DOI"] and not update["URL"]:
        update["URL"] = f"https://doi.org/{update['DOI']}"
    return entry.model_copy(update=update)
