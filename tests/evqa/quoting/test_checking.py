"""Quotations held against two invented reviews."""

import pytest

from evqa.errors import UsageError
from evqa.quoting.checking import check_draft, check_sentences, checked
from evqa.quoting.draft import draft_sentences
from evqa.quoting.printed import indexed, printed
from evqa.quoting.records import CheckedSentence
from tests.evqa.invented import BOTH, BREAD_HOME

SHELF = BOTH
TEXTS = printed(SHELF)


def differences(found: CheckedSentence) -> list[tuple[str, str]]:
    """What the quotation has and what is printed."""
    return [(each.quoted, each.printed) for each in found.differences]


@pytest.mark.parametrize(
    "quotation",
    [
        "Long fermentation helps most",
        "long fermentation helps most.",
        "[l]ong fermen\u00adtation helps most [2]",
        "Sourdough bread lowered the peak of glu-\ncose by 20% in healthy adults (2, 7).",
        "Sourdough bread lowered the peak … in healthy adults",
        "Sourdough bread [...] in healthy adults. White bread did not",
        "Lactobacilli (LAB) produce lactic acid [quickly] within 8\u00a0h",
        "yeast slows down below pH 4",
    ],
)
def test_a_quotation_is_found_as_word_processors_leave_it(quotation: str) -> None:
    """Typography, markers, dots, insertions and the first capital change nothing."""
    found = checked(quotation, TEXTS)
    assert (found.verdict, found.similarity, found.differences) == ("verbatim", 1.0, ())
    assert found.places[0].document == BREAD_HOME


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("Sourdough bread raised the peak of glucose by 20 % in healthy adults", ("raised", "lowered")),
        ("Sourdough bread lowered the peak of glucose by 30 % in healthy adults", ("30", "20")),
        ("Sourdough bread lowered the peak of glucose by 20 mg in healthy adults", ("mg", "%")),
        ("Sourdough bread never lowered the peak of glucose by 20 %", ("never", "")),
        ("Sourdough bread lowered the peak of Glucose by 20 %", ("Glucose", "glucose")),
        ("Lactobacilli (LAB) produce lactic acid within 8 h [6]", ("6", "5")),
    ],
)
def test_one_difference_is_told_exactly(quotation: str, expected: tuple[str, str]) -> None:
    """A word, number, unit, negation, capital or marker that differs makes it near, and is the only difference."""
    found = checked(quotation, TEXTS)
    assert found.verdict == "near"
    assert differences(found) == [expected]
    assert all(quotation[each.start : each.end] == each.quoted for each in found.differences)


def test_the_place_is_told() -> None:
    """Document, section, offsets and the numbers printed in the sentence stand with it."""
    (place,) = checked("lowered the peak of glucose by 20 %", TEXTS).places
    assert place.text == "lowered the peak of glucose by 20 %"
    assert place.references == (2, 7)
    assert place.section is not None
    assert place.section.title == "Glycaemic response"
    assert place.end - place.start == len(place.text)


def test_an_insertion_is_named() -> None:
    """Words in square brackets that aren't printed are told."""
    assert checked("Rye needs acid [not sugar] to bind water", TEXTS).inserted == ("not sugar",)


@pytest.mark.parametrize(
    "text", ["Glaciers retreated in nine of the eleven valleys that were mapped.", "Xylophones hum"]
)
def test_what_is_nowhere_is_absent(text: str) -> None:
    """A sentence that shares only everyday words with the corpus has no place."""
    found = checked(text, TEXTS)
    assert (found.verdict, found.places) == ("absent", ())


def test_figures_are_looked_for_in_other_words() -> None:
    """A sentence of one's own with figures is near where one place has its words; other numbers are named."""
    (found,) = check_sentences(["For 5 thousand years, bakers have kept their starter cultures alive"], SHELF).sentences
    assert (found.kind, found.verdict, found.missing_numbers) == ("figures", "near", ("5",))


@pytest.mark.parametrize("sentence", ["", "…", "?!", "x" * 4001])
def test_what_cant_be_checked_is_refused(sentence: str) -> None:
    """Without a word, or too long, it is a usage error."""
    with pytest.raises(UsageError):
        check_sentences([sentence], SHELF)


def test_an_empty_corpus_has_nothing() -> None:
    """Without passages everything is absent."""
    assert checked("Long fermentation helps most", indexed([])).verdict == "absent"


def test_a_draft_is_counted_and_placed() -> None:
    """Each quotation and sentence with figures has a verdict, its place in the draft and its line."""
    draft = (
        "We read:\n\n> Long fermentation helps most.\n\nIt “helps no one at all”. Two readers screened 413 records.\n"
    )
    check = check_draft(
        draft_sentences(draft, lambda text: [(0, text.find(".") + 1), (text.find(".") + 2, len(text))]), SHELF
    )
    assert (check.verbatim, check.near, check.absent) == (1, 1, 1)
    assert [each.draft.line for each in check.sentences if each.draft] == [3, 5, 5]
    for each in check.sentences:
        assert each.draft is not None
        assert draft[each.draft.start : each.draft.end] == each.text
    assert check.sentences[2].missing_numbers == ("413",)
