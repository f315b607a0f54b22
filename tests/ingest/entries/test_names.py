"""Names of authors."""

import pytest

from ingest.entries.names import byline, leading_authors, with_particles_first
from tests.ingest.marked import marked


@pytest.mark.parametrize(
    ("entry", "families"),
    [
        ("Becker A, Thakur BK, Lyden D. Vesicles", ["Becker", "Thakur", "Lyden"]),
        ("De Sousa KP, D'Souza-Schorey C, et al. Title", ["De Sousa", "D'Souza-Schorey"]),
        ("Tesic Mark M, O’Neil J-P. Title", ["Tesic Mark", "O’Neil"]),
        ("Smith, J.; van der Berg, A.B. Title", ["Smith", "van der Berg"]),
        ("Smith, J., Doe, A. B., & Lee, C. (2019). Title", ["Smith", "Doe", "Lee"]),
        ('J. K. Author and A. Bee, "Title"', ["Author", "Bee"]),
        ("Müller K, Šimić G: Title", ["Müller", "Šimić"]),
        ("Smith, John, and Anna Doe. “Title.”", ["Smith", "Doe"]),
    ],
)
def test_every_printed_form_is_read(entry: str, families: list[str]) -> None:
    """Vancouver, MDPI, APA, IEEE, BMC and Chicago forms give the families, particles kept."""
    assert [name.family for name in leading_authors(entry).names] == families


def test_a_consortium_among_authors_is_literal() -> None:
    """A group closes the list under its whole name."""
    names = leading_authors("Smith J, Global Salt Study Group. Title").names
    assert [(n.family, n.literal) for n in names] == [("Smith", None), (None, "Global Salt Study Group")]


def test_a_title_page_names_its_authors() -> None:
    """Affiliation marks, daggers and degrees go; the last word is the family, with its particles."""
    names = byline(marked("Jane Q. Smith<sup>1,2†</sup>, Pieter van der Berg<sup>3\\*</sup>, MD  \nand Li Wei"))
    assert [(n.given, n.family) for n in names] == [("Jane Q.", "Smith"), ("Pieter", "van der Berg"), ("Li", "Wei")]


def test_other_lines_are_no_authors() -> None:
    """An affiliation or a sentence gives nobody."""
    assert byline(marked("Department of Salt, University of X, 12 Main Street")) == ()
    assert byline(marked("Salt is a common thing in food and elsewhere.")) == ()


@pytest.mark.parametrize(
    ("entry", "families"),
    [
        ("Doe A, von dem Berg PA, do Mar CV, de los Rios BG. Title", ["Doe", "von dem Berg", "do Mar", "de los Rios"]),
        ("Doe A, Sari, Lee B. Title", ["Doe", "Sari", "Lee"]),
        ("Sari, Doe A. B., Lee C. D. (2009). Title", ["Sari", "Doe", "Lee"]),
        ("Doe A, Lee K.-H. Title", ["Doe", "Lee"]),
        ("Doe A Lee-The V Poe C. Title", ["Doe", "Lee-The", "Poe"]),
        ("E. Anna Doe, R. Lee and B. Poe et al., “Title", ["Anna Doe", "Lee", "Poe"]),
        ("Doe A, le DT, Kant DAMPJ. Title", ["Doe", "le", "Kant"]),
    ],
)
def test_rarer_names_are_read(entry: str, families: list[str]) -> None:
    """Particles, single names, hyphened initials, lists without commas, long initials."""
    assert [name.family for name in leading_authors(entry).names] == families


def test_a_group_with_a_number_is_no_title() -> None:
    """ "on behalf of the …-240 investigators" closes the list."""
    names = leading_authors("Doe A, Lee B, on behalf of the SALT-240 investigators. Title").names
    assert names[-1].literal == "on behalf of the SALT-240 investigators"


@pytest.mark.parametrize(
    ("entry", "families"),
    [
        ("Doe A,Lee BC.Title", ["Doe", "Lee"]),
        ("DoeM,LeeC,Poe E, Rossi F. Title", ["Doe", "Lee", "Poe", "Rossi"]),
        ("Doe, J. F. III, Lee, A. D. (2007). Title", ["Doe", "Lee"]),
        ("Doe, A., Van daele, J., & Moin (2015). Title", ["Doe", "Van daele", "Moin"]),
        ("A. Doe, B. Lee and C. Poe, J. Biol. Chem., 1997", ["Doe", "Lee", "Poe"]),
        ("A. B. Doe et al., “Title", ["Doe"]),
        ("C. T. Doe Jr., R. W. Lee, and P. Poe, “Title", ["Doe", "Lee", "Poe"]),
        ("Doe, A., Lee, B., … Poe, C. (2013). Title", ["Doe", "Lee", "Poe"]),
        ("Wei Zhang, Li Wang, Hua Lee, et al. Title", ["Zhang", "Wang", "Lee"]),
        ("Leff JW, Del Tredici P. Title", ["Leff", "Del Tredici"]),
        ("Ada L. Doe, Hans-Joachim F. Lee, and Mark A. van de Poe. Title of it", ["Doe", "Lee", "van de Poe"]),
        ("Alan Doe and Franka Lee. Title", ["Doe", "Lee"]),
        ("L. Doe. Statistical salt: The two cultures. Salt, 16:199–231, 2001", ["Doe"]),
    ],
)
def test_names_of_all_makes_are_read(entry: str, families: list[str]) -> None:
    """Missing spaces, suffixes, names in lower case, a last name behind "and" or "…", names in full."""
    assert [name.family for name in leading_authors(entry).names] == families


def test_a_title_that_begins_like_a_group_is_no_author() -> None:
    """ "Association Between …" behind the last author is a title."""
    assert len(leading_authors("A. Doe, B. Lee, Association Between Salt and Heat, J. Salt 3 (2018)").names) == 2


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("Dorn HJ de, Ault PA van der , et al. A title", "de Dorn HJ, van der Ault PA, et al. A title"),
        ("Dorn HJ, Ault PA. The law of de facto rule, 2", "Dorn HJ, Ault PA. The law of de facto rule, 2"),
    ],
)
def test_particles_behind_the_initials_come_first(entry: str, expected: str) -> None:
    """What some journals print behind the initials is part of the family name; titles stay as they are."""
    assert with_particles_first(entry) == expected


def test_capitals_in_a_row_end_soon() -> None:
    """Thousands of capitals are no names; they are read once or twice, not cut in every way."""
    assert leading_authors("A" * 20_000).names == ()
    assert [name.family for name in leading_authors("Ada L. Doe, J.Paul Lee, and Uta Poe. Otters. 2019").names] == [
        "Doe",
        "Lee",
        "Poe",
    ]
