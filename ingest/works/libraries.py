"""Read a library of references with abstracts: BibTeX, RIS or CSL-JSON, as Zotero and others export them."""

import re
from collections.abc import Iterator
from typing import Any

from evqa.errors import InputError
from evqa.model import Name
from evqa.works.keys import doi_key
from evqa.works.records import FoundWork
from ingest.works.untrusted import Json, abstract, csl_date, date_of, mapping, mappings, name, pmid, text

SOURCE = "library"
# Most entries of a file.
ENTRIES = 100_000
_BRACES = re.compile(r"[{}]")


def csl_works(found: Any, subject: str) -> Iterator[FoundWork]:
    """The items of a CSL-JSON file that have a title. Raises InputError if it isn't a list of items."""
    items = found if isinstance(found, list) else mapping(found).get("items")
    if not isinstance(items, list) or not any("title" in mapping(each) for each in items[:100]):
        raise InputError(subject, "no list of CSL-JSON items", "export the library as CSL JSON, BibTeX or RIS")
    for item in (mapping(each) for each in items[:ENTRIES]):
        names = [name(a.get("family"), a.get("given"), a.get("literal")) for a in mappings(item.get("author"))]
        yield FoundWork(
            source=SOURCE,
            type=text(item.get("type"), 60),
            title=text(item.get("title")),
            author=tuple(each for each in names[:200] if each),
            container_title=text(item.get("container-title")),
            issued=csl_date(item.get("issued")),
            volume=text(item.get("volume"), 100),
            issue=text(item.get("issue"), 100),
            page=text(item.get("page"), 100),
            publisher=text(item.get("publisher")),
            DOI=_doi(item.get("DOI")),
            PMID=pmid(item.get("PMID")),
            abstract=abstract(item.get("abstract")),
        )


def bibtex_works(data: bytes, subject: str) -> Iterator[FoundWork]:
    """The entries of a BibTeX file. Raises InputError if it holds none that can be read."""
    from bibtexparser.entrypoint import parse_string  # takes a tenth of a second that other formats don't need
    from bibtexparser.middlewares import LatexDecodingMiddleware

    try:
        library = parse_string(data.decode("utf-8", "replace"), append_middleware=[LatexDecodingMiddleware()])
    except Exception as error:  # its parser says so in many ways
        raise InputError(subject, "no BibTeX that can be read", "export the library again", str(error)[:200]) from error
    if not library.entries:
        raise InputError(subject, "no BibTeX entry in it", "export the library as BibTeX")
    for entry in library.entries[:ENTRIES]:
        fields = {key.lower(): _BRACES.sub("", str(field.value)) for key, field in entry.fields_dict.items()}
        names = re.split(r"\s+and\s+", fields.get("author", ""))
        yield FoundWork(
            source=SOURCE,
            title=text(fields.get("title")),
            author=tuple(found for each in names[:200] if (found := _inverted(each))),
            container_title=text(fields.get("journal") or fields.get("journaltitle") or fields.get("booktitle")),
            issued=date_of(*re.split(r"\D+", fields.get("year") or fields.get("date") or "")),
            volume=text(fields.get("volume"), 100),
            issue=text(fields.get("number"), 100),
            page=text(re.sub(r"-{2,}", "-", fields.get("pages", "")), 100),
            publisher=text(fields.get("publisher")),
            DOI=_doi(fields.get("doi")),
            PMID=pmid(fields.get("pmid")),
            abstract=abstract(fields.get("abstract")),
        )


def ris_works(data: bytes, subject: str) -> Iterator[FoundWork]:
    """The records of a RIS file. Raises InputError if it holds none that can be read."""
    import rispy  # the same

    try:
        records = rispy.loads(data.decode("utf-8-sig", "replace"), skip_unknown_tags=True)
    except Exception as error:  # the same
        raise InputError(subject, "no RIS that can be read", "export the library again", str(error)[:200]) from error
    if not records:
        raise InputError(subject, "no RIS record in it", "export the library as RIS")
    for record in map(mapping, records[:ENTRIES]):
        authors = record.get("authors") or record.get("first_authors")
        pages = [each for each in (text(record.get("start_page"), 60), text(record.get("end_page"), 60)) if each]
        yield FoundWork(
            source=SOURCE,
            title=text(record.get("title") or record.get("primary_title")),
            author=tuple(f for each in (authors if isinstance(authors, list) else [])[:200] if (f := _inverted(each))),
            container_title=text(_journal(record)),
            issued=date_of(*re.split(r"\D+", str(record.get("year") or record.get("date") or ""))),
            volume=text(record.get("volume"), 100),
            issue=text(record.get("number"), 100),
            page="-".join(dict.fromkeys(pages)) or None,
            publisher=text(record.get("publisher")),
            DOI=_doi(record.get("doi")),
            PMID=pmid(record.get("accession_number")),
            abstract=abstract(record.get("abstract") or record.get("notes_abstract")),
        )


def _journal(record: Json) -> Any:
    known = ("journal_name", "secondary_title", "alternate_title2", "alternate_title3")
    return next((record[each] for each in known if record.get(each)), None)


def _doi(value: Any) -> str | None:
    return doi_key(value) or None if isinstance(value, str) else None


def _inverted(printed: Any) -> Name | None:
    """ "Berg, Jan" or "Jan Berg" as a name."""
    said = text(printed, 300) or ""
    family, comma, given = said.partition(",")
    if comma:
        return name(family, given)
    given, _, family = said.rpartition(" ")
    return name(family, given)
