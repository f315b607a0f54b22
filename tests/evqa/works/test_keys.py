"""The keys by which look-ups know works."""

import pytest

from evqa.model import Reference
from evqa.works.keys import doi_key, entry_key, work_key


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("https://doi.org/10.1000/ABC.", "10.1000/abc"),
        ("doi: 10.1000/abc(3)", "10.1000/abc(3)"),
        ("10.1000/abc).", "10.1000/abc"),
        ("10.1002/(SICI)1097-0142(19970815)80:4<760::AID-X>3.0.CO;2-#",
         "10.1002/(sici)1097-0142(19970815)80:4<760::aid-x>3.0.co;2-#"),
        ("10.1000/" + "x" * 400, ""),
        ("10.1000/a b", ""),
        ("nothing", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_doi_is_known_however_it_is_printed(printed: str, key: str) -> None:
    """Address, case and closing punctuation count nothing; what can't be a DOI is none."""
    assert doi_key(printed) == key


def test_an_entry_without_doi_is_known_by_its_print() -> None:
    """Its number and spaces count nothing, its words do; with a DOI that is the key."""
    one = Reference(number=1, raw="1. Berg J. Moss.")
    other = Reference(number=7, raw="7.  Berg J.  Moss.")
    assert work_key(one) == entry_key(other)
    assert work_key(one).startswith("entry:")
    assert work_key(one) != work_key(Reference(number=1, raw="1. Berg J. Slugs."))
    assert work_key(Reference(number=1, raw="x", DOI="10.1000/X")) == "10.1000/x"
