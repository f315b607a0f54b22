"""Doubts of an audit in exported entries."""

import pytest

from api.bibliography.doubts import with_doubts
from api.bibliography.exporting import EXPORTS
from evqa.model import Reference, Suspect
from tests.evqa.shelf import Shelf

ENTRIES = [
    Reference(number=number, document="d-1", title=f"Spores {number}", raw=f"Fern A. Spores {number}. 2020.")
    for number in (3, 4)
]
SUSPECT = Suspect(start=0, end=9, reference=3, score=0.1, reason="7 fits better", better=(7, 8))


def test_a_doubted_entry_says_so() -> None:
    """The entry that a suspect statement cites carries the reason and the better number, once; others are as before."""
    doubted, sound = with_doubts(ENTRIES, Shelf([], [], [], suspects={"d-1": [SUSPECT, SUSPECT]}))
    assert doubted.raw == f"{ENTRIES[0].raw} Doubt: a statement cites 3, 7 may be meant: 7 fits better."
    assert sound == ENTRIES[1]


def test_a_doubt_without_a_better_number() -> None:
    """Where no entry fits better only the reason is given."""
    alone = SUSPECT.model_copy(update={"better": (), "reason": "out of order"})
    doubted, _ = with_doubts(ENTRIES, Shelf([], [], [], suspects={"d-1": [alone]}))
    assert doubted.raw.endswith("Doubt: a statement cites 3: out of order.")


@pytest.mark.parametrize("form", EXPORTS)
def test_every_export_carries_the_doubt(form: str) -> None:
    """BibTeX, RIS and CSL-JSON give it as part of the note."""
    text = EXPORTS[form].text(with_doubts(ENTRIES, Shelf([], [], [], suspects={"d-1": [SUSPECT]})), ["one", "other"])  # type: ignore[index]
    assert " ".join(text.split()).count("7 may be meant") == 1
