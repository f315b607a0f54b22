"""Quantities that are asked for, and texts that hold them."""

import pytest
from hypothesis import given

from evqa.refusal.quantities import find_quantity
from tests.evqa.questions import ANY_TEXT


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("What percentage of adults slept?", "Of the adults 12.5 % slept.", "Of 40 adults few slept."),
        ("What share of the loaves rose?", "Half rose.", "Many of the 12 loaves rose."),
        ("How long did the dough rest?", "It rested for 8 h.", "It rested in 8 bowls."),
        ("How many weeks was rye eaten?", "A 12-week trial of rye.", "Rye was eaten by 12 adults."),
        ("When was sourdough first described?", "It was described in 1887.", "It was described by 2 bakers."),
        ("What dose of melatonin helps?", "A dose of 0.5 mg helps.", "A dose taken by 22 adults helps."),
        ("How many adults took part?", "Two hundred adults took part.", "Adults with diabetes took part."),
        (
            "How many adults took part?",
            "Adults took part for 24 hours, 40 of them slept.",
            "They slept 24 hours.",
        ),
        ("How many times its weight does it hold?", "It holds twenty times its weight.", "It holds water."),
        ("How many met the criteria?", "Of the adults 20 % met them.", "After 24 weeks they met them."),
        ("How many trials found less?", "Only one trial found less.", "Trials tended to find less often."),
        ("How many millimetres apart are the rows?", "They lie 2 mm apart.", "The 4 rows lie 2 cm apart."),
        ("What was the mean pH of the dough?", "It had 4.2.", "It was low."),
        ("Which cut-off separates them?", "At 3.2 they part.", "They part clearly."),
        ("What fasting glucose in mg/dL was found?", "It was 95 mg/dL.", "It was found on 3 days."),
        ("How wide is a starter cell?", "It is 2 across.", "It is small."),
    ],
)
def test_kinds(question: str, answer: str, other: str) -> None:
    """A quantity is answered by one of its kind, not by any number."""
    quantity = find_quantity(question)
    assert quantity is not None
    assert quantity.is_in(answer)
    assert not quantity.is_in(other)


def test_own_numbers() -> None:
    """A number that the question gives itself answers nothing."""
    quantity = find_quantity("How many of the 412 records were kept?")
    assert quantity is not None
    assert not quantity.is_in("They screened 412 records.")
    assert quantity.is_in("Of 412 records 30 were kept.")


def test_names() -> None:
    """Digits of names, tables and types are no count."""
    quantity = find_quantity("How many cells were seen?")
    assert quantity is not None
    assert not quantity.is_in("PD-1 cells of type 2 in Table 1 took up miR-21.")


@pytest.mark.parametrize(
    "question",
    [
        "Why does yeast slow down?",
        "When ten bakers met, what did they eat?",
        "What does the author mean?",
        "Is anything cited on how long dough rests?",
    ],
)
def test_none(question: str) -> None:
    """Without an asking word for quantities none is wanted."""
    assert find_quantity(question) is None


@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Any text can be looked at, and nothing answers with an empty text."""
    quantity = find_quantity(question)
    assert quantity is None or not quantity.is_in("")
