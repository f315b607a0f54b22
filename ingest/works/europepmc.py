"""Read Europe PMC's JSON (`resultType=core`): works with abstract, licence, PMCID, and comments and corrections."""

from collections.abc import Iterator
from typing import Any

from evqa.errors import InputError
from evqa.model import Name, Notice
from evqa.works.keys import doi_key
from evqa.works.records import FoundWork
from ingest.works.notices import notice
from ingest.works.untrusted import Json, abstract, date_of, mapping, mappings, name, pmcid, pmid, text

SOURCE = "europepmc"
# Of two records of one DOI, MEDLINE's tells more than a preprint server's.
_ORDER = ("MED", "PMC", "PPR")
_RETRACTED = "retracted publication"


def items_in(reply: Any, subject: str) -> Iterator[Json]:
    """The results of a reply, those of MEDLINE first. Raises InputError if it is none."""
    found = mapping(mapping(reply).get("resultList")).get("result")
    if not isinstance(found, list):
        raise InputError(subject, "no reply of Europe PMC's search", "check the address")
    yield from sorted(mappings(found), key=lambda each: _order(each.get("source")))


def _order(source: Any) -> int:
    return _ORDER.index(source) if source in _ORDER else len(_ORDER)


def next_cursor(reply: Any) -> str | None:
    """The cursor of the next page of a list; None without."""
    found = mapping(reply).get("nextCursorMark")
    return found if isinstance(found, str) and 0 < len(found) <= 4_000 else None


def doi_of(item: Json) -> str:
    """A result's DOI in lower case; "" without."""
    doi = item.get("doi")
    return doi_key(doi) if isinstance(doi, str) else ""


def work_of(item: Json) -> FoundWork:
    """A result as a record."""
    journal = mapping(item.get("journalInfo"))
    title = text(item.get("title"))
    issued = date_of(journal.get("yearOfPublication"), journal.get("monthOfPublication"))
    return FoundWork(
        source=SOURCE,
        title=title.removesuffix(".") if title else None,
        author=tuple(_authors(item)),
        container_title=text(mapping(journal.get("journal")).get("title")),
        issued=issued or date_of(item.get("pubYear")),
        volume=text(journal.get("volume"), 100),
        issue=text(journal.get("issue"), 100),
        page=text(item.get("pageInfo"), 100),
        DOI=doi_of(item) or None,
        PMID=pmid(item.get("pmid")),
        PMCID=pmcid(item.get("pmcid")),
        abstract=abstract(item.get("abstractText")),
        license=text(item.get("license"), 300),
        notices=tuple(_notices(item)),
    )


def _authors(item: Json) -> Iterator[Name]:
    for each in list(mappings(mapping(item.get("authorList")).get("author")))[:200]:
        found = name(each.get("lastName"), each.get("firstName") or each.get("initials"), each.get("collectiveName"))
        if found := found or name(None, None, each.get("fullName")):
            yield found


def _notices(item: Json) -> Iterator[Notice]:
    told = [_correction(each) for each in mappings(mapping(item.get("commentCorrectionList")).get("commentCorrection"))]
    found = [each for each in told if each]
    yield from found
    kinds = mapping(item.get("pubTypeList")).get("pubType")
    is_retracted = isinstance(kinds, list) and _RETRACTED in [str(each).lower() for each in kinds[:50]]
    # The list of comments may lack the notice; the type of the publication is MEDLINE's own word.
    if is_retracted and not any(each.type in ("retraction", "withdrawal") for each in found):
        yield Notice(type="retraction", source=SOURCE)


def _correction(told: Json) -> Notice | None:
    """A comment as a notice. "Retraction of" and the like stand on the notice, and say nothing of the record itself."""
    said = text(told.get("type"), 60)
    if said and said.lower().endswith((" of", " for")):
        return None
    return notice(said, None, None, SOURCE)
