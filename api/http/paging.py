"""Pages of long lists: `limit` and `cursor` in the query, and the address of the next page in a Link header (RFC 8288).

Packages for it page database queries; these lists are sequences that have a version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from evqa.errors import UsageError

MOST = 1000
LINK: dict[str, Any] = {
    "Link": {
        "description": 'address of the next page, as `<…>; rel="next"`; absent on the last one',
        "schema": {"type": "string"},
    }
}


class PageQuery(BaseModel):
    """Which part of a list; without `limit` all of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int | None = Field(default=None, ge=1, le=MOST, description="items to give; without it, all")
    cursor: str | None = Field(
        default=None, min_length=1, max_length=200, description="as the Link header of the page before has it"
    )


@dataclass(frozen=True)
class Stretch:
    """The part of a list on one page, end exclusive, and the cursor of the next page; None on the last."""

    start: int
    stop: int
    following: str | None

    @property
    def part(self) -> slice:
        """The same as a slice."""
        return slice(self.start, self.stop)


def stretch(limit: int | None, cursor: str | None, total: int, version: str) -> Stretch:
    """The part of a list of `total` items that is asked for. `version` changes whenever the list does.

    Raises UsageError for a cursor that isn't one, and for one of another version: nothing may be left out, or come
    twice.
    """
    start = _start(cursor, total, version) if cursor else 0
    stop = total if limit is None else min(total, start + limit)
    return Stretch(start, stop, f"{stop}-{version}" if stop < total else None)


def _start(cursor: str, total: int, version: str) -> int:
    place, dash, of = cursor.partition("-")
    if not (dash and place.isascii() and place.isdigit() and len(place) < 10):
        raise UsageError(f"cursor {cursor[:40]!r}", "it is no cursor", "send the one in the Link header, or none")
    if of != version or int(place) >= total:
        raise UsageError(f"cursor {cursor[:40]!r}", "the list has changed since", "begin again without a cursor")
    return int(place)


def linked(response: Response, request: Request, following: str | None) -> Response:
    """The response, with the address of the next page where there is one."""
    if following is not None:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        query = urlencode([*kept, ("cursor", following)])
        response.headers["Link"] = f'<{request.url.path}?{query}>; rel="next"'
    return response


def with_link(responses: Mapping[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """The documented responses, of which 200 may have the address of the next page."""
    return {**responses, 200: {**responses[200], "headers": LINK}}
