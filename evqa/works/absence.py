"""Decide whether sources that answered know no work such as an entry names."""

from collections.abc import Collection

from evqa.model import Record, Reference
from evqa.works.comparing import Found, Printed, compare
from evqa.works.identity import likeliest
from evqa.works.records import FoundWork
from evqa.works.same_work import SHORT, plain_doi, work

# Sources that find a work by its printed fields; others answer to a DOI only.
SEARCHED = frozenset({"crossref", "europepmc", "openalex"})
# So many of them have to know nothing.
ENOUGH = 2
# Nothing that is found may have such a title, or be likelier than this to be the entry's work. Between here and a claim
# nothing can be told.
NEAR = frozenset({"same", "cut", "near"})
UNLIKELY = 0.05


class LookUp(Record):
    """What came of looking an entry up: the works found, the sources that answered, and those that failed."""

    found: tuple[FoundWork, ...] = ()
    answered: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def is_unknown(entry: Reference, look_up: LookUp) -> bool:
    """Whether enough sources answered, none failed, and none knows the work of an entry that they should know."""
    if not is_answered(look_up.answered, look_up.failed) or not is_searchable(entry):
        return False
    doi = plain_doi(entry.DOI or "")
    if doi and any(plain_doi(each.DOI or "") == doi for each in look_up.found):
        return False
    printed = Printed(entry)
    is_near = any(compare(printed, Found(each)).title in NEAR for each in look_up.found)
    match = likeliest(entry, look_up.found)
    return not is_near and (match is None or match.score < UNLIKELY)


def is_answered(answered: Collection[str], failed: Collection[str]) -> bool:
    """Whether "no such work" can be told: so many sources that search by fields answered, and each of those asked."""
    return len(SEARCHED.intersection(answered)) >= ENOUGH and not SEARCHED.intersection(failed)


def is_searchable(entry: Reference) -> bool:
    """Whether databases should know an entry: an article whose title, author, journal and year were read."""
    title = work(entry.title or "", "", None, "").title
    is_read = bool(entry.first_author and entry.container_title and entry.year)
    return entry.type == "article-journal" and is_read and len(title) >= SHORT
