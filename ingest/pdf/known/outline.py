"""Read the outline of a PDF, its bookmarks. Used in the child process only."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.pdf.known.destinations import Places
from ingest.pdf.known.values import entry, words

ITEMS = 2_000
DEPTH = 12

# title, level, page (0 for none), y
Item = tuple[str, int, int, float | None]


def outline_of(root: Any, places: Places) -> Iterator[Item]:
    """Yield the items in printed order; an item that comes again ends its level."""
    waiting: list[tuple[Any, int]] = [(entry(entry(root, "/Outlines"), "/First"), 1)]
    seen: set[int] = set()
    while waiting and len(seen) < ITEMS:
        item, level = waiting.pop()
        if not isinstance(item, Mapping) or id(item) in seen or level > DEPTH:
            continue
        seen.add(id(item))
        waiting += [(entry(item, "/Next"), level), (entry(item, "/First"), level + 1)]
        target = entry(item, "/Dest")
        action = entry(item, "/A")
        place = places.place(entry(action, "/D") if target is None and entry(action, "/S") == "/GoTo" else target)
        page, _, y = place or (0, None, None)
        if title := words(entry(item, "/Title")):
            yield title, level, page, y
