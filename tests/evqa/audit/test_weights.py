"""The weights of an audit, and which of them are in use."""

import json
from importlib.resources import files

import pytest
from pydantic import ValidationError

from evqa.audit.grounds import SIGNS as RUN_SIGNS
from evqa.audit.pair_signs import SIGNS as PAIR_SIGNS
from evqa.audit.support import SIGNS as SUPPORT_SIGNS
from evqa.audit.weights import (
    AuditWeights,
    PairWeights,
    RunWeights,
    SupportWeights,
    audit_weights,
    auditing_with,
    shipped,
)


def test_every_sign_has_a_weight() -> None:
    """The models name one weight for each sign and a bias, no others."""
    assert set(SupportWeights.model_fields) == {"bias", *SUPPORT_SIGNS}
    assert set(PairWeights.model_fields) == {"bias", *PAIR_SIGNS}
    assert set(RunWeights.model_fields) == {"bias", "told", *RUN_SIGNS}


def test_the_shipped_weights_are_those_of_the_file() -> None:
    """What comes with the product is read from its file, number for number."""
    stored = json.loads((files("evqa.audit") / "weights.json").read_text(encoding="utf-8"))
    assert shipped().model_dump() == {name: stored[name] for name in AuditWeights.model_fields}


def test_signs_of_support_speak_for_it() -> None:
    """No fitted sign of support counts against an entry, and order out of turn counts against a number."""
    support, pair = shipped().support, shipped().pair
    assert all(getattr(support, sign) > 0 for sign in SUPPORT_SIGNS)
    assert max(pair.early, pair.astray, pair.gap, pair.rivals) < 0 < pair.support


def test_others_are_in_use_inside_alone() -> None:
    """Other weights are used as long as asked for, one in the other, and after an error the shipped ones again."""
    first, second = (
        shipped().model_copy(update={"verdict": shipped().verdict.model_copy(update={"suspect": bound})})
        for bound in (1.5, 2.5)
    )
    with auditing_with(first):
        with auditing_with(second):
            assert audit_weights() is second
        assert audit_weights() is first
    assert audit_weights() is shipped()
    with pytest.raises(RuntimeError, match="stop"), auditing_with(first):
        raise RuntimeError("stop")
    assert audit_weights() is shipped()


def test_a_slope_that_turns_the_bound_round_is_refused() -> None:
    """A slope must be positive, or a rival would speak for a number."""
    with pytest.raises(ValidationError, match="greater than 0"):
        AuditWeights.model_validate(shipped().model_dump() | {"verdict": shipped().verdict.model_dump() | {"slope": 0}})
