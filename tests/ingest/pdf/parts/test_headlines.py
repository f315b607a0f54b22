"""Headings parted from what is printed with them."""

import pytest

from ingest.markup.styled import Styled
from ingest.pdf.parts.headlines import apart, follows, number_of, run_in, without_numbers
from ingest.pdf.parts.look import Look
from tests.ingest.pdf.printed import down, set_paragraphs

LOOK = Look(10, 200)


def headings(*lines: str) -> list[str]:
    """The headings of a paragraph of bold lines."""
    (paragraph,) = set_paragraphs(*down(lines, bold=True))
    return [" ".join(line.text for line in part) for part in apart(paragraph, LOOK)]


def test_headings_below_each_other() -> None:
    """A short line followed by a capital is a heading by itself; a full one goes on in the next line."""
    assert headings("Methods", "Cells and wool") == ["Methods", "Cells and wool"]
    assert headings("The wool of sheep from the northern", "Coasts") == ["The wool of sheep from the northern Coasts"]
    assert headings("Methods for", "wool") == ["Methods for wool"]


@pytest.mark.parametrize(
    ("number", "last", "expected"),
    [
        ((2, 1), (2,), True),
        ((2, 2), (2, 1), True),
        ((3,), (2, 4), True),
        ((2, 3), (2, 1), False),
        ((9, 8), (2,), False),
        ((), (2,), False),
    ],
)
def test_numbers_follow(number: tuple[int, ...], last: tuple[int, ...], expected: bool) -> None:
    """The next number is deeper by one or one more on any level."""
    assert follows(number, last) is expected


def test_numbers() -> None:
    """A heading's number is what it begins with."""
    assert (number_of("2.1. Wool"), number_of("3 Wool"), number_of("Wool 3")) == ((2, 1), (3,), ())


def test_a_heading_that_text_runs_on_behind() -> None:
    """A numbered heading in front of its text is cut off where its number follows; all other words stay."""
    (paragraph,) = set_paragraphs(*down(["2.1. Wool of Ewes. Ewes were shorn in", "May and counted."]))
    cut = run_in(paragraph, (2,))
    assert cut is not None
    assert (cut[0].text, [line.text for line in cut[1]]) == (
        "2.1. Wool of Ewes",
        ["Ewes were shorn in", "May and counted."],
    )
    assert run_in(paragraph, (4,)) is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["1 Wool and", "2 weather"], ["Wool and", "weather"]),
        (["1 Wool and weather"], ["Wool and weather"]),
        (["5 ways of shearing"], ["5 ways of shearing"]),
        (["1 Wool and", "weather"], ["1 Wool and", "weather"]),
    ],
)
def test_numbers_of_lines_are_no_words(lines: list[str], expected: list[str]) -> None:
    """The numbers that a manuscript prints in front of its lines are dropped; others stay."""
    assert [line.text for line in without_numbers([Styled(line) for line in lines])] == expected
