"""Reference numbers that questions name."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evqa.question.numbers import expanded, find_numbers
from tests.evqa.questions import ANY_TEXT, LONG_TEXTS


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("what does reference 15 support?", (15,)),
        ("refs 3-5", (3, 4, 5)),
        ("ref. 3–5", (3, 4, 5)),
        ("Ref 7", (7,)),
        ("ref7", (7,)),
        ("What is said with [12]?", (12,)),
        ("[3, 5-7]", (3, 5, 6, 7)),
        ("What does [5] say about yeast and [6]?", (5, 6)),
        ("source no. 5", (5,)),
        ("source #5", (5,)),
        ("which rows of Table 1 share reference 32?", (32,)),
        ("references 1, 2 and 3", (1, 2, 3)),
        ("references 1 to 4", (1, 2, 3, 4)),
        ("entries 3 through 6", (3, 4, 5, 6)),
        ("refs. 3 & 4", (3, 4)),
        ("citation number 8", (8,)),
        ("reference (12)", (12,)),
        ("bibliography entry 7", (7,)),
        ("What is number 7 in the bibliography?", (7,)),
        ("What is no. 7 in the reference list?", (7,)),
        ("the paper numbered 12", (12,)),
        ("article #5", (5,)),
        ("the 5th reference", (5,)),
        ("the fifth reference", (5,)),
        ("the twelfth reference", (12,)),
        ("the 3rd entry of the list", (3,)),
        ("the 12th listed source", (12,)),
        ("no. 7 of the bibliography", (7,)),
        ("reference number five", (5,)),
        ("Which statements cite 3 and 4?", (3, 4)),
        ("What is cited as [8]?", (8,)),
        ("In which sentences is 7 cited?", (7,)),
        ("What is backed by (32)?", (32,)),
        ("references 3, 3 and 4", (3, 4)),
        ("Where do the authors appeal to number 55?", (55,)),
        ("Everything that leans on no. 12 and 13, please", (12, 13)),
        ("at which points do they refer back to #7?", (7,)),
        ("the places where number 9 is brought up", (9,)),
        ("In which rows are numbers 3-5 quoted?", (3, 4, 5)),
        ("What does number 8 back up?", (8,)),
        ("What is number 44 brought in for?", (44,)),
    ],
)
def test_named(question: str, numbers: tuple[int, ...]) -> None:
    """Numbers are found however a reference is named, ranges written out, each once."""
    found = find_numbers(question)
    assert found is not None
    assert found.numbers == numbers


@pytest.mark.parametrize(
    "question",
    [
        "interleukin 6",
        "Does the number 3 position matter?",
        "What does the number of patients depend on?",
        "patients who rely on 3 drugs",
        "phase 3",
        "CD8",
        "vitamin B12",
        "Table 2",
        "reference 2019",
        "[2019]",
        "a reference range of 3 to 5 mmol/L",
        "reference value 3",
        "sources 20 mg",
        "reference 5 %",
        "studies citing 20 patients",
        "evidence from 3 trials",
        "cited 12 times in the text",
        "How many references?",
        "type 2 diabetes",
        "(12)",
        "the 3rd entry of the virus",
        "the 2nd entry point",
        "",
    ],
)
def test_other_numbers(question: str) -> None:
    """Quantities, names with numbers and years are no reference numbers."""
    assert find_numbers(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote reference 3?",
        "Title of ref 10?",
        "DOI of reference 2",
        "What is reference 3?",
    ],
)
def test_entry(question: str) -> None:
    """Author, title, journal, year or the bare number ask for the entry itself."""
    found = find_numbers(question)
    assert found is not None
    assert found.entry


@pytest.mark.parametrize("question", ["What does reference 3 support?", "Where is reference 3 cited?"])
def test_uses(question: str) -> None:
    """What a reference supports is asked of the text."""
    found = find_numbers(question)
    assert found is not None
    assert not found.entry


def test_quantity_ends_a_list() -> None:
    """A quantity behind a number is no further reference."""
    found = find_numbers("Does reference 3 and 14 adults agree?")
    assert found is not None
    assert found.numbers == (3,)


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("3 and 5–7", [3, 5, 6, 7]),
        ("7-5", [7, 5]),
        ("1-90", [1, 90]),
        ("1 to 41", list(range(1, 42))),
        ("4", [4]),
        ("4, 5 or 9", [4, 5, 9]),
    ],
)
def test_expanded(printed: str, numbers: list[int]) -> None:
    """Ranges up to 40 are written out, others count as their ends."""
    assert expanded(printed) == numbers


@given(st.lists(st.integers(1, 999), min_size=1, max_size=8, unique=True))
def test_round_trip(numbers: list[int]) -> None:
    """Any list printed in brackets is found again in its order."""
    found = find_numbers(f"What stands at [{', '.join(map(str, numbers))}]?")
    assert found is not None
    assert list(found.numbers) == numbers


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, the stretches lie inside it, and each number once."""
    found = find_numbers(question)
    if found:
        assert all(0 <= start < end <= len(question) for start, end in found.taken)
        assert len(set(found.numbers)) == len(found.numbers)


def test_no_slow_question() -> None:
    """Degenerate questions of full length take moments."""
    began = time.process_time()
    for question in LONG_TEXTS:
        find_numbers(question)
    assert time.process_time() - began < 3
