"""Find the places of a PDF that links and outline lead to. Used in the child process only."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.pdf.known.values import entry, items, key_of, number, solid

DESTINATIONS = 20_000
NODES = 20_000
_KIDS = 5_000
# Where x and y stand behind the page and the kind, ISO 32000-2, table 149.
_PLACES = {"/XYZ": (0, 1), "/FitH": (None, 0), "/FitBH": (None, 0), "/FitR": (0, 3)}

# page from 1, x, y
Place = tuple[int, float | None, float | None]


class Places:
    """The places of a file. `numbers`: of pages, by the number of their object."""

    def __init__(self, root: Any, numbers: Mapping[int, int], tops: Mapping[int, float]) -> None:
        self._numbers, self._tops = numbers, tops
        self._named = dict(_named(root))
        self._indexes: dict[tuple[str, Place], int] = {}
        self.found: list[tuple[str, int, float | None, float | None]] = []
        for name, value in self._named.items():
            self._kept(name, value)

    def index(self, target: Any) -> int | None:
        """Return the index in `found` of the destination that a link names or describes; None if there is none."""
        target = solid(target)
        name = key_of(target)
        return self._kept("", target) if name is None else self._kept(name, self._named.get(name))

    def place(self, target: Any) -> Place | None:
        """Return page and place of an explicit or named destination."""
        target = solid(target)
        name = key_of(target)
        return self._place(target if name is None else self._named.get(name))

    def _kept(self, name: str, value: Any) -> int | None:
        place = self._place(value)
        if place is None or len(self.found) >= DESTINATIONS:
            return None
        if (name, place) not in self._indexes:
            self._indexes[name, place] = len(self.found)
            self.found.append((name, *place))
        return self._indexes[name, place]

    def _place(self, value: Any) -> Place | None:
        value = solid(value)
        if isinstance(value, Mapping):
            value = entry(value, "/D")
        if not isinstance(value, list) or len(value) < 2:
            return None
        page = self._page(value[0])
        if page is None:
            return None
        across, up = _PLACES.get(str(solid(value[1])), (None, None))
        rest = [number(one) for one in value[2:6]]
        x, y = (rest[at] if at is not None and at < len(rest) else None for at in (across, up))
        if str(solid(value[1])) == "/FitR" and len(rest) == 4 and rest[1] is not None and rest[3] is not None:
            y = max(rest[1], rest[3])
        # A place at the page's upper edge, or beyond, tells the page and no more.
        return (page, x, y) if y is not None and 0 < y < self._tops.get(page, 0) - 1 else (page, None, None)

    def _page(self, value: Any) -> int | None:
        if hasattr(value, "idnum"):
            return self._numbers.get(value.idnum)
        at = number(value)
        return int(at) + 1 if at is not None and 0 <= at < len(self._tops) else None


def _named(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield the named destinations: the dictionary of PDF 1.1 and the tree of PDF 1.2, each node once."""
    old = entry(root, "/Dests")
    if isinstance(old, Mapping):
        yield from ((str(name).removeprefix("/"), value) for name, value in list(old.items())[:DESTINATIONS])
    waiting, seen, left = [entry(entry(root, "/Names"), "/Dests")], set[int](), DESTINATIONS
    while waiting and len(seen) < NODES and left > 0:
        node = waiting.pop()
        if not isinstance(node, Mapping) or id(node) in seen:
            continue
        seen.add(id(node))
        pairs = list(items(node.get("/Names"), 2 * left))
        left -= len(pairs) // 2
        yield from ((name, value) for key, value in zip(pairs[::2], pairs[1::2], strict=False) if (name := key_of(key)))
        waiting += list(items(node.get("/Kids"), _KIDS))
