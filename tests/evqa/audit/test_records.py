"""What an audit says, as records."""

import pytest
from pydantic import ValidationError

from evqa.audit.records import Audit, AuditedStatement, Better, Pair, Verdict
from evqa.model import Suspect


def pair(verdict: Verdict = "suspect", carried_from: int | None = None) -> Pair:
    """A pair of a statement at 20 to 30."""
    return Pair(
        document="d-1",
        statement=AuditedStatement(text="Moss [3].", start=20, end=30, carried_from=carried_from, where="text"),
        reference=3,
        score=0.1,
        verdict=verdict,
        reason="why",
        better=(Better(number=8, score=0.9), Better(number=9, score=0.8)),
    )


def test_suspects_are_the_pairs_called_so() -> None:
    """Of all pairs those called suspect, with their better entries in order."""
    found = Audit(pairs=(pair("fits"), pair(), pair("cannot_tell"))).suspects
    assert found == (Suspect(start=20, end=30, reference=3, score=0.1, reason="why", better=(8, 9)),)


def test_a_suspect_begins_where_its_number_is_carried_to() -> None:
    """A suspect covers the sentences before it to which its number is carried, from the very beginning of the text."""
    assert [each.start for each in Audit(pairs=(pair(carried_from=5), pair(carried_from=0))).suspects] == [5, 0]


def test_an_audit_survives_json() -> None:
    """An audit read from its own JSON is the same."""
    found = Audit(pairs=(pair(),))
    assert Audit.model_validate_json(found.model_dump_json()) == found


def test_scores_are_shares() -> None:
    """A score outside 0..1 is refused."""
    with pytest.raises(ValidationError, match="less than or equal to 1"):
        Better(number=1, score=1.1)
