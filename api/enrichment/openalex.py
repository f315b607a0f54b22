"""What is asked of OpenAlex: works by DOI in lists, with a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from api.enrichment.requests import Day, Request, Result, Wanted, batches, next_page
from evqa.works.standing import OPENALEX
from ingest.works.openalex import doi_of, items_in, next_cursor, work_of
from ingest.works.untrusted import json_in

RATES = {OPENALEX: 5.0}
BATCH, ROWS = 50, 100


@dataclass(frozen=True)
class OpenAlex:
    """Requests to OpenAlex. `key`, `mailto`: who asks; neither is printed."""

    day: Day
    mailto: str = field(default="", repr=False)
    key: str = field(default="", repr=False)

    def of_dois(self, wanted: Sequence[Wanted]) -> list[Request]:
        """Requests for the records of works by DOI. One with a comma or a bar can't be asked for so."""
        return [self._list(each) for each in batches((one.key for one in wanted if not {*",|"} & {*one.key}), BATCH)]

    def _list(self, dois: tuple[str, ...]) -> Request:
        return Request(OPENALEX, OPENALEX, self._path(dois, "*"), dois, self._read, self._halved)

    def _halved(self, request: Request) -> Sequence[Request]:
        half = len(request.keys) // 2
        return [self._list(part) for part in (request.keys[:half], request.keys[half:])] if half else []

    def _path(self, dois: tuple[str, ...], cursor: str) -> str:
        asked = {"filter": f"doi:{'|'.join(dois)}", "per-page": str(ROWS), "cursor": cursor}
        who = {name: value for name, value in (("mailto", self.mailto), ("api_key", self.key)) if value}
        return f"works?{urlencode(asked | who)}"

    def _read(self, request: Request, body: bytes | None) -> Result:
        reply = json_in(body or b"", "OpenAlex")
        items, cursor = list(items_in(reply, "OpenAlex")), next_cursor(reply)
        if len(items) >= ROWS and cursor and len(request.items) < 20 * ROWS:
            return next_page(request, self._path(request.keys, cursor), items)
        found: dict[str, Mapping[str, Any]] = {}
        for item in (*request.items, *items):
            found.setdefault(doi_of(item), item)
        return Result(
            tuple(
                self.day.found(OPENALEX, key, [work_of(found[key])], found[key])
                if key in found
                else self.day.none(OPENALEX, key)
                for key in request.keys
            )
        )
