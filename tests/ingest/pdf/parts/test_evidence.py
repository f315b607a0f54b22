"""Fields of a file, checked against its first pages."""

import pytest

from ingest.pdf.known.records import Metadata
from ingest.pdf.parts.evidence import evidence, title_told
from tests.ingest.pdf.printed import down, page, set_paragraphs

FRONT = page(*down(["Review", "Wool of the north", "Ann Doe and Bo Roe", "https://doi.org/10.1000/wool.7"]))


def test_what_is_printed_counts() -> None:
    """Authors and DOI count if the first pages print them."""
    found = evidence(Metadata("", ("Ann Doe", "Bo Roe"), ("10.1000/wool.7",)), [FRONT])
    assert ([name.family for name in found.author], found.doi) == (["Doe", "Roe"], "10.1000/wool.7")


def test_what_is_not_printed_does_not() -> None:
    """A typist's name or another article's DOI counts for nothing."""
    found = evidence(Metadata("", ("Max Typist",), ("10.1000/other",)), [FRONT])
    assert (found.author, found.doi) == ((), None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Wool of the North", range(1, 2)),
        ("untitled-3.dvi", None),
        ("Wool", None),
        ("Wool of the north and south", None),
    ],
)
def test_title(title: str, expected: range | None) -> None:
    """The title of the fields is the title if the first pages print it whole."""
    parts = set_paragraphs(
        *down(["Review"], y=750), *down(["Wool of the north"], y=700, size=12), *down(["Ann Doe"], y=650)
    )
    assert title_told(title, parts) == expected
