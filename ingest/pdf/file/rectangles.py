"""Find the link that covers characters. Used in the child process only."""

from collections import defaultdict
from collections.abc import Sequence

from ingest.pdf.file.pdfium import Box

# x0, y0, x1, y1 on the page as the file has it, and what the link leads to
Rectangle = tuple[float, float, float, float, str]
# The middle of a character lies so much of its size above the baseline.
_MIDDLE = 0.25
_BAND = 20.0
# Of a link as high as a page, each band holds it; a file may have thousands of them.
_BANDS = 200


class LinkedAreas:
    """The links of a page, to be found by places in upright text (see `PageGlyphs`)."""

    def __init__(self, links: Sequence[Rectangle], page: Box) -> None:
        self._links, self._page = links, page
        self._turned: dict[int, dict[int, list[Rectangle]]] = {}

    def __bool__(self) -> bool:
        return bool(self._links)

    def touch(self, place: tuple[float, float, float], size: float, turns: int) -> bool:
        """Tell whether a link covers a part of characters at x0, x1, baseline."""
        return any(area[0] < place[1] and area[2] > place[0] for area in self._level(place, size, turns))

    def link(self, place: tuple[float, float, float], size: float, turns: int) -> str:
        """Return what the character at x0, x1, baseline links to, "" for nothing."""
        middle = (place[0] + place[1]) / 2
        return next((area[4] for area in self._level(place, size, turns) if area[0] <= middle <= area[2]), "")

    def _level(self, place: tuple[float, float, float], size: float, turns: int) -> list[Rectangle]:
        y = place[2] + _MIDDLE * size
        bands = self._bands(turns)
        return [area for area in bands.get(int(y // _BAND), ()) if area[1] <= y <= area[3]] if y < 1e6 else []

    def _bands(self, turns: int) -> dict[int, list[Rectangle]]:
        if turns not in self._turned:
            bands: dict[int, list[Rectangle]] = defaultdict(list)
            for link in self._links:
                area = upright(link, self._page, turns)
                low = max(int(max(area[1], 0) // _BAND), 0)
                for band in range(low, min(int(min(area[3], 1e6) // _BAND), low + _BANDS) + 1):
                    bands[band].append(area)
            self._turned[turns] = bands
        return self._turned[turns]


def upright(area: Rectangle, page: Box, turns: int) -> Rectangle:
    """Return a rectangle as upright text of a page has it, turned by quarters: see `PageGlyphs`."""
    x0, y0, x1, y1, to = area
    if turns == 0:
        return x0 - page.left, y0 - page.bottom, x1 - page.left, y1 - page.bottom, to
    if turns == 1:
        return page.top - y1, x0 - page.left, page.top - y0, x1 - page.left, to
    if turns == 2:
        return page.right - x1, page.top - y1, page.right - x0, page.top - y0, to
    return y0 - page.bottom, page.right - x1, y1 - page.bottom, page.right - x0, to
