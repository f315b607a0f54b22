"""Sections by what their headings say."""

import pytest

from evqa.question.scope.headings import are_akin, headed, is_title, is_within, shares_half
from tests.evqa.invented import BREAD_OUTLINE, SLEEP_OUTLINE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ethics", "ethical"),
        ("statistics", "statistical"),
        ("drug", "drugs"),
        ("survival", "surviving"),
        ("endpoint", "endpoints"),
        ("dcl", "dcls"),
        ("timing", "timing"),
    ],
)
def test_forms_of_one_word(one: str, other: str) -> None:
    """Words that differ in short ends alone count as one, whichever comes first."""
    assert are_akin(one, other)
    assert are_akin(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("interest", "intervertebral"), ("expert", "experiments"), ("acid", "acne"), ("2010", "2012"), ("dose", "door")],
)
def test_other_words(one: str, other: str) -> None:
    """A beginning in common is not enough."""
    assert not are_akin(one, other)
    assert not are_akin(other, one)


def test_how_much_of_a_title() -> None:
    """Half of the shorter, all that is named, or all but the whole title."""
    assert headed("dosing in infants", [SLEEP_OUTLINE], shares_half) == headed("dosing", [SLEEP_OUTLINE], is_within)
    assert headed("dosing in infants", [SLEEP_OUTLINE], is_within) is None
    assert headed("dosing", [SLEEP_OUTLINE], is_title) is None
    found = headed("timing and dosing", [SLEEP_OUTLINE], is_title)
    assert found is not None
    assert found[0] == "Dosing and timing"


def test_least_else() -> None:
    """Of sections that say the same of what is named, the one with the shorter title is meant."""
    sections = tuple(
        section.model_copy(update={"title": title})
        for section, title in zip(
            BREAD_OUTLINE.sections, ["Crust colour of rye and of wheat bread", "Rye crust"], strict=False
        )
    )
    outline = BREAD_OUTLINE.model_copy(update={"sections": sections})
    found = headed("crust", [outline], is_within)
    assert found is not None
    assert found[0] == "Rye crust"


def test_bibliography_is_no_part() -> None:
    """The bibliography is asked by its entries, so that its heading limits nothing."""
    last = BREAD_OUTLINE.sections[-1].model_copy(update={"title": "References"})
    outline = BREAD_OUTLINE.model_copy(update={"sections": (*BREAD_OUTLINE.sections, last)})
    assert headed("reference list", [outline], is_within) is None
    assert headed("references", [outline], is_title) is None
