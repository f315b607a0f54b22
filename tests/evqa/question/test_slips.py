"""Slips in the words by which a question says where to look."""

import pytest
from hypothesis import given, settings

from evqa.question.slips import mended
from tests.evqa.invented import BREAD_SHELF
from tests.evqa.questions import ANY_TEXT


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the tabel on acids", "the table on acids"),
        ("in the refrence list", "in the reference list"),
        ("oldest publicaton", "oldest publication"),
        ("per the abstrcat", "per the abstract"),
        ("the bibliografy", "the bibliography"),
        ("Abstrcat: what helps?", "Abstract: what helps?"),
        ("in Tabel 2", "in Table 2"),
        ("the guidlines cited", "the guidelines cited"),
        ("the introdution", "the introduction"),
    ],
)
def test_mended(typed: str, meant: str) -> None:
    """A swapped, lost or wrong letter is mended, two in a long word."""
    assert mended(typed, BREAD_SHELF) == meant


@pytest.mark.parametrize(
    "question",
    [
        "works by Tabler",
        "Lactobacillus and starter",
        "the tabled motion",
        "abstracted",
        "a sourced loaf",
        "Referee",
        "",
    ],
)
def test_left(question: str) -> None:
    """Names, inflections, and words far from any are left as they are."""
    assert mended(question, BREAD_SHELF) == question


@settings(deadline=None)
@given(ANY_TEXT)
def test_once(question: str) -> None:
    """What is mended stays so."""
    first = mended(question, BREAD_SHELF)
    assert mended(first, BREAD_SHELF) == first
