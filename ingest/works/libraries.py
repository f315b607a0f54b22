"""Read a library of references with abstracts and files: BibTeX, RIS or CSL-JSON, as Zotero and others export them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from evqa.errors import InputError
from evqa.model import Name
from evqa.works.keys import doi_key
from evqa.works.records import FoundWork
from ingest.works.untrusted import Json, abstract, csl_date, date_of, mapping, mappings, name, pmid, text

SOURCE = "library"
# Most entries of a file.
ENTRIES = 100_000
_BRACES = re.compile(r"[{}]")
# A file's path of BibTeX may stand between its description and its type, as in ":files/1/moss.pdf:application/pdf".
_DESCRIBED = re.compile(r"(?:[^:]*:)?(?P<path>(?:[A-Za-z]:[\\/])?[^:]+)(?::[\w./+-]*)?")
_ESCAPED = re.compile(r"\\([\\:;_&%#{} ])")
FILES, TAGS = 20, 100


@dataclass(frozen=True)
class LibraryItem:
    """An entry of a library: its key, its work, the paths of its files as written, and its tags."""

    key: str
    work: FoundWork
    files: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def csl_works(found: Any, subject: str) -> Iterator[FoundWork]:
    """The works of `csl_items`."""
    return (each.work for each in csl_items(found, subject))


def bibtex_works(data: bytes, subject: str) -> Iterator[FoundWork]:
    """The works of `bibtex_items`."""
    return (each.work for each in bibtex_items(data, subject))


def ris_works(data: bytes, subject: str) -> Iterator[FoundWork]:
    """The works of `ris_items`."""
    return (each.work for each in ris_items(data, subject))


def csl_items(found: Any, subject: str) -> Iterator[LibraryItem]:
    """The items of a CSL-JSON file that have a title. Raises InputError if it isn't a list of items."""
    items = found if isinstance(found, list) else mapping(found).get("items")
    if not isinstance(items, list) or not any("title" in mapping(each) for each in items[:100]):
        raise InputError(subject, "no list of CSL-JSON items", "export the library as CSL JSON, BibTeX or RIS")
    for item in (mapping(each) for each in items[:ENTRIES]):
        names = [name(a.get("family"), a.get("given"), a.get("literal")) for a in mappings(item.get("author"))]
        work = FoundWork(
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
        keywords = re.split(r"\s*[;,]\s*", text(item.get("keyword")) or "")
        key = text(item.get("citation-key"), 200) or text(item.get("id"), 200) or ""
        yield LibraryItem(key, work, _paths(_listed(item.get("file"))), _tags(keywords))


def bibtex_items(data: bytes, subject: str) -> Iterator[LibraryItem]:
    """The entries of a BibTeX file. Raises InputError if it holds none that can be read."""
    from bibtexparser.entrypoint import parse_string  # takes a tenth of a second that other formats don't need
    from bibtexparser.middlewares import LatexDecodingMiddleware

    try:
        library = parse_string(data.decode("utf-8", "replace"))
        # Decoded, a path would lose what escapes its colons.
        files = [
            _bibtex_files(str(entry.fields_dict["file"].value)) if "file" in entry.fields_dict else ()
            for entry in library.entries
        ]
        library = LatexDecodingMiddleware().transform(library)
    except Exception as error:  # its parser says so in many ways
        raise InputError(subject, "no BibTeX that can be read", "export the library again", str(error)[:200]) from error
    if not library.entries:
        raise InputError(subject, "no BibTeX entry in it", "export the library as BibTeX")
    for entry, paths in list(zip(library.entries, files, strict=True))[:ENTRIES]:
        fields = {key.lower(): _BRACES.sub("", str(field.value)) for key, field in entry.fields_dict.items()}
        names = re.split(r"\s+and\s+", fields.get("author", ""))
        work = FoundWork(
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
        keywords = re.split(r"\s*[;,]\s*", fields.get("keywords") or fields.get("keyword") or "")
        yield LibraryItem(text(entry.key, 200) or "", work, paths, _tags(keywords))


def ris_items(data: bytes, subject: str) -> Iterator[LibraryItem]:
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
        work = FoundWork(
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
        attached = [*_listed(record.get("file_attachments1")), *_listed(record.get("file_attachments2"))]
        yield LibraryItem(
            text(record.get("id"), 200) or "", work, _paths(attached), _tags(_listed(record.get("keywords")))
        )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _tags(words: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for each in words if (found := text(each, 200))))[:TAGS]


def _paths(written: Iterable[Any]) -> tuple[str, ...]:
    """Paths of files, also where they are written as addresses; addresses of the network aren't files."""
    found = []
    for each in written:
        if isinstance(each, str) and each.strip():
            path = each.strip()
            scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", path)
            found.append(path if scheme is None else unquote(urlsplit(path).path) if scheme[1] == "file" else "")
    return tuple(filter(None, found))[:FILES]


def _bibtex_files(written: str) -> tuple[str, ...]:
    """The paths in a field "file": alone, or between a description and a type, several separated by semicolons."""
    found = []
    for part in re.split(r"(?<!\\);", written):
        # Signs that are escaped aren't those between the parts.
        hidden = re.sub(r"\\([:;])", lambda sign: "\ue000" if sign[1] == ":" else "\ue001", part.strip())
        if match := _DESCRIBED.fullmatch(hidden):
            path = match["path"].replace("\ue000", ":").replace("\ue001", ";")
            found.append(_ESCAPED.sub(r"\1", path).strip())
    return _paths(found)


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
