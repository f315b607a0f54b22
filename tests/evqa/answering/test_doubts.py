"""What an answer says of citations that an audit doubts."""

import pytest

from evqa.answer import ask
from evqa.answering.doubts import doubted, warnings
from evqa.model import Claim, Doubt, Home, Suspect
from tests.evqa.invented import BREAD_HOME, BREAD_OUTLINE, BREAD_PASSAGES, BREAD_REFERENCES
from tests.evqa.shelf import Shelf

HOME = Home(id="d-1", title="Winter")
PAPER = Home(id="d-1", title="Winter", kind="paper", reference=3, review="d-0")
TEXT = "Moss survives frost [3]."


def claim(
    start: int = 10, references: tuple[int, ...] = (3,), carried: tuple[int, ...] = (), text: str = TEXT
) -> Claim:
    """A claim of an answer."""
    return Claim(text=text, passage="p-1", start=start, end=start + len(text), references=references, carried=carried)


def suspect(
    start: int = 10, end: int = 10 + len(TEXT), reference: int = 3, better: tuple[int, ...] = (8, 9)
) -> Suspect:
    """What an audit says of the claim."""
    return Suspect(start=start, end=end, reference=reference, score=0.12, reason="why", better=better)


def said(claims: list[Claim], suspects: list[Suspect], home: Home = HOME) -> tuple[str, ...]:
    """The warnings about claims of a document."""
    return warnings(doubted(claims, {"p-1": home}, Shelf([], [], [], {"d-1": suspects})))


def test_a_doubt_stands_with_the_claim_as_a_fact() -> None:
    """The claim in doubt holds the number, its score, the reason and the better entries; another claim holds none."""
    other = claim(start=100)
    found = doubted([claim(), other], {"p-1": HOME}, Shelf([], [], [], {"d-1": [suspect()]}))
    line = f"ref 3 doesn't seem to fit this statement; 8 does: “{TEXT}”"
    doubt = Doubt(reference=3, score=0.12, reason="why", better=(8, 9), warning=line)
    assert found == [claim().model_copy(update={"doubts": (doubt,)}), other]


def test_a_doubt_names_the_number_and_the_better_one() -> None:
    """A claim whose number is suspect is told, with the entry that fits best and the claim's words."""
    assert said([claim()], [suspect()]) == (f"ref 3 doesn't seem to fit this statement; 8 does: “{TEXT}”",)


def test_without_a_better_entry() -> None:
    """Where no entry fits better none is named."""
    assert said([claim()], [suspect(better=())]) == (f"ref 3 doesn't seem to fit this statement: “{TEXT}”",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim(references=(4,)), suspect()),
        (claim(start=100), suspect()),
        (claim(), suspect(start=12)),
        (claim(references=()), suspect()),
    ],
    ids=["another number", "another place", "a part of it", "no number"],
)
def test_other_claims_are_left_alone(one: Claim, other: Suspect) -> None:
    """A suspect elsewhere, or of a number that the claim doesn't print, says nothing of it."""
    assert said([one], [other]) == ()


def test_a_carried_number_is_doubted_too() -> None:
    """A claim to which a suspect number is carried from the next sentence is warned of."""
    found = said([claim(references=(), carried=(3,))], [suspect(end=200)])
    assert [line[:5] for line in found] == ["ref 3"]


def test_each_line_once_and_in_order() -> None:
    """Claims are told in their order, the same line once."""
    other = claim(start=60, references=(5,), text="Slugs avoid salt [5].")
    suspects = [suspect(), suspect(60, 60 + len(other.text), 5, (1,))]
    assert [line[:5] for line in said([other, claim(), claim()], suspects)] == ["ref 5", "ref 3"]


def test_cited_papers_print_other_numbers() -> None:
    """A passage of a cited paper bears the review's number, which no audit of that paper doubts."""
    assert said([claim()], [suspect()], PAPER) == ()


def test_long_statements_are_cut_at_a_word() -> None:
    """Of a long statement as much is shown as tells it, whole words on one line."""
    text = "Moss survives\nfrost and snow and hail and rain and slugs and boots and salt for many years [3]."
    (found,) = said([claim(text=text)], [suspect(end=200)])
    shown = found.split("“")[1].rstrip("”")
    assert shown.endswith(" …")
    assert len(shown) <= 62
    assert " ".join(text.split()).startswith(shown.removesuffix(" …") + " ")


def test_an_answer_warns_and_keeps_the_printed_number() -> None:
    """The answer to a question carries the doubt among its warnings, and its claim the number as printed."""
    passage = next(each for each in BREAD_PASSAGES if each.text.startswith("Lactobacilli"))
    told = suspect(passage.start, passage.end, 5, (9,))
    shelves = [
        Shelf([BREAD_OUTLINE], BREAD_PASSAGES, BREAD_REFERENCES, suspects) for suspects in ({}, {BREAD_HOME.id: [told]})
    ]
    plain, warned = (ask("Which acid do lactobacilli produce?", shelf) for shelf in shelves)
    assert any(each.references == (5,) for each in warned.claims)
    assert [each.model_copy(update={"doubts": ()}) for each in warned.claims] == list(plain.claims)
    assert [(each.references, each.doubts[0].better) for each in warned.claims if each.doubts] == [((5,), (9,))]
    assert [line for line in warned.warnings if line not in plain.warnings] == [
        "ref 5 doesn't seem to fit this statement; 9 does: “Lactobacilli (LAB) produce lactic acid within 8 h [5].”"
    ]
