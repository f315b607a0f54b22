"""What an answer says of the gaps that it touches."""

import pytest

from evqa.answer import ask
from evqa.answering.gaps import gap_warnings, with_gaps
from evqa.model import Answer, Claim, Context, Gap, Home, Integrity, Outline, Reference, Unresolved
from evqa.question.understanding import understand
from tests.evqa.invented import (
    BREAD_OUTLINE,
    BREAD_PASSAGES,
    BREAD_REFERENCES,
    SLEEP_OUTLINE,
    SLEEP_PASSAGES,
    SLEEP_REFERENCES,
)
from tests.evqa.shelf import Shelf

LACTIC = next(each for each in BREAD_PASSAGES if each.text.startswith("Lactobacilli (LAB)"))
QUESTION = "Which acid do lactobacilli produce?"
PLAIN = Integrity(references=12, contiguous=True, citations=20)


def marker(start: int, printed: str = "[5]", missing: tuple[int, ...] = (5,)) -> Unresolved:
    """A marker that isn't resolved."""
    return Unresolved(marker=printed, start=start, end=start + len(printed), missing=missing, reason="no entry 5")


def bread(integrity: Integrity, entries: tuple[Reference, ...] = BREAD_REFERENCES, beside: bool = False) -> Shelf:
    """The review on bread with this integrity report and these entries, or with another review beside it."""
    outlines = [BREAD_OUTLINE.model_copy(update={"integrity": integrity})]
    if not beside:
        return Shelf(outlines, BREAD_PASSAGES, entries)
    return Shelf([*outlines, SLEEP_OUTLINE], [*BREAD_PASSAGES, *SLEEP_PASSAGES], [*entries, *SLEEP_REFERENCES])


def without(*numbers: int) -> tuple[Reference, ...]:
    """The entries on bread without these."""
    return tuple(each for each in BREAD_REFERENCES if each.number not in numbers)


def lacking(*numbers: int) -> Shelf:
    """The review on bread without these entries, as its report says."""
    integrity = Integrity(references=12 - len(numbers), contiguous=False, missing=numbers, citations=20)
    return bread(integrity, without(*numbers))


def about(answer: Answer, words: str = "lacks") -> list[str]:
    """The warnings with these words."""
    return [line for line in answer.warnings if words in line]


def test_a_marker_in_a_claim_stands_with_it_as_a_fact() -> None:
    """A claim that prints a marker without an entry names it with its place and reason, and the answer warns once."""
    open_marker = marker(LACTIC.end - 4)
    plain, warned = (
        ask(QUESTION, bread(each)) for each in (PLAIN, PLAIN.model_copy(update={"unresolved": (open_marker,)}))
    )
    line = f"the marker [5] isn't resolved (no entry 5): “{LACTIC.text}”"
    (claim,) = (each for each in warned.claims if each.start == LACTIC.start)
    assert claim.unresolved == (Gap(**dict(open_marker), warning=line),)
    assert [each for each in warned.warnings if each not in plain.warnings] == [line]
    assert [each.model_copy(update={"unresolved": ()}) for each in warned.claims] == list(plain.claims)


@pytest.mark.parametrize("start", [LACTIC.start - 1, LACTIC.end, LACTIC.end + 30])
def test_markers_elsewhere_are_left_alone(start: int) -> None:
    """A marker before or behind the claim says nothing of it."""
    answer = ask(QUESTION, bread(PLAIN.model_copy(update={"unresolved": (marker(start),)})))
    assert answer.claims
    assert not any(each.unresolved for each in answer.claims if each.passage == LACTIC.id)


def test_a_marker_in_the_sentence_before_is_told() -> None:
    """What a claim leans on is shown, so a marker there is warned of, too; it isn't the claim's own."""
    shelf = bread(PLAIN.model_copy(update={"unresolved": (marker(3),)}))
    before = Context(text="A [5] b.", passage="p-0", start=0, end=8)
    claim = Claim(text="This rises.", passage="p-1", start=10, end=21, context=before)
    homes = {"p-1": BREAD_OUTLINE.document}
    (same,) = with_gaps([claim], homes, shelf)
    assert same == claim
    assert gap_warnings(understand(QUESTION, shelf), [same], homes, shelf) == (
        "the marker [5] isn't resolved (no entry 5): “A [5] b.”",
    )


def test_cited_papers_print_markers_of_their_own() -> None:
    """A claim from a cited paper gives the review's number, so the paper's markers don't matter."""
    shelf = bread(PLAIN.model_copy(update={"unresolved": (marker(3),)}))
    claim = Claim(text="A [5] b.", passage="p-1", start=0, end=8, references=(7,))
    home = Home(id=BREAD_OUTLINE.document.id, title="A paper", kind="paper", reference=7, review="d-0")
    assert with_gaps([claim], {"p-1": home}, shelf) == [claim]


def test_entries_beside_a_gap_are_to_be_checked() -> None:
    """An answer that cites 5 says that 4 is missing; the loss of 8, farther away, isn't told."""
    answer = ask(QUESTION, lacking(4, 8))
    assert 5 in answer.claims[0].references
    assert "the bibliography lacks entry 4: check entry 5 beside the gap against the document" in about(answer)
    assert not any("entry 8" in line for line in ask(QUESTION, lacking(8)).warnings)


def test_a_missing_number_that_is_asked_for() -> None:
    """Asked for a number that the list lacks, the refusal says that there is a gap and how often the text prints it."""
    integrity = Integrity(
        references=11, contiguous=False, missing=(5,), citations=20, unresolved=(marker(LACTIC.end - 4),)
    )
    answer = ask("What does reference 5 support?", bread(integrity, without(5)))
    assert answer.status == "insufficient_evidence"
    assert answer.warnings[:2] == (
        "there is no reference 5 here: the bibliography has a gap there",
        "the bibliography lacks entry 5, printed in 1 marker of the text",
    )


def test_a_list_that_ends_too_early() -> None:
    """Numbers that only the text prints are lost like those that the list skips."""
    cut = PLAIN.model_copy(update={"unresolved": (marker(3, "[13, 14]", (13, 14)), marker(30, "[13]", (13,)))})
    asked_for = ask("What does reference 13 support?", bread(cut))
    assert asked_for.warnings[:2] == (
        "there is no reference 13 here: the bibliography ends at 12",
        "the bibliography lacks entry 13, printed in 2 markers of the text",
    )
    last = ask("What does reference 12 support?", bread(cut))
    assert "the bibliography lacks entry 13: check entry 12 beside the gap against the document" in about(last)


def test_the_last_entry_of_a_list_with_gaps_can_be_asked_for() -> None:
    """A list that lacks one entry still ends where its last number says."""
    answer = ask("What is the title of reference 12?", lacking(4))
    assert answer.status == "answered"
    assert not about(answer, "there is no reference")


def test_what_is_counted_in_a_list_with_gaps_may_be_incomplete() -> None:
    """A question about facts of the list is told what the list lacks."""
    answer = ask("How many references are there?", lacking(4))
    assert "the bibliography lacks entry 4: what is found or counted in it may be incomplete" in answer.warnings


def test_a_number_given_twice_is_told_where_it_is_cited() -> None:
    """Of two entries of one number only one can be shown, which is said."""
    answer = ask(QUESTION, bread(PLAIN.model_copy(update={"duplicates": (5, 9)})))
    twice = about(answer, "more than one entry")
    assert len(twice) == 1
    assert twice[0].startswith("the bibliography has more than one entry of the number 5")


def test_of_several_reviews_the_faulty_one_is_named() -> None:
    """Beside another review the warning says whose list it is."""
    integrity = Integrity(references=11, contiguous=False, missing=(4,), citations=20)
    answer = ask(QUESTION, bread(integrity, without(4), beside=True))
    assert about(answer)[0].startswith(f"the bibliography of “{BREAD_OUTLINE.document.title}” lacks entry 4")


def test_a_sound_document_has_nothing_to_tell() -> None:
    """Without gaps there is no warning of one."""
    outline: Outline = BREAD_OUTLINE
    assert outline.integrity.is_sound
    answer = ask(QUESTION, Shelf([outline], BREAD_PASSAGES, BREAD_REFERENCES))
    assert not about(answer)


def test_a_claim_with_lost_characters_is_warned_of() -> None:
    """A claim that holds characters which the file doesn't tell says so once; other claims don't."""
    claim = Claim(text="A dose \ufffd 2 mg.", passage=LACTIC.id, start=LACTIC.start, end=LACTIC.end)
    sound = claim.model_copy(update={"text": "A dose of 2 mg."})
    homes = {LACTIC.id: LACTIC.document}
    shelf = bread(PLAIN)
    told = gap_warnings(understand(QUESTION, shelf), [claim, sound, claim], homes, shelf)
    assert told == ("a character of the file can't be read, check the document: “A dose \ufffd 2 mg.”",)
