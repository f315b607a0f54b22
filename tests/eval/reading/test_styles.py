"""Printed styles."""

import pytest

from eval.reading.styles import STYLES, initials, printed
from evqa.model import Date, Name, Reference

ENTRY = Reference(
    number=1,
    title="Salt melts",
    author=(Name(family="Doe", given="A.B."), Name(family="Lee", given="Carl"), Name(literal="Salt Group")),
    container_title="J Salt",
    issued=Date(date_parts=((2019,),)),
    volume="3",
    page="1-9",
    DOI="10.1000/x",
    raw="",
)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_prints_every_field(style: str) -> None:
    """Authors, title, journal, year, volume and pages stand in each; there is no double stop."""
    text = printed(ENTRY, STYLES[style])
    assert all(part in text for part in ("Doe", "Lee", "Salt Group", "Salt melts", "J Salt", "2019", "3", "1–9"))
    assert ".." not in text


def test_initials_are_printed_as_the_style_asks() -> None:
    """From initials or names alike."""
    assert [initials(Name(given=given), ".", " ") for given in ("AB", "A.B.", "Anna Bea")] == ["A. B."] * 3
