"""The records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evqa.model import Date, Integrity, Name, Passage, RankedPassage, Reference, Unresolved
from tests.evqa.invented import BREAD_OUTLINE, BREAD_PASSAGES, BREAD_REFERENCES


def test_frozen() -> None:
    """A record can't be changed, and refuses fields that it doesn't know."""
    with pytest.raises(ValidationError, match="frozen"):
        BREAD_REFERENCES[0].number = 2  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        Name.model_validate({"family": "Long", "nickname": "L"})


def test_csl_names() -> None:
    """JSON carries the CSL-JSON names and leaves out what isn't known."""
    entry = Reference(number=1, container_title="Nature", issued=Date(date_parts=((1996, 5),)), raw="r")
    assert entry.model_dump(mode="json") == {
        "number": 1,
        "type": "article-journal",
        "container-title": "Nature",
        "issued": {"date-parts": [[1996, 5]]},
        "raw": "r",
    }


@pytest.mark.parametrize("record", [*BREAD_REFERENCES, *BREAD_PASSAGES, BREAD_OUTLINE])
def test_json_round_trip(record: Reference) -> None:
    """What a record writes as JSON it reads back."""
    assert type(record).model_validate_json(record.model_dump_json()) == record


def test_number() -> None:
    """References are numbered from 1."""
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        Reference(number=0, raw="r")


def test_year() -> None:
    """The year is the first part of the date; unknown without one."""
    assert BREAD_REFERENCES[0].year == 1998
    assert Reference(number=1, raw="r").year is None


@given(st.booleans(), st.booleans(), st.booleans())
def test_soundness(contiguous: bool, doubled: bool, unresolved: bool) -> None:
    """A gap, a duplicate or an unresolved marker makes a document unsound."""
    loose = (Unresolved(marker="(97)", start=0, end=4, missing=(97,), reason="beyond"),) * unresolved
    integrity = Integrity(references=3, contiguous=contiguous, citations=0, duplicates=(2,) * doubled, unresolved=loose)
    assert integrity.is_sound == (contiguous and not doubled and not unresolved)


def test_indexed_text_stays_inside() -> None:
    """A passage in an answer doesn't show the text made for the indexes."""
    passage: Passage = BREAD_PASSAGES[0]
    ranked = RankedPassage(**dict(passage), rank=1, score=0.5)
    assert "indexed" in passage.model_dump()
    assert "indexed" not in ranked.model_dump()
