"""Warnings about citations, by claim."""

from api.text.answer import answer_text
from api.text.doubts import doubts
from evqa.model import Answer

DOUBT = "ref 1 doesn't seem to fit this statement; 81 does"


def test_a_doubt_stands_with_the_claim_that_prints_the_number(answer: Answer) -> None:
    """It follows the claim's place, before the references, once; the printed number stays as it is."""
    doubted = answer.model_copy(update={"warnings": (DOUBT, "Table 9 isn't there")})
    assert doubts(doubted) == ({0: [DOUBT]}, ["Table 9 isn't there"])
    text = answer_text(doubted, 100)
    claim, doubt, references = text.index("antibody.” [1]"), text.index(f"  ! {DOUBT}\n"), text.index("References")
    assert claim < doubt < references < text.index("Note: Table 9 isn't there")
    assert text.count(DOUBT) == 1


def test_of_a_carried_number(answer: Answer) -> None:
    """A number that no claim prints is doubted where it is carried to."""
    carried = answer.model_copy(update={"warnings": (DOUBT.replace("ref 1", "ref 2"),)})
    assert doubts(carried) == ({0: list(carried.warnings)}, [])


def test_what_cannot_be_told_apart_stays_a_note(answer: Answer) -> None:
    """Where two claims print the number, or none has it, the warning stands below the answer."""
    twice = answer.model_copy(update={"claims": answer.claims * 2, "warnings": (DOUBT,)})
    nowhere = answer.model_copy(update={"warnings": (DOUBT.replace("ref 1", "ref 7"),)})
    for each in (twice, nowhere):
        assert doubts(each) == ({}, list(each.warnings))
        assert f"Note: {each.warnings[0]}" in answer_text(each, 100)


def test_a_longer_number_is_another(answer: Answer) -> None:
    """Ref 12 isn't ref 1."""
    other = answer.model_copy(update={"warnings": (DOUBT.replace("ref 1 ", "ref 12 "),)})
    assert doubts(other)[0] == {}
