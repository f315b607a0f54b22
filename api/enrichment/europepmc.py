"""What is asked of Europe PMC: works by DOI in lists, by PMID or title, and open full texts by PMCID."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from api.enrichment.matching import matched
from api.enrichment.requests import XML, Day, Request, Result, Wanted, batches, next_page
from evqa.errors import InputError
from evqa.works.queries import query_of
from evqa.works.records import FoundWork
from evqa.works.standing import EUROPEPMC
from ingest.jats.xml import article_in
from ingest.works.europepmc import doi_of, items_in, next_cursor, work_of
from ingest.works.licences import is_free
from ingest.works.untrusted import json_in

TEXTS = "europepmc-text"
SEARCH, FULL = "europepmc", "europepmc-text"
RATES = {SEARCH: 5.0, FULL: 5.0}
BATCH, ROWS, CANDIDATES = 25, 100, 5


@dataclass(frozen=True)
class EuropePmc:
    """Requests to Europe PMC. `mailto`: who asks."""

    day: Day
    mailto: str = ""

    def of_dois(self, wanted: Sequence[Wanted]) -> list[Request]:
        """Requests for the records of works by DOI."""
        return [self._list(each) for each in batches((one.key for one in wanted), BATCH)]

    def of_entries(self, wanted: Sequence[Wanted]) -> list[Request]:
        """Requests for works without a DOI, by PMID or else by what is printed of them."""
        return [self._query(each, queries) for each in wanted if (queries := _queries(each))]

    def of_texts(self, wanted: Sequence[tuple[str, str]]) -> list[Request]:
        """Requests for the full texts of works, given by key and PMCID."""
        return [self._text(key, pmcid) for key, pmcid in wanted]

    def _list(self, dois: tuple[str, ...], cursor: str = "*") -> Request:
        return Request(EUROPEPMC, SEARCH, self._list_path(dois, cursor), dois, self._read_list, self._halved)

    def _list_path(self, dois: tuple[str, ...], cursor: str) -> str:
        return self._search(" OR ".join(f"DOI:{quoted(doi)}" for doi in dois), ROWS, cursor)

    def _halved(self, request: Request) -> Sequence[Request]:
        half = len(request.keys) // 2
        return [self._list(part) for part in (request.keys[:half], request.keys[half:])] if half else []

    def _read_list(self, request: Request, body: bytes | None) -> Result:
        reply = json_in(body or b"", "Europe PMC")
        items, cursor = list(items_in(reply, "Europe PMC")), next_cursor(reply)
        if len(items) >= ROWS and cursor and len(request.items) < 20 * ROWS:
            return next_page(request, self._list_path(request.keys, cursor), items)
        found: dict[str, Mapping[str, Any]] = {}
        for item in (*request.items, *items):
            found.setdefault(doi_of(item), item)
        return Result(
            tuple(
                self.day.found(EUROPEPMC, key, [work_of(found[key])], found[key])
                if key in found
                else self.day.none(EUROPEPMC, key)
                for key in request.keys
            )
        )

    def _query(self, wanted: Wanted, queries: Sequence[str]) -> Request:
        """Ask the first query, and the next where what it brings isn't the work."""
        entry = wanted.entry

        def read(_: Request, body: bytes | None) -> Result:
            items = list(items_in(json_in(body or b"", "Europe PMC"), "Europe PMC"))
            works = [work_of(item) for item in items]
            by_id = [each for each in works if entry.PMID and each.PMID == entry.PMID]
            found = by_id[0] if by_id else matched(entry, works)
            if found is None and queries[1:]:
                return Result(more=(self._query(wanted, queries[1:]),))
            return Result((self.day.searched(EUROPEPMC, wanted.key, found, works, items),))

        return Request(EUROPEPMC, SEARCH, self._search(queries[0], CANDIDATES), (wanted.key,), read)

    def _text(self, key: str, pmcid: str) -> Request:
        def read(_: Request, body: bytes | None) -> Result:
            if body is None:
                return Result((self.day.none(TEXTS, key),))
            try:
                article_in(body, pmcid)
            except InputError:
                # The source has no article there in a form that can be read; its reply is kept.
                return Result((self.day.none(TEXTS, key, body),))
            doi = key if key.startswith("10.") else None
            return Result((self.day.found(TEXTS, key, [FoundWork(source=EUROPEPMC, DOI=doi, PMCID=pmcid)], body),))

        return Request(TEXTS, FULL, f"{pmcid}/fullTextXML", (key,), read, accept=XML)

    def _search(self, query: str, rows: int, cursor: str = "*") -> str:
        asked = {"query": query, "resultType": "core", "format": "json", "pageSize": str(rows), "cursorMark": cursor}
        return f"search?{urlencode(asked | ({'email': self.mailto} if self.mailto else {}))}"


def _queries(wanted: Wanted) -> tuple[str, ...]:
    entry = wanted.entry
    by_pmid = (f"EXT_ID:{entry.PMID} AND SRC:MED",) if entry.PMID else ()
    return (*by_pmid, *filter(None, query_of(entry).europepmc))


def quoted(words: str) -> str:
    """A phrase of a search, in quotation marks; those in it are left out."""
    return '"' + " ".join(words.replace('"', " ").replace("\\", " ").split())[:300] + '"'


def text_wanted(works: Sequence[FoundWork]) -> str | None:
    """The PMCID of a work whose text may be kept, by the licence that a source tells; None if there is none."""
    pmcid = next((each.PMCID for each in works if each.PMCID), None)
    return pmcid if any(is_free(each.license) for each in works) else None
