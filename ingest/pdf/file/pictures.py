"""Count the pictures that stand within lines of text, as formulas do that are no text. Child process only."""

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.pdf.file.pdfium import IMAGE, Box, Pdfium

OBJECTS = 5_000
_HIGHEST = 3.0
_NEAR = 1.0

# left, bottom, right, top
Area = tuple[float, float, float, float]


def pictures_in_lines(library: Pdfium, page: int, box: Box, runs: Sequence[Sequence[Any]]) -> int:
    """Return how many pictures have text of one line on both sides. `runs`: of upright text, as the page has them."""
    areas = list(_pictures(library, page, box))
    return sum(_is_in_line(area, runs) for area in areas)


def _pictures(library: Pdfium, page: int, box: Box) -> Iterator[Area]:
    for number in range(min(library.FPDFPage_CountObjects(page), OBJECTS)):
        thing = library.FPDFPage_GetObject(page, number)
        if library.FPDFPageObj_GetType(thing) == IMAGE:
            left, bottom, right, top = library.bounds(thing)
            yield left - box.left, bottom - box.bottom, right - box.left, top - box.bottom


def _is_in_line(area: Area, runs: Sequence[Sequence[Any]]) -> bool:
    left, bottom, right, top = area
    before, after = set[float](), set[float]()
    for _, x0, x1, baseline, size, *_ in runs:
        if bottom - size < baseline < top and top - bottom < _HIGHEST * size:
            if 0 <= left - x1 + 0.3 * size < _NEAR * size:
                before.add(baseline)
            elif 0 <= x0 - right + 0.3 * size < _NEAR * size:
                after.add(baseline)
    return bool(before & after)
