"""What cited works say, beside the claims that cite them."""

from evqa.answering.verified import with_cited
from evqa.model import CitedSentence, Claim, Home, Verified
from tests.evqa.shelf import Shelf

HOME = Home(id="d-1", title="Winter")
PAPER = Home(id="d-1", title="Winter", kind="paper", reference=3, review="d-0")
TEXT = "Moss survives frost [3]."
SAID = CitedSentence(number=3, level="abstract", text="Moss froze and lived.", score=0.8, verdict="supports")
CLAIM = Claim(text=TEXT, passage="p-1", start=10, end=10 + len(TEXT), references=(3,))


def cited(claim: Claim, *told: Verified, home: Home = HOME) -> tuple[CitedSentence, ...]:
    """What stands beside a claim."""
    shelf = Shelf([], [], [])
    shelf.told = {"d-1": told}
    (found,) = with_cited([claim], {"p-1": home}, shelf)
    return found.cited


def test_a_claim_gets_what_its_works_say() -> None:
    """The sentence of the work under its number stands beside the claim, once."""
    own = Verified(document="d-1", text=TEXT, start=10, end=10 + len(TEXT), cited=SAID)
    assert cited(CLAIM, own, own) == (SAID,)


def test_other_claims_numbers_and_papers_get_nothing() -> None:
    """What was verified elsewhere, or of a number that isn't printed here, stands beside no claim; nor beside a cited
    paper's own words."""
    own = Verified(document="d-1", text=TEXT, start=10, end=10 + len(TEXT), cited=SAID)
    assert cited(CLAIM, own.model_copy(update={"start": 12})) == ()
    assert cited(CLAIM.model_copy(update={"references": (4,)}), own) == ()
    assert cited(CLAIM, own, home=PAPER) == ()


def test_a_carried_number_counts() -> None:
    """A work cited by a later sentence is shown beside the claim that its number is carried to."""
    own = Verified(document="d-1", text=TEXT, start=5, end=200, cited=SAID)
    assert cited(CLAIM.model_copy(update={"references": (), "carried": (3,)}), own) == (SAID,)


def test_the_json_names_only_what_is_known() -> None:
    """A claim without known works has no such field; with one it has the contract's names."""
    assert "cited" not in CLAIM.model_dump()
    told = CLAIM.model_copy(update={"cited": (SAID,)}).model_dump()
    assert told["cited"] == (
        {"number": 3, "level": "abstract", "text": SAID.text, "score": 0.8, "verdict": "supports"},
    )
