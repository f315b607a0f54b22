"""What is asked of Crossref: works by DOI in lists, the notices that name them, and works by their printed entry."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from api.enrichment.matching import matched
from api.enrichment.requests import Day, Request, Result, Wanted, batches, next_page
from evqa.works.queries import query_of
from evqa.works.records import FoundWork
from evqa.works.standing import CROSSREF, UPDATES
from ingest.works.crossref import doi_of, items_in, next_cursor, updates_of, work_of
from ingest.works.untrusted import json_in

# Single works and lists are counted apart; requests a second until a reply names the limits.
SINGLE, LISTS = "crossref", "crossref-lists"
RATES = {SINGLE: 5.0, LISTS: 1.0}
# DOIs of one filter, items of one page, candidates for a printed entry.
BATCH, ROWS, CANDIDATES = 50, 1000, 5
# A comma ends a value of the filter; other rare signs are asked singly, too, since a list can't say what it misread.
_PLAIN = re.compile(r"[a-z0-9./_()-]+")


@dataclass(frozen=True)
class Crossref:
    """Requests to Crossref. `mailto`: who asks."""

    day: Day
    mailto: str = ""

    def of_dois(self, wanted: Sequence[Wanted]) -> list[Request]:
        """Requests for the records of works by DOI."""
        plain = [each.key for each in wanted if _PLAIN.fullmatch(each.key)]
        single = [each.key for each in wanted if not _PLAIN.fullmatch(each.key)]
        return [*(self._list(each) for each in batches(plain, BATCH)), *map(self._single, single)]

    def of_notices(self, wanted: Sequence[Wanted]) -> list[Request]:
        """Requests for the notices that name works by DOI. A DOI with a comma can't be asked for so."""
        return [self._notices(each) for each in batches((one.key for one in wanted if "," not in one.key), BATCH)]

    def of_entries(self, wanted: Sequence[Wanted]) -> list[Request]:
        """Requests for works by what is printed of them."""
        return [self._query(each, printed) for each in wanted if (printed := query_of(each.entry).crossref)]

    def _list(self, dois: tuple[str, ...]) -> Request:
        path = self._path("works", filter=",".join(f"doi:{doi}" for doi in dois), rows=str(len(dois)))
        return Request(CROSSREF, LISTS, path, dois, self._read_list, self._halved)

    def _halved(self, request: Request) -> Sequence[Request]:
        half = len(request.keys) // 2
        parts = (request.keys[:half], request.keys[half:])
        return [self._list(part) for part in parts] if half else list(map(self._single, request.keys))

    def _read_list(self, request: Request, body: bytes | None) -> Result:
        found = {doi_of(item): item for item in self._items(body)}
        answers = [self._found(CROSSREF, key, found[key]) for key in request.keys if key in found]
        # What a list lacks is asked for singly: only that says that there is no such work.
        return Result(tuple(answers), tuple(self._single(key) for key in request.keys if key not in found))

    def _single(self, doi: str) -> Request:
        return Request(CROSSREF, SINGLE, self._path(f"works/{quote(doi, safe='')}"), (doi,), self._read_single)

    def _read_single(self, request: Request, body: bytes | None) -> Result:
        (key,) = request.keys
        if body is None:
            return Result((self.day.none(CROSSREF, key),))
        item = next(iter(self._items(body)), None)
        return Result((self._found(CROSSREF, key, item) if item else self.day.none(CROSSREF, key),))

    def _found(self, source: str, key: str, item: Mapping[str, Any]) -> Any:
        return self.day.found(source, key, [work_of(item)], item)

    def _notices(self, dois: tuple[str, ...], cursor: str = "*") -> Request:
        path = self._notices_path(dois, cursor)
        return Request(UPDATES, LISTS, path, dois, self._read_notices, self._halved_notices)

    def _notices_path(self, dois: tuple[str, ...], cursor: str) -> str:
        return self._path("works", filter=",".join(f"updates:{doi}" for doi in dois), rows=str(ROWS), cursor=cursor)

    def _halved_notices(self, request: Request) -> Sequence[Request]:
        half = len(request.keys) // 2
        return [self._notices(part) for part in (request.keys[:half], request.keys[half:])] if half else []

    def _read_notices(self, request: Request, body: bytes | None) -> Result:
        reply = json_in(body or b"", "Crossref")
        items = list(items_in(reply, "Crossref"))
        cursor = next_cursor(reply)
        if len(items) >= ROWS and cursor and len(request.items) < 20 * ROWS:
            return next_page(request, self._notices_path(request.keys, cursor), items)
        every = (*request.items, *items)
        return Result(tuple(self._heard(key, every) for key in request.keys))

    def _heard(self, key: str, items: Sequence[Mapping[str, Any]]) -> Any:
        told = [(item, update) for item in items if (update := updates_of(item).get(key))]
        works = [FoundWork(source=CROSSREF, DOI=key, notices=tuple(update for _, update in told))] if told else []
        return self.day.heard(UPDATES, key, works, [item for item, _ in told])

    def _query(self, wanted: Wanted, printed: str) -> Request:
        path = self._path("works", **{"query.bibliographic": printed, "rows": str(CANDIDATES)})

        def read(_: Request, body: bytes | None) -> Result:
            items = list(self._items(body))
            works = [work_of(item) for item in items]
            return Result((self.day.searched(CROSSREF, wanted.key, matched(wanted.entry, works), works, items),))

        return Request(CROSSREF, LISTS, path, (wanted.key,), read)

    def _items(self, body: bytes | None) -> list[Mapping[str, Any]]:
        return list(items_in(json_in(body or b"", "Crossref"), "Crossref"))

    def _path(self, path: str, **query: str) -> str:
        asked = query | ({"mailto": self.mailto} if self.mailto else {})
        return f"{path}?{urlencode(asked)}" if asked else path
