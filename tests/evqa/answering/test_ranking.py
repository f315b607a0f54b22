"""Ranking of passages for a question."""

import pytest

from evqa.answering.ranking import cites, rank
from evqa.model import Passage
from evqa.question.understanding import understand
from tests.evqa.invented import BREAD_PASSAGES, BREAD_SHELF


def found(question: str) -> list[Passage]:
    return [each.passage for each in rank(understand(question, BREAD_SHELF), BREAD_SHELF).ranked]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How long have bakers kept starter cultures?", "Bakers have kept starter cultures"),
        ("Which acid does Lactobacillus plantarum give in Table 2?", "Lactobacillus plantarum"),
        ("Why does yeast slow down?", "Yeast slows down"),
        ("Who paid for this work?", "The Grain Board"),
        ("Which lactic acid do LAB produce within 8 h?", "Lactobacilli (LAB) produce"),
        ("How did sourdough affect the peak of glucos in healthy adults?", "Sourdough bread lowered"),
    ],
)
def test_content(question: str, text: str) -> None:
    """By content the passage that holds most of the question's words leads."""
    assert found(question)[0].text.startswith(text)


def test_scope_is_kept() -> None:
    """Only passages of the named part are ranked."""
    assert {passage.kind for passage in found("According to the abstract, what lowers the peak of glucose?")} == {
        "abstract"
    }
    sections = {p.section.number for p in found("What does section 3.2 say on glucose?") if p.section}
    assert sections == {"3.2"}


def test_part_as_printed() -> None:
    """A part asked for as a whole comes in its order, from the end where that is asked."""
    texts = [passage.text for passage in found("What does the introduction say?")]
    assert texts[0].startswith("Bakers")
    assert texts[1].startswith("Rye")
    assert [passage.text for passage in found("How does the introduction end?")] == texts[::-1]


def test_uses_of_a_reference() -> None:
    """What cites a number comes with the text before table rows before the entry."""
    passages = found("What does reference 7 support?")
    assert [passage.kind for passage in passages] == ["prose", "table_row", "reference"]
    assert all(7 in passage.references for passage in passages)


def test_entry_of_a_reference() -> None:
    """The entry leads when its author or title is asked for."""
    assert found("Who wrote reference 7?")[0].kind == "reference"


def test_rows_that_share_a_reference() -> None:
    """Within a table only its rows are ranked."""
    [row] = found("Which rows of Table 1 share reference 8?")
    assert row.text.startswith("Okafor")


def test_entries_by_fact() -> None:
    """Facts rank entries only, by number; with a topic those on it."""
    assert [p.references for p in found("Which cited works appeared in 2025?")] == [(9,), (12,)]
    assert found("Which papers by Lindqvist on rye are cited?")[0].references == (7,)
    assert [p.references for p in found("What is the oldest reference?")] == [(3,)]


def test_entries_dont_crowd_out_text() -> None:
    """With the same words in text and entry, a question about the matter gets the text first."""
    assert found("Does gluten remain a matter of debate?")[0].kind == "prose"
    assert found("Which paper in the bibliography is on gluten after fermentation?")[0].kind == "reference"


def test_cites() -> None:
    """A passage cites when a number stands in it."""
    assert [cites(p) for p in BREAD_PASSAGES[:2]] == [False, True]
