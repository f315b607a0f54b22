"""Questions for a meaning or a long form, and sentences that give it."""

import pytest
from hypothesis import given, settings

from evqa.language.expansion import Abbreviations
from evqa.model import Abbreviation
from evqa.question.meanings import Defining, find_defining, find_spelling
from tests.evqa.questions import ANY_TEXT

LAB = Abbreviations([Abbreviation(short="LAB", long="lactic acid bacteria")])


@pytest.mark.parametrize("question", ["Why does yeast slow down?", "Which acids are formed?", "How is LAB fed?", ""])
def test_not_asked(question: str) -> None:
    """Other questions don't ask what an abbreviation stands for."""
    assert find_spelling(question, LAB) is None


@pytest.mark.parametrize(
    "question",
    [
        "What does LAB stand for?",
        "What is the full form of LABs?",
        "Define LAB",
        "What is LAB short for?",
        "What is the abbreviation LAB for?",
        "What do the letters LAB mean?",
        "LAB stands for what?",
        "Spell out LAB",
        "How is LAB spelled out?",
        "What is “LAB” an acronym for",
    ],
)
def test_spelling(question: str) -> None:
    """Asked what an abbreviation stands for, the sentence is sought that gives both forms, in either order."""
    spells = find_spelling(question, LAB)
    assert spells is not None
    assert spells.search("Many lactic acid bacteria (LAB) thrive.")
    assert spells.search("LAB, lactic acid bacteria; SD, sourdough.")
    assert not spells.search("LAB thrive.")


def test_no_abbreviation() -> None:
    """A term that no document abbreviates has no spelling to look for."""
    assert find_spelling("What is rye?", LAB) is None


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, signs of regular expressions in it are harmless."""
    spells = find_spelling(question, Abbreviations([Abbreviation(short=question or "x", long=question or "y")]))
    assert spells is None or not spells.search("")


def asked(question: str) -> Defining:
    """What is looked for, of a question that asks for a meaning."""
    found = find_defining(question, LAB)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Kefir is a drink that came from the Caucasus.",
        "In general, kefir (from Turkish) is usually an acid drink.",
        "Milk, also called white gold, sours. The term “kefir” refers to what grains make of it.",
        "Kefir, also known as bulgaros, is considered a probiotic.",
        "What the grains leave behind is known as kefir.",
        "The drink (so-called kefir) foams.",
        "Grains ferment milk, which is then termed kefir, for a day.",
        "Kefirs are thin, slightly acid drinks made of milk.",
        "Herders refer to kefir as their bread.",
        "Kefir has been described in 1784.",
        "Kefir consists of milk and grains.",
        "In this article we use the term “kefir” to signify any sour milk.",
    ],
)
def test_plainly(text: str) -> None:
    """However it is put, a sentence that says what the thing is counts in full."""
    assert asked("What is kefir?").grade(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Kefir, a drink of the Caucasus, keeps for weeks.",
        "Grains favor kefir, a drink in which yeasts live.",
        "It was the release of kefir, a bearer of yeasts.",
        "Kefir involves two fermentations.",
        "Kefir is the oldest of these drinks.",
        "Sour milks are classified as yoghurts and kefir (both thick).",
    ],
)
def test_loosely(text: str) -> None:
    """What tells of a thing beside something else counts a half."""
    assert asked("What is kefir?").grade(text) == 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Kefir was bought in 2019.",
        "We added kefir, a spoon at a time, and milk.",
        "They drank kefir (in the table on drinks) daily, and use kefir as a remedy.",
        "The people known as kefir makers are few.",
        "Kefir is more acid in summer.",
        "The pH of kefir is a matter of hours.",
        "Milks can be classified as fresh in terms of their kefir.",
        "Kefir grains are a mixture of yeasts.",
        "",
    ],
)
def test_not_told(text: str) -> None:
    """A sentence that only uses the word says nothing of its meaning."""
    assert asked("What is kefir?").grade(text) == 0


def test_of_either_form_and_number() -> None:
    """An abbreviation is explained under its long form, too, and many things as one of them."""
    told = "A lactic acid bacterium or, for short, one of the LABs. Lactic acid bacteria are rods that sour milk."
    assert asked("What are LABs?").grade(told) == 1
    assert asked("What is a sourdough starter?").grade("Sourdough starters are doughs that hold yeasts.") == 1
    assert asked("Define berries").grade("A berry is a fruit.") == 1
    assert asked("Definition of a biomarker").grade("Biomarkers are signs that can be measured.") == 1


@pytest.mark.parametrize(
    "text",
    [
        "Notes: PDA (potato dextrose agar), KFM (kefir ferment medium).",
        "Kefir ferment medium (KFM) was poured.",
        "PDA, potato dextrose agar; KFM, kefir ferment medium; SD, sourdough.",
        "KFM: kefir ferment medium",
        "KFM = kefir ferment medium",
    ],
)
def test_an_abbreviation_may_be_told_in_signs(text: str) -> None:
    """Brackets, a colon, or a place in a list tell what letters stand for; a use of them doesn't."""
    assert asked("What does KFM stand for?").grade(text) == 0.5
    assert asked("What does KFM stand for?").leaves_open("They poured KFM on plates, and waited.")


@pytest.mark.parametrize(
    "question",
    [
        "What is kefir?",
        "What does “kefir” mean?",
        "Define kefir.",
        "What do herders mean by kefir?",
        "What is understood by kefir?",
        "What is the Kefir effect?",
    ],
)
def test_the_meaning_of_a_word(question: str) -> None:
    """A passage that uses the word and doesn't explain it leaves such a question open; another one doesn't."""
    found = asked(question)
    assert found.leaves_open("They drank kefir, or the Kefir effect was seen.")
    assert not found.leaves_open("Kefir is a drink. The Kefir effect is a delay.")
    assert not found.leaves_open("They drank milk.")


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of kefir?",
        "What is the shelf life?",
        "What is kefir used for?",
        "What are its grains?",
        "What is recommended?",
    ],
)
def test_more_than_a_word(question: str) -> None:
    """A fact about a thing is told by any sentence."""
    found = find_defining(question, Abbreviations([]))
    assert found is None or not found.leaves_open("The price of kefir and the shelf life of its grains is recommended.")


@pytest.mark.parametrize("question", ["Who drinks kefir?", "What does kefir contain?", "How is kefir made?", ""])
def test_no_meaning_asked(question: str) -> None:
    """Other questions ask for no meaning."""
    assert find_defining(question, LAB) is None


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_term(text: str) -> None:
    """Whatever stands for a term, signs of regular expressions in it are harmless."""
    found = find_defining(f"What is {text}?", LAB)
    assert found is None or found.grade("") == 0
