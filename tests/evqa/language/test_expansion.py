"""Questions written otherwise by the documents' abbreviations."""

import time

import pytest
from hypothesis import given, settings

from evqa.language.expansion import Abbreviations, abbreviations_of, variants_by_document
from evqa.model import Abbreviation
from tests.evqa.invented import BREAD_OUTLINE, SLEEP_OUTLINE
from tests.evqa.questions import ANY_TEXT, LONG_TEXTS

OUTLINES = [BREAD_OUTLINE, SLEEP_OUTLINE]
BOTH = abbreviations_of(OUTLINES)


@pytest.mark.parametrize(
    ("question", "variant"),
    [
        ("Do Tregs peak at night?", "Do Regulatory T cells peak at night?"),
        ("Treg numbers", "Regulatory T cell numbers"),
        ("treg numbers", "Regulatory T cell numbers"),
        ("Treg-mediated effects", "Regulatory T cell-mediated effects"),
        ("regulatory T cells at night", "Tregs at night"),
        ("regulatory T-cells at night", "Tregs at night"),
        ("REGULATORY T CELL counts", "Tregs counts"),
        ("TGF-β signalling", "Transforming growth factor-β signalling"),
        ("TGF-beta signalling", "Transforming growth factor-β signalling"),
        ("TGF beta signalling", "Transforming growth factor-β signalling"),
        ("TGFβ signalling", "Transforming growth factor-β signalling"),
        ("transforming growth factor beta", "TGF-β"),
        ("IL6 rises", "Interleukin 6 rises"),
        ("interleukin-6 rises", "IL-6 rises"),
        ("LAB in dough", "Lactobacilli in dough"),
        ("lactobacilli in dough", "LAB in dough"),
    ],
)
def test_variant(question: str, variant: str) -> None:
    """Short and long forms stand for each other in number, hyphen, case and Greek as they are typed."""
    assert BOTH.variants(question) == (variant,)


@pytest.mark.parametrize("question", ["the lab", "collaborate", "TGF-β1", "IL-60", "intregs", "bread and sleep", ""])
def test_other_words(question: str) -> None:
    """Words that only hold the letters of a short form stay; so does a word that its capitals spell."""
    assert BOTH.variants(question) == ()


def test_both_ways() -> None:
    """A question with a short and a long form has a variant for each direction."""
    assert BOTH.variants("Tregs and interleukin 6") == ("Regulatory T cells and interleukin 6", "Tregs and IL-6")


def test_longest_short_form_first() -> None:
    """ "PD-L1" is written out as itself, not as "PD" with a rest."""
    pairs = [
        Abbreviation(short="PD", long="persistent dough"),
        Abbreviation(short="PD-L1", long="proofed dough loaf 1"),
    ]
    assert Abbreviations(pairs).written_out("PD-L1 rises") == "proofed dough loaf 1 rises"


def test_signs_in_forms() -> None:
    """Signs of regular expressions in either form are harmless."""
    pairs = [Abbreviation(short="C++", long=r"\1 (cells) [x]"), Abbreviation(short="+", long="plus")]
    outline = BREAD_OUTLINE.model_copy(update={"abbreviations": tuple(pairs)})
    assert abbreviations_of([outline]).variants("What is C++ here?") == (r"What is \1 (cells) [x]++ here?",)


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, each variant differs from it and from the others."""
    found = BOTH.variants(question)
    assert len({question, *found}) == len(found) + 1


def test_no_slow_question() -> None:
    """Degenerate questions of full length take moments."""
    began = time.process_time()
    for question in LONG_TEXTS:
        BOTH.variants(question)
    assert time.process_time() - began < 3


def test_variants_by_document() -> None:
    """Only documents whose own abbreviations change the text are named, each with its own variants."""
    found = dict(variants_by_document("Tregs and LAB", OUTLINES))
    assert found == {
        place: own
        for place, outline in enumerate(OUTLINES)
        if (own := abbreviations_of([outline]).variants("Tregs and LAB"))
    }
    assert dict(variants_by_document("bread and sleep", OUTLINES)) == {}
