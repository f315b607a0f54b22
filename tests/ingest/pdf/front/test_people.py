"""Names on title pages."""

import pytest

from ingest.markup.styled import Span, Styled
from ingest.pdf.front.people import people


def told(*lines: str) -> list[str]:
    """Given and family names, with a stroke between them. "^1^" is a superscript."""
    return [f"{name.given or ''}|{name.family}" for name in people([marked(line) for line in lines]).names]


def marked(line: str) -> Styled:
    """A line of which what stands between "^" is raised."""
    text, spans = "", []
    for i, part in enumerate(line.split("^")):
        spans += [Span(len(text), len(text) + len(part), "raised")] * (i % 2)
        text += part
    return Styled(text, tuple(spans))


@pytest.mark.parametrize(
    "line",
    [
        "Ann Doe^1,2,*^, Bo van der Roe^3^ and Li Wu^†^",
        "Ann Doe^a^ Bo van der Roe^b^ Li Wu^c^",
        "Ann Doe1,2, Bo van der Roe3 & Li Wu",
        "Ann Doe, MD, PhD; Bo van der Roe, MPH; Li Wu, MSc",
        "Ann Doe, MD^a,b^, Bo van der Roe, PhD^c,∗^, Li Wu, MBBS^d^",
        "Ann Doe · Bo van der Roe · Li Wu",
        "Ann Doe | Bo van der Roe | Li Wu",
        "Ann Doe, Member, IEEE, Bo van der Roe, and Li Wu, Senior Member, IEEE",
        "Ann Doe (0000-0001-2345-6789), Bo van der Roe (b@roe.org) and Li Wu",
    ],
)
def test_marks_degrees_and_separators(line: str) -> None:
    """Names are read however they are separated and marked."""
    assert told(line) == ["Ann|Doe", "Bo|van der Roe", "Li|Wu"]


def test_names_in_capitals_are_whole() -> None:
    """In capitals a short family name is no row of initials; where all end in initials it is one."""
    assert told("ANN DOE, BO LEE, QI HAOZHE") == ["ANN|DOE", "BO|LEE", "QI|HAOZHE"]
    assert told("DOE A, ROE BC") == ["A|DOE", "BC|ROE"]


def test_the_family_name_first_in_capitals() -> None:
    """Where only the first words are in capitals they are the family names."""
    assert told("DOE Ann, ROE Bo") == ["Ann|DOE", "Bo|ROE"]


def test_names_on_lines_of_their_own() -> None:
    """The end of a line parts names where each line is one, and doesn't where a name goes on."""
    assert told("Ann Doe", "Bo Roe") == ["Ann|Doe", "Bo|Roe"]
    assert told("Ann Doe, Bo", "Roe, Li Wu") == ["Ann|Doe", "Bo|Roe", "Li|Wu"]


def test_one_word_with_a_mark_is_a_name() -> None:
    """People with one name are named like the others, by a mark; without one it may be any word."""
    assert told("Wahyu^1^, Ann Doe^2^") == ["|Wahyu", "Ann|Doe"]
    assert told("Norway, Ann Doe") == ["Ann|Doe"]


def test_addresses_and_dates_are_no_names() -> None:
    """Institutions aren't people, and a date behind a name is no part of it."""
    assert people([Styled("Harbour University, Northern Hospital")]).names == ()
    assert told("Ann Doe", "February 2023") == ["Ann|Doe"]


def test_a_list_may_say_that_it_is_cut() -> None:
    """Dots at the end say that there are more."""
    assert people([Styled("Ann Doe, Bo Roe, ...")]).is_cut
    assert not people([Styled("Ann Doe, Bo Roe")]).is_cut
