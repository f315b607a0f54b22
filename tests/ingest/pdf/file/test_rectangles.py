"""Links found by the places of characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pdf.file.pdfium import Box
from ingest.pdf.file.rectangles import LinkedAreas

PAGE = Box(0, 800, 600, 0)


def test_the_middle_of_a_character_decides() -> None:
    """A character links where its middle lies in a rectangle, on its line only."""
    areas = LinkedAreas([(100, 690, 110, 702, "#1")], PAGE)
    assert areas.link((104, 109, 692), 10, 0) == "#1"
    assert areas.link((108, 114, 692), 10, 0) == ""
    assert areas.link((104, 109, 678), 10, 0) == ""
    assert areas.touch((50, 101, 692), 10, 0)
    assert not areas.touch((50, 99, 692), 10, 0)


@pytest.mark.parametrize(("turns", "place"), [(1, (98, 108, 102)), (2, (490, 500, 100)), (3, (692, 702, 495))])
def test_turned_text(turns: int, place: tuple[float, float, float]) -> None:
    """Text that is turned finds the same rectangle."""
    assert LinkedAreas([(100, 690, 110, 702, "#1")], PAGE).link(place, 10, turns) == "#1"


@given(st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4), st.floats(-1e4, 1e4), st.integers(0, 3))
def test_any_rectangle(corners: tuple[float, float, float, float], y: float, turns: int) -> None:
    """Rectangles of any size cost no more than a page of bands, and a character gets a link or none."""
    areas = LinkedAreas([(*corners, "#1")], PAGE)
    assert areas.link((10, 20, y), 10, turns) in ("", "#1")
