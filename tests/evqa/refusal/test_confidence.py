"""Confidence from features."""

from hypothesis import given
from hypothesis import strategies as st

from evqa.refusal.confidence import probability, threshold
from evqa.refusal.features import NAMES

VALUES = st.lists(st.floats(0, 1), min_size=len(NAMES), max_size=len(NAMES))


@given(VALUES)
def test_range(values: list[float]) -> None:
    """Any features give a probability, rounded to four places, the same each time."""
    found = probability(values)
    assert 0 <= found <= 1
    assert found == round(found, 4) == probability(values)


@given(st.lists(st.floats(-1e300, 1e300), min_size=len(NAMES), max_size=len(NAMES)))
def test_extremes(values: list[float]) -> None:
    """Not even absurd features leave 0..1."""
    assert 0 <= probability(values) <= 1


@given(VALUES)
def test_conflict_lowers(values: list[float]) -> None:
    """A passage that points the opposite way never makes an answer surer."""
    place = NAMES.index("conflict")
    agreeing, opposed = [*values], [*values]
    agreeing[place], opposed[place] = 0.0, 1.0
    assert probability(opposed) <= probability(agreeing)


def test_threshold() -> None:
    """The threshold lies strictly between never and always."""
    assert 0 < threshold() < 1
