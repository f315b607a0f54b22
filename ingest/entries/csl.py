"""Read printed bibliography entries as CSL-JSON fields (https://docs.citationstyles.org, schema 1.0.2)."""

import re

from evqa.model import Date, Reference
from ingest.entries.emphasis import before_numbers
from ingest.entries.groups import leading_group
from ingest.entries.identifiers import identifiers, without_identifiers
from ingest.entries.names import Authors, leading_authors, with_particles_first
from ingest.entries.work import Work, printed_work
from ingest.markup.patterns import RECENT_YEAR
from ingest.markup.styled import Styled

_LONGEST = 3000
_BROKEN = re.compile(r"(?<=[^\W\d_])- (?=[A-Z]\w* ?[A-Z,.])")
_RUN_ON = re.compile(r"(?<=[a-z])and(?=[A-Z]\.\s?[A-Z])")
_CLOSING_YEAR = re.compile(rf"[\s,(]({RECENT_YEAR})[a-z]?\)?\.?$")
_EDITORS = re.compile(r"[\s,]*\(?\b[Ee]d(?:s|itors?)?\b\.?\)?(?=[.,:\s]|$)")


def reference(number: int, printed: Styled) -> Reference:
    """Read an entry, without its printed number, as a record. `raw` is its canonical text.

    A field that the entry doesn't show stays empty; nothing is guessed.
    """
    whole, printed = printed.canonical, printed[:_LONGEST]
    entry = whole[:_LONGEST]
    doi, pmid, url = identifiers(entry, printed.addresses())
    body = with_particles_first(_RUN_ON.sub(" and ", _BROKEN.sub("-", without_identifiers(entry))))
    authors = _authors(body)
    rest = _EDITORS.sub("", body[authors.end :], count=1) if _EDITORS.match(body, authors.end) else body[authors.end :]
    work = printed_work(rest, printed, before_numbers(printed), by_commas=rest.startswith((",", ":")))
    year = work.year or _closing_year(entry)
    return Reference(
        number=number,
        type=_type(work, url),
        title=work.title or None,
        author=authors.names,
        container_title=work.container or None,
        issued=Date(date_parts=((year,),)) if year else None,
        publisher=work.publisher or None,
        volume=work.volume,
        issue=work.issue,
        page=work.page,
        DOI=doi,
        PMID=pmid,
        URL=f"https://doi.org/{doi}" if doi else url,
        raw=whole,
    )


def _closing_year(entry: str) -> int | None:
    """Return the year that some styles print after the DOI."""
    found = _CLOSING_YEAR.search(entry[-40:])
    return int(found[1]) if found else None


def _authors(body: str) -> Authors:
    leading = leading_authors(body)
    return leading if leading.names else leading_group(body)


def _type(work: Work, url: str | None) -> str:
    """Choose the CSL type: a web page if there is only a site, an article if nothing says otherwise."""
    is_bare = not (work.volume or work.page or work.container or work.publisher)
    return work.type or ("webpage" if url and is_bare else "article-journal")
