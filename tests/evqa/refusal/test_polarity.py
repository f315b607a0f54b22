"""Questions that take the opposite of a passage for granted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.refusal.polarity import conflict, takes_for_granted


@pytest.mark.parametrize(
    ("question", "passage", "opposite"),
    [
        ("Why does rye increase glucose?", "Rye lowers glucose.", True),
        ("What inhibits yeast?", "Warmth stimulates yeast.", True),
        ("Which acid up-regulates growth?", "The acid suppresses growth.", True),
        ("What raises glucose?", "White bread elevates glucose.", False),
        ("What reduces glucose?", "Rye raises insulin and lowers glucose.", False),
        ("What is rye?", "Rye lowers glucose.", False),
        ("What releases the inhibitor?", "Rye raises glucose.", False),
        ("What are blockers of yeast?", "Warmth stimulates yeast.", False),
        ("Which bread leads to lower glucose?", "Rye leads to higher glucose.", True),
        ("Does rye increase glucose?", "Rye lowers glucose.", False),
        ("What does rye do, increase or lower glucose?", "Rye lowers glucose.", False),
        ("Why did 60 g of rye or below improve sleep?", "Rye failed to improve sleep.", True),
        ("Why did rye not improve sleep?", "Rye did not improve sleep.", False),
        ("Who found rye less active in inhibiting yeast?", "Rye was more active in inhibiting yeast.", True),
        ("Who found rye to inhibit yeast?", "Rye was more active in inhibiting yeast.", False),
        ("Rye against wheat: which one raises glucose more?", "Wheat lowers glucose.", False),
    ],
)
def test_conflict(question: str, passage: str, opposite: bool) -> None:
    """Only one direction each, and opposite ones, conflict; yes-or-no questions are answered either way."""
    assert conflict(question, passage) is opposite


def test_asked() -> None:
    """Frame words of the question don't count where the rest is at hand."""
    assert conflict("Which increasing list says what lowers insulin?", "Rye raises insulin.", "lowers insulin")
    assert not conflict("Which increasing list says what lowers insulin?", "Rye raises insulin.")


@pytest.mark.parametrize(
    ("question", "granted"),
    [
        ("Why does rye bind water?", True),
        ("Which acid is formed?", True),
        ("Does rye bind water?", False),
        ("In rye: is water bound?", False),
        ("Who knows whether rye binds water?", False),
        ("rye water binding", False),
    ],
)
def test_takes_for_granted(question: str, granted: bool) -> None:
    """Question words do, yes-or-no questions and key words don't."""
    assert takes_for_granted(question) is granted


@given(st.text(max_size=100))
def test_agrees_with_itself(text: str) -> None:
    """No text conflicts with itself."""
    assert not conflict(text, text)
