"""The passages in which a document says what is asked of it."""

from collections.abc import Sequence

import pytest

from evqa.answer import ask
from evqa.model import Heading, Outline, Passage, Section, Statement
from tests.evqa.invented import BREAD_HOME, BREAD_OUTLINE, BREAD_SHELF
from tests.evqa.shelf import Shelf

FRONT = {
    "Title": BREAD_HOME.title,
    "Authors": "Ann Doe, Bob Roe",
    "History": "Received 3 March 2018; accepted 5 May 2018; published 9 May 2019",
    "Copyright": "© 2019 Doe and Roe",
    "Correspondence": "Ann Doe: ann@bread.org",
    "Journal": "J Bread 2019;7:1–9",
    "DOI": "https://doi.org/10.1000/bread.1",
    "Licence": "This is an open-access article under the Creative Commons licence.",
}


def made(front: dict[str, str], prose: Sequence[str] = (), **facts: object) -> Shelf:
    """A document of this front matter and these sentences."""
    at, found = 0, []
    for name, text in [*front.items(), *(("Results", sentence) for sentence in prose)]:
        end = at + len(text)
        found.append(
            Passage(
                id=f"p-{at}",
                kind="front" if name in front else "prose",
                document=BREAD_HOME,
                section=Heading(title=name),
                start=at,
                end=end,
                text=text,
                sentences=(Statement(start=at, end=end),),
            )
        )
        at = end + 1
    sections = (Section(title="Results", start=0, end=at),)
    outline: Outline = BREAD_OUTLINE.model_copy(update={"sections": sections, "year": 2019, **facts})
    return Shelf([outline], found, [])


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("What is the title?", "Title"),
        ("Who wrote it?", "Authors"),
        ("Which journal published it?", "Journal"),
        ("What is the DOI?", "DOI"),
        ("Which licence applies?", "Licence"),
        ("Who is the corresponding author?", "Correspondence"),
    ],
)
def test_the_line_of_the_title_page_is_quoted(question: str, line: str) -> None:
    """Verbatim, and nothing else."""
    answer = ask(question, made(FRONT, DOI="10.1000/bread.1"))
    assert [claim.text for claim in answer.claims] == [FRONT[line]]
    assert answer.status == "answered"


def test_the_year_is_that_of_publication() -> None:
    """Of the lines that print it the one on publication is quoted, not one with other years alone."""
    without_journal = {name: text for name, text in FRONT.items() if name != "Journal"}
    (claim,) = ask("When was it published?", made(without_journal)).claims
    assert claim.text == FRONT["History"]


def test_a_statement_is_found_under_its_heading() -> None:
    """Whatever its words are."""
    answer = ask("Who funded this review?", BREAD_SHELF)
    assert [claim.text for claim in answer.claims] == ["The Grain Board paid for this work."]


def test_a_statement_is_found_in_other_text() -> None:
    """If a sentence prints it; a sentence near to it that doesn't is no answer."""
    thanks = "We thank the Grain Board for a grant that funded this work."
    told = made(FRONT, ["Yeast was funded by sugar.", thanks])
    assert [claim.text for claim in ask("Who funded the work?", told).claims] == [thanks]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who funded the work?", "no statement on funding is printed in this document"),
        ("Is the trial registered?", "no registration is printed in this document"),
        ("Are there conflicts of interest?", "no statement on conflicts of interest is printed in this document"),
    ],
)
def test_what_isnt_stated_is_refused(question: str, said: str) -> None:
    """Nothing near to it is given instead."""
    answer = ask(question, made(FRONT, ["The trial on bread was a work of many interests."]))
    assert answer.status == "insufficient_evidence"
    assert said in answer.warnings


def test_a_field_of_the_file_that_isnt_printed_is_said_as_such() -> None:
    """It is no quotation, so it is no claim."""
    answer = ask("What is the DOI?", made({"Authors": "Ann Doe"}, DOI="10.1000/bread.1"))
    assert answer.claims == ()
    assert answer.warnings[0].endswith("; as fields of its file have it, it is 10.1000/bread.1")
