"""Spelling of questions mended by the corpus's vocabulary."""

import time

import pytest
from hypothesis import given, settings

from evqa.model import Home, Passage
from evqa.question.spelling import mended, respelled, unknown_words
from tests.evqa.invented import BOTH, BREAD_SHELF
from tests.evqa.questions import ANY_TEXT, LONG_TEXTS
from tests.evqa.shelf import Shelf

KNOWN = (
    "Guidelines receive tumour haemoglobin oesophagus fibre centre colour behaviour signalling analyse sulphur "
    "leukemia regulatory vesicles recently fermentation stacks smacking"
)
SHELF = Shelf(
    [],
    [Passage(id="p-1", kind="prose", document=Home(id="d", title="t"), start=0, end=len(KNOWN), text=KNOWN)],
    [],
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("guidlines", "guidelines"),
        ("recieve", "receive"),
        ("regualtory", "regulatory"),
        ("vesicels", "vesicles"),
        ("fermentatoin", "fermentation"),
        ("fermentaton", "fermentation"),
        ("tumor", "tumour"),
        ("tumors", "tumours"),
        ("hemoglobin", "haemoglobin"),
        ("esophagus", "oesophagus"),
        ("center", "centre"),
        ("fiber", "fibre"),
        ("color", "colour"),
        ("behavior", "behaviour"),
        ("signaling", "signalling"),
        ("analyze", "analyse"),
        ("sulfur", "sulphur"),
        ("leukaemia", "leukemia"),
    ],
)
def test_respelled(typed: str, meant: str) -> None:
    """A slip of one edit and the other English spelling become what the corpus has."""
    assert respelled(f"what about {typed}?", SHELF) == f"what about {meant}?"


@pytest.mark.parametrize(
    "text",
    [
        "Guidelines",
        "vesicle",
        "colours",
        "miR-21",
        "stacking",
        "capital",
        "throughout",
        "rain",
        "fbre",
        "xesicles",
        "종양은 무엇",
        "",
    ],
)
def test_not_respelled(text: str) -> None:
    """Known, common, short and foreign words stay, and so does a word with another first letter."""
    assert respelled(text, SHELF) == text


def test_unknown_words() -> None:
    """A word is unknown when the corpus lacks it and all that begin like it."""
    assert unknown_words("Do vesicular quarks receive miR 21 quarks", SHELF) == ["do", "quarks", "mir", "21"]


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(text: str) -> None:
    """Whatever the text, only words change: what stands between them stays, and a second pass changes nothing."""
    once = respelled(text, BOTH)
    assert len(once.split()) == len(text.split())
    assert respelled(once, BOTH) == once


def test_no_slow_question() -> None:
    """Degenerate questions of full length take moments."""
    began = time.process_time()
    for question in LONG_TEXTS:
        respelled(question, BOTH)
    assert time.process_time() - began < 3


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
