"""Read the link annotations of a page. Used in the child process only."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from ingest.pdf.known.destinations import Places
from ingest.pdf.known.records import MARK
from ingest.pdf.known.values import entry, items, number, words

PER_PAGE = 5_000
LINKS = 50_000
_QUADS = 400
_DOI = re.compile(r"^https?://(?:dx\.|www\.)?doi\.org/(?:doi:)?(10\.\d{4,9}/\S{1,300})$", re.IGNORECASE)

# x0, y0, x1, y1, what it leads to
Rectangle = tuple[float, float, float, float, str]


def links_of(page: Any, places: Places, most: int = PER_PAGE) -> Iterator[Rectangle]:
    """Yield the rectangles of a page's links to places of the file and to DOIs; a link may have several."""
    for annotation in items(entry(page, "/Annots"), most):
        if entry(annotation, "/Subtype") == "/Link" and (to := _target(annotation, places)):
            yield from ((*box, to) for box in _boxes(annotation))


def _target(annotation: Any, places: Places) -> str:
    action = entry(annotation, "/A")
    if entry(action, "/S") == "/URI":
        found = _DOI.match(unquote(words(entry(action, "/URI"))))
        return f"https://doi.org/{found[1]}" if found else ""
    place = entry(annotation, "/Dest")
    if place is None and entry(action, "/S") == "/GoTo":
        place = entry(action, "/D")
    index = None if place is None else places.index(place)
    return "" if index is None else f"{MARK}{index}"


def _boxes(annotation: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the rectangle of an annotation, or those of its lines if it tells them."""
    corners = [number(one) for one in items(entry(annotation, "/QuadPoints"), 8 * _QUADS)]
    groups = [corners[at : at + 8] for at in range(0, len(corners) - 7, 8)]
    groups = groups or [[number(one) for one in items(entry(annotation, "/Rect"), 4)]]
    for group in groups:
        known = [one for one in group if one is not None]
        if len(known) in (4, 8) and len(known) == len(group):
            yield min(known[::2]), min(known[1::2]), max(known[::2]), max(known[1::2])
