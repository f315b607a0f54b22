"""Headings: numbers, levels, roles."""

import pytest

from ingest.structure.headings import Levels, Title, is_abstract, is_back, is_bibliography, is_statement, split_heading


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2 EVs in biology", Title("2", "EVs in biology")),
        ("3.1. Methods", Title("3.1", "Methods")),
        ("IV. RESULTS", Title("IV", "RESULTS")),
        ("Discussion", Title(None, "Discussion")),
        ("2020 vision", Title(None, "2020 vision")),
        ("3D printing", Title(None, "3D printing")),
    ],
)
def test_the_number_is_parted_from_the_words(text: str, title: Title) -> None:
    """A printed section number is no part of the title; a year or "3D" is no number."""
    assert split_heading(text) == title


def test_siblings_have_one_level_whatever_their_marks() -> None:
    """The printed number tells the level, not the uneven number of '#'."""
    levels = Levels(2)
    marks = [("1 A", 2), ("3 B", 3), ("3.1 C", 3), ("Sub", 4), ("Funding", 2), ("5 D", 2)]
    assert [levels.level(text, hashes) for text, hashes in marks] == [1, 1, 2, 3, 1, 1]


def test_unnumbered_headings_nest_by_marks() -> None:
    """Without numbers the '#' count against the body's highest heading."""
    levels = Levels(2)
    assert [levels.level(text, hashes) for text, hashes in [("A", 2), ("B", 3), ("C", 2)]] == [1, 2, 1]


def test_usual_parts_are_known() -> None:
    """Abstract, bibliography and back matter are known by their usual names, numbered or not."""
    assert is_abstract("ABSTRACT")
    assert is_bibliography("7. References")
    assert is_bibliography("Literature Cited")
    assert is_back("Data availability statement")
    assert not is_bibliography("References to other work in biology")


@pytest.mark.parametrize(
    "text",
    [
        "Conflict of Interest Statement",
        "Conflicts of interest statement",
        "Declaration of conflicting interests",
        "Data sharing",
        "Role of the funding source",
        "Ethical considerations",
        "2.1 Trial registration number",
        "Clinical trial registration",
        "Authors’ contributions",
        "Human and animal rights and informed consent",
    ],
)
def test_statements_are_known_by_all_words_of_their_heading(text: str) -> None:
    """Headings of statements on funding, interests, ethics, data, registration and work done are known."""
    assert is_statement(text)


@pytest.mark.parametrize(
    "text",
    [
        "Types of Ethical Problems in Psychiatry",
        "Concordance and Contribution of the Three Methods",
        "Image registration",
        "Financial barriers to care",
        "Availability of iron in soils",
        "Declarations",
    ],
)
def test_sections_of_the_text_are_no_statements(text: str) -> None:
    """A section of the main text isn't taken for a statement because one of its words stands in such headings."""
    assert not is_statement(text)
