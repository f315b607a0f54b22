"""Which works of a corpus there are to look up, and which look-ups are due."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from api.enrichment.europepmc import TEXTS, text_wanted
from api.enrichment.requests import Request, Wanted
from api.enrichment.sources import Sources
from evqa.model import Reference
from evqa.works.keys import entry_key, work_key
from evqa.works.records import FoundWork, LookUp
from evqa.works.standing import CROSSREF, EUROPEPMC, OLD, OPENALEX, UPDATES, age
from index.store.lookups import LookUps
from ingest.works.unpaywall import SOURCE as UNPAYWALL


@dataclass(frozen=True)
class Due:
    """Tells which look-ups are due on a day: those that were never answered, and answers that are old.

    `known`: the day of each answer, by source and key.
    """

    today: date
    known: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, source: str, wanted: Iterable[Wanted]) -> list[Wanted]:
        """Those works that are due at a source."""
        return [each for each in wanted if self.is_due(source, each.key)]

    def is_due(self, source: str, key: str) -> bool:
        """Whether a work is due at a source."""
        day = self.known.get((source, key))
        return day is None or age(day, self.today) > OLD


def wanted_of(references: Iterable[Reference]) -> list[Wanted]:
    """The works that entries name, each once, in order of first occurrence."""
    found: dict[str, Wanted] = {}
    for entry in references:
        key = work_key(entry)
        found.setdefault(key, Wanted(key, entry))
    return list(found.values())


def first_requests(wanted: Sequence[Wanted], sources: Sources, due: Due) -> Iterator[Request]:
    """Requests by which entries without a DOI are found."""
    bare = [each for each in wanted if not each.has_doi]
    yield from sources.crossref.of_entries(due.of(CROSSREF, bare))
    yield from sources.europepmc.of_entries(due.of(EUROPEPMC, bare))


def unknown(wanted: Sequence[Wanted], lookups: LookUps) -> list[Wanted]:
    """Articles whose printed DOI no source knows, to be found by what else is printed: the DOI may be misprinted."""
    found = []
    for each in wanted:
        looked = [one for one in lookups.of(each.key) if one.source in (CROSSREF, EUROPEPMC, OPENALEX)]
        is_known = any(one.outcome != "none" for one in looked)
        if each.has_doi and looked and not is_known and each.entry.type == "article-journal":
            # A DOI that nobody knows doesn't speak against a work that has another.
            found.append(Wanted(entry_key(each.entry), each.entry.model_copy(update={"DOI": None})))
    return found


def doi_requests(wanted: Sequence[Wanted], sources: Sources, due: Due) -> Iterator[Request]:
    """Requests for works by DOI."""
    known = [each for each in wanted if each.has_doi]
    yield from sources.crossref.of_dois(due.of(CROSSREF, known))
    yield from sources.crossref.of_notices(due.of(UPDATES, known))
    yield from sources.europepmc.of_dois(due.of(EUROPEPMC, known))
    if sources.openalex:
        yield from sources.openalex.of_dois(due.of(OPENALEX, known))
    if sources.unpaywall:
        yield from sources.unpaywall.of_dois(due.of(UNPAYWALL, known))


def resolved(wanted: Sequence[Wanted], lookups: LookUps) -> list[Wanted]:
    """The works by DOI: those that an entry prints, and those that an entry without one was found to be."""
    found: dict[str, Wanted] = {each.key: each for each in wanted if each.has_doi}
    for each in wanted:
        if not each.has_doi and (doi := doi_found(lookups.of(each.key))):
            found.setdefault(doi, Wanted(doi, each.entry))
    return list(found.values())


def doi_found(looked: Iterable[LookUp]) -> str | None:
    """The DOI of the work that an entry was found to be; None without."""
    return next((work.DOI for each in looked for work in each.found if work.DOI), None)


def works_found(key: str, lookups: LookUps) -> list[FoundWork]:
    """What the sources know of a work; for an entry without DOI, what they know of the work that it was found to be."""
    looked = lookups.of(key)
    doi = None if key.startswith("10.") else doi_found(looked)
    more = lookups.of(doi) if doi else []
    return [work for each in (*more, *looked) for work in each.found if each.source not in (UPDATES, TEXTS)]


def text_requests(wanted: Sequence[Wanted], sources: Sources, due: Due, lookups: LookUps) -> Iterator[Request]:
    """Requests for full texts that are open and may be kept."""
    known = ((each.key, text_wanted(works_found(each.key, lookups))) for each in due.of(TEXTS, wanted))
    yield from sources.europepmc.of_texts([(key, pmcid) for key, pmcid in known if pmcid])
