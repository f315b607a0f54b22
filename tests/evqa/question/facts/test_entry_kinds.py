"""Kinds of works that questions ask for."""

import pytest

from evqa.model import Reference
from evqa.question.facts.entry_kinds import find_kinds, of_kind


def _entry(number: int, kind: str, raw: str) -> Reference:
    return Reference(number=number, type=kind, raw=raw)


ENTRIES = [
    _entry(1, "article-journal", "A loaf a day. J Bread 2001"),
    _entry(2, "book", "Flour. Mill Press 1999"),
    _entry(3, "chapter", "Yeasts. In: Flour. Mill Press 1999"),
    _entry(4, "book", "Crumb and crust [doctoral thesis]. University of Rye 2003"),
    _entry(5, "webpage", "Grain statistics. Grain Board"),
    _entry(6, "article-journal", "Practice guideline on gluten. J Bread 2010"),
    _entry(7, "article-journal", "Rye in space. bioRxiv 2020"),
]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Which books are listed?", [2, 4]),
        ("Which book chapters are in the reference list?", [3]),
        ("Any thesis cited?", [4]),
        ("the cited doctoral work on crust", [4]),
        ("Is a PhD dissertation among them?", [4]),
        ("Which websites are cited?", [5]),
        ("online sources", [5]),
        ("clinical practice guidelines", [6]),
        ("preprints", [7]),
    ],
)
def test_kind(question: str, numbers: list[int]) -> None:
    """A kind is known by the entry's type or by what the entry says of itself."""
    [kind] = find_kinds(question, ENTRIES)
    assert [ENTRIES[place].number for place in sorted(of_kind(kind.name, ENTRIES))] == numbers


@pytest.mark.parametrize(
    "question", ["Which conference papers are cited?", "Which report is listed?", "Which works booked most?", ""]
)
def test_none(question: str) -> None:
    """A kind that no entry is of, or another word, selects nothing."""
    assert find_kinds(question, ENTRIES) == ()


def test_where() -> None:
    """The longest name of a kind is taken, once."""
    question = "Which book chapters?"
    [kind] = find_kinds(question, ENTRIES)
    assert question[slice(*kind.where)] == "book chapters"


def test_words_in_many_entries() -> None:
    """What an entry says of itself counts as whole words, in any case, and never across two entries."""
    raws = ["Hypothesis of rye. 1999", "A THESIS on rye, a doctoral thesis", "On position", "paper in the oven"]
    entries = [_entry(place, "article-journal", raw) for place, raw in enumerate(raws, 1)]
    assert sorted(of_kind("thesis", entries)) == [1]
    assert not of_kind("guideline", entries)
