"""What is asked of a source in one request, and what comes of its reply."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, TypeVar

from evqa.model import Reference
from evqa.works.records import FoundWork, LookUp, Outcome
from index.store.lookups import Answered

JSON, XML = "application/json", "application/xml"
Item = TypeVar("Item")


@dataclass(frozen=True)
class Wanted:
    """A work to look up: the key by which look-ups know it, and an entry that names it."""

    key: str
    entry: Reference

    @property
    def has_doi(self) -> bool:
        """Whether the key is a DOI."""
        return self.key.startswith("10.")


@dataclass(frozen=True)
class Request:
    """A request about some works. `read` makes answers of the body of its reply, which is None if the source has
    nothing there (404), and says what else has to be asked. `halved`: the same in two, for a source that can't read it.
    `items`: what earlier pages of a list held."""

    source: str
    pool: str
    path: str
    keys: tuple[str, ...]
    read: "Callable[[Request, bytes | None], Result]" = field(repr=False)
    halved: "Callable[[Request], Sequence[Request]]" = field(default=lambda _: (), repr=False)
    accept: str = JSON
    items: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Result:
    """What a reply brought: answers, and requests that it leads to."""

    answers: tuple[Answered, ...] = ()
    more: tuple[Request, ...] = ()


@dataclass(frozen=True)
class Day:
    """The day on which a run asks, in ISO 8601, and what makes answers of that day."""

    day: str

    def found(self, source: str, key: str, works: Iterable[FoundWork], reply: object) -> Answered:
        """An answer; it is "none" without a work."""
        kept = tuple(works)
        body = reply if isinstance(reply, bytes) else raw(reply)
        return self._answered(source, key, "found" if kept else "none", kept, body)

    def searched(
        self, source: str, key: str, work: FoundWork | None, works: Iterable[FoundWork], reply: object
    ) -> Answered:
        """The answer of a search by a printed entry: the work that it is, or those that came, none of which it is."""
        if work:
            return self._answered(source, key, "found", (work,), raw(reply))
        return self._answered(source, key, "none", tuple(works), raw(reply))

    def heard(self, source: str, key: str, works: Iterable[FoundWork], reply: object) -> Answered:
        """An answer of a list of notices: it is "found" also where the list has none for the work."""
        return self._answered(source, key, "found", tuple(works), raw(reply))

    def none(self, source: str, key: str, reply: bytes = b"") -> Answered:
        """The answer that the source doesn't know the work."""
        return self._answered(source, key, "none", (), reply)

    def failed(self, source: str, key: str) -> Answered:
        """The note that the source couldn't answer."""
        return self._answered(source, key, "failed", (), b"")

    def _answered(
        self, source: str, key: str, outcome: Outcome, works: tuple[FoundWork, ...], reply: bytes
    ) -> Answered:
        return Answered(LookUp(source=source, key=key, date=self.day, outcome=outcome, works=works), reply)


def raw(reply: object) -> bytes:
    """The part of a reply that is about a work, as JSON."""
    return json.dumps(reply, ensure_ascii=True, separators=(",", ":")).encode()


def batches(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """The items in batches of that size; the last may be smaller."""
    left = iter(items)
    while part := tuple(islice(left, size)):
        yield part


def next_page(request: Request, path: str, items: Sequence[Mapping[str, Any]]) -> Result:
    """The same request for the next page, with the items of this one."""
    return Result(more=(replace(request, path=path, items=(*request.items, *items)),))
