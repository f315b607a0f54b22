"""Read EndNote's records in citation fields, and Word's own sources."""

from collections.abc import Sequence

from lxml import etree

from evqa.model import Reference
from ingest.docx.csl import csl_work
from ingest.docx.names import child, children, local
from ingest.jats.xml import Element
from ingest.markup.styled import tidy

_TYPES = {
    "Book": "book",
    "Book Section": "chapter",
    "Conference Paper": "paper-conference",
    "Conference Proceedings": "paper-conference",
    "Thesis": "thesis",
    "Report": "report",
    "Web Page": "webpage",
    "Patent": "patent",
    "BookSection": "chapter",
    "ConferenceProceedings": "paper-conference",
    "InternetSite": "webpage",
    "DocumentFromInternetSite": "webpage",
}
_MOST = 300


def endnote_works(codes: Sequence[str]) -> list[tuple[str, Reference | None]]:
    """Return key and fields of each record that a field's codes hold, each once."""
    found: dict[str, Reference | None] = {}
    for code in codes:
        root = _parsed(code)
        for cite in root.iter("Cite") if root is not None else ():
            record = child(cite, "record")
            key = _text(cite, "RecNum") or "-".join(filter(None, (_text(cite, "Author"), _text(cite, "Year"))))
            database = child(record, "foreign-keys", "key")
            owner = database.get("db-id", "") if database is not None else ""
            if key and len(found) < _MOST:
                found.setdefault(f"{owner}:{key}", _record(record) if record is not None else None)
    return list(found.items())


def _parsed(code: str) -> Element | None:
    """Return the `EndNote` element in a code. Signs that EndNote leaves unescaped are passed over."""
    start, end = code.find("<EndNote"), code.rfind("</EndNote>")
    if start < 0 or end < start or "<!" in code:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        return etree.fromstring(code[start : end + len("</EndNote>")].encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _record(record: Element) -> Reference | None:
    kind = child(record, "ref-type")
    authors = child(record, "contributors", "authors")
    page = _text(record, "pages")
    return csl_work(
        {
            "type": _TYPES.get(kind.get("name", "") if kind is not None else "", "article-journal"),
            "title": _text(record, "titles", "title"),
            "author": [_person(_all(e)) for e in authors] if authors is not None else [],
            "container-title": _text(record, "titles", "secondary-title") or _text(record, "periodical", "full-title"),
            "issued": {"raw": _text(record, "dates", "year")},
            "volume": _text(record, "volume"),
            "issue": _text(record, "number"),
            "page": page,
            "publisher": _text(record, "publisher"),
            "DOI": _text(record, "electronic-resource-num"),
            "PMID": _text(record, "accession-num"),
        }
    )


def _person(printed: str) -> dict[str, str]:
    family, comma, given = printed.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": printed.strip()}


def word_sources(root: Element) -> dict[str, Reference]:
    """Return the sources of Word's own bibliography by their tags."""
    found: dict[str, Reference] = {}
    for source in children(root, "Source"):
        if (tag := _text(source, "Tag")) and (work := _source(source)):
            found[tag] = work
    return found


def _source(source: Element) -> Reference | None:
    names = child(source, "Author", "Author", "NameList")
    people = [e for e in names if local(e) == "Person"] if names is not None else []
    group = _text(source, "Author", "Author", "Corporate")
    author = [{"family": _text(p, "Last"), "given": _text(p, "First")} for p in people]
    return csl_work(
        {
            "type": _TYPES.get(_text(source, "SourceType"), "article-journal"),
            "title": _text(source, "Title"),
            "author": author or ([{"literal": group}] if group else []),
            "container-title": next(
                filter(None, (_text(source, n) for n in ("JournalName", "BookTitle", "ConferenceName"))), ""
            ),
            "issued": {"raw": _text(source, "Year")},
            "volume": _text(source, "Volume"),
            "issue": _text(source, "Issue"),
            "page": _text(source, "Pages"),
            "publisher": _text(source, "Publisher"),
            "DOI": _text(source, "DOI") or _text(source, "StandardNumber"),
            "URL": _text(source, "URL"),
        }
    )


def _text(element: Element | None, *path: str) -> str:
    found = child(element, *path)
    return _all(found) if found is not None else ""


def _all(element: Element) -> str:
    return tidy("".join(map(str, element.itertext())))
