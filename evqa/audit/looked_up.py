"""What is wrong with the entries of a bibliography, as far as looked-up works tell."""

from collections.abc import Iterator, Sequence

from evqa.audit.records import Bookkeeping, Kind
from evqa.model import Reference
from evqa.works.absence import LookUp, is_unknown
from evqa.works.comparing import Found, Printed, compare
from evqa.works.contradictions import Field, contradictions
from evqa.works.identity import best_match, one_work
from evqa.works.records import FoundWork
from evqa.works.same_work import plain_doi

# One for each entry, in order; None for one that wasn't looked up, of which nothing is said.
LookUps = Sequence[LookUp | None]
SOURCES = {"crossref": "Crossref", "europepmc": "Europe PMC", "openalex": "OpenAlex"}
FIELDS: dict[Field, str] = {
    "title": "the title",
    "author": "the first author",
    "year": "the year",
    "journal": "the journal",
    "volume": "volume",
    "page": "page",
}
# Titles less alike than this have nothing in common.
UNLIKE = 0.6


def looked_up_findings(document: str, entries: Sequence[Reference], look_ups: LookUps) -> Iterator[Bookkeeping]:
    """Entries that the record of their work contradicts, that print another work's DOI, or that no source knows."""
    for entry, look_up in zip(entries, look_ups, strict=False):
        for kind, told in _findings(entry, look_up) if look_up else ():
            yield Bookkeeping(document=document, kind=kind, references=(entry.number,), detail=f"{entry.number} {told}")


def _findings(entry: Reference, look_up: LookUp) -> Iterator[tuple[Kind, str]]:
    match = best_match(entry, look_up.found)
    named = next((each for each in look_up.found if _has_doi(each, entry.DOI)), None)
    if named and (not match or not _has_doi(match.work, entry.DOI)) and is_other_work(entry, named):
        yield "other_work", f"prints the DOI {entry.DOI}, which {_source(named)} knows as {_described(named)}"
    if match:
        others = _of_one_work(look_up.found, match.work)
        for each in contradictions(entry, match.work, others):
            found = f"{_source(match.work)} has “{each.found}” for {_described(match.work)}"
            yield "contradicted", f"prints {FIELDS[each.field]} “{each.printed}”, {found}"
    elif not named and is_unknown(entry, look_up):
        answered = " and ".join(SOURCES.get(each, each) for each in look_up.answered)
        yield "not_found", f"is a work that {answered} don’t know: {entry.title}"


def is_other_work(entry: Reference, named: FoundWork) -> bool:
    """Whether title and first author of what a DOI names both speak against the entry that prints it."""
    states = compare(Printed(entry), Found(named))
    return states.title == "differs" and states.likeness < UNLIKE and states.author == "differs"


def _of_one_work(found: Sequence[FoundWork], work: FoundWork) -> list[FoundWork]:
    """Further records of a work."""
    groups = one_work([Found(each) for each in found])
    own = groups[found.index(work)]
    return [each for each, group in zip(found, groups, strict=True) if group == own and each is not work]


def _has_doi(work: FoundWork, doi: str | None) -> bool:
    return bool(doi and work.DOI) and plain_doi(work.DOI or "") == plain_doi(doi or "")


def _described(work: FoundWork) -> str:
    found = Found(work)
    author = work.author[0].surname if work.author else ""
    told = ", ".join(part for part in (author, str(found.year or "")) if part)
    by = f" ({told})" if told else ""
    doi = f", doi {plain_doi(work.DOI)}" if work.DOI else ""
    return f"“{found.title}”{by}{doi}"


def _source(work: FoundWork) -> str:
    return SOURCES.get(work.source, work.source)
