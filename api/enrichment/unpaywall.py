"""What is asked of Unpaywall: one DOI a request, with the e-mail address of who asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from api.enrichment.requests import Day, Request, Result, Wanted
from ingest.works.unpaywall import SOURCE, work_of
from ingest.works.untrusted import json_in

# They ask for at most 100,000 a day; one connection, one request after another, stays far below.
RATES = {SOURCE: 20.0}


@dataclass(frozen=True)
class Unpaywall:
    """Requests to Unpaywall. `mailto`: who asks."""

    day: Day
    mailto: str = field(default="", repr=False)

    def of_dois(self, wanted: Sequence[Wanted]) -> list[Request]:
        """Requests for the licences of works by DOI."""
        query = urlencode({"email": self.mailto})
        return [
            Request(SOURCE, SOURCE, f"{quote(each.key, safe='')}?{query}", (each.key,), self._read) for each in wanted
        ]

    def _read(self, request: Request, body: bytes | None) -> Result:
        (key,) = request.keys
        if body is None:
            return Result((self.day.none(SOURCE, key),))
        reply = json_in(body, "Unpaywall")
        return Result((self.day.found(SOURCE, key, [work_of(reply, "Unpaywall")], reply),))
