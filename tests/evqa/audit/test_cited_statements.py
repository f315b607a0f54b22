"""Statements that cite, with what stands around them."""

import pytest

from evqa.audit.cited_statements import CitedStatement
from evqa.audit.support import Cited
from tests.evqa.citing import cited, entry, table, title

BODY = "\n\n".join(
    [
        "## 2 Cold",
        "Otters sleep on basalt [2, 1]. Nobody counts them. Falcons [3] hunt over dunes [3].",
        "A new paragraph is about kelp [4].",
        table("Table 1", [("kelp grows", "[4]"), ("nothing known", ""), ("moss dries", "[1–3]")]),
        "Figure 1. A dune by night [3].",
    ]
)
ENTRIES = [entry(number, title(("Topic", f"thing{number}"))) for number in range(1, 5)]


@pytest.fixture(scope="module")
def made() -> Cited:
    """A review with prose, a table and a figure that cite."""
    return cited(BODY, ENTRIES)


def starting(made: Cited, text: str) -> CitedStatement:
    """The statement that starts so."""
    return next(each for each in made.statements if each.text.startswith(text))


def test_every_statement_that_cites_in_printed_order(made: Cited) -> None:
    """Sentences, rows and captions that print a number are there once and in order, others aren't."""
    assert [(each.where, each.numbers) for each in made.statements] == [
        ("text", (2, 1)),
        ("text", (3,)),
        ("text", (4,)),
        ("table", (4,)),
        ("table", (1, 2, 3)),
        ("caption", (3,)),
    ]
    assert [each.start for each in made.statements] == sorted(each.start for each in made.statements)
    assert all(made.document.text[each.start : each.end] == each.text for each in made.statements)


def test_bare_text_has_no_markers(made: Cited) -> None:
    """The bare text is the sentence without its markers, and without the gaps that they leave."""
    assert starting(made, "Falcons").bare == "Falcons hunt over dunes ."


def test_place_and_labels(made: Cited) -> None:
    """A statement knows its section, and a row or caption its table or figure."""
    assert {each.section.number for each in made.statements if each.section} == {"2"}
    assert [each.label for each in made.statements] == [None, None, None, "Table 1", "Table 1", "Figure 1"]


def test_near_is_the_paragraph(made: Cited) -> None:
    """Near are the sentences beside it in its own paragraph, for a row the caption of its table."""

    def near(text: str) -> list[str]:
        return [made.passages[place].text for place in starting(made, text).near]

    assert near("Falcons") == ["Nobody counts them."]
    assert near("Otters") == ["Nobody counts them."]
    assert near("A new paragraph") == []
    assert near("kelp grows") == ["Findings of winter."]


def test_own_are_the_passages_it_stands_for() -> None:
    """A number printed behind the last of several sentences stands for those before it that it is carried to."""
    body = (
        "## 2\n\nIce is old (1). Oak measured moss. They found that it is dry. Their samples came from the coast (2)."
    )
    made = cited(body, ENTRIES)
    assert [[made.passages[place].text for place in each.own] for each in made.statements] == [
        ["Ice is old (1)."],
        ["Their samples came from the coast (2).", "They found that it is dry.", "Oak measured moss."],
    ]


def test_numbers_beyond_the_list_are_left_out() -> None:
    """A number that no entry has isn't among a statement's numbers, and one that cites only such isn't there."""
    made = cited("## 2 Cold\n\nOtters sleep [1, 9]. Falcons hunt [8]. Moss [2] grows.", ENTRIES)
    assert [each.numbers for each in made.statements] == [(1,), (2,)]


def test_without_citations() -> None:
    """A review that cites nothing has no such statement."""
    assert cited("## 2 Cold\n\nOtters sleep.", ENTRIES).statements == ()
