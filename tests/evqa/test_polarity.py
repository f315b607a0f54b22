"""Questions and passages that point opposite ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.polarity import conflict


@pytest.mark.parametrize(
    ("question", "passage", "opposite"),
    [
        ("Does rye increase glucose?", "Rye lowers glucose.", True),
        ("What inhibits yeast?", "Warmth stimulates yeast.", True),
        ("Which acid up-regulates growth?", "The acid suppresses growth.", True),
        ("What raises glucose?", "White bread elevates glucose.", False),
        ("What reduces glucose?", "Rye raises insulin and lowers glucose.", False),
        ("What is rye?", "Rye lowers glucose.", False),
        ("Which bread has no effect?", "White bread had an effect.", True),
        ("Which bread has no effect?", "White bread had no effect.", False),
        ("Which bread has an effect?", "White bread had no effect.", False),
    ],
)
def test_conflict(question: str, passage: str, opposite: bool) -> None:
    """Only one direction each, and opposite ones, conflict; so does a negation that the passage lacks."""
    assert conflict(question, passage) is opposite


@given(st.text(max_size=100))
def test_agrees_with_itself(text: str) -> None:
    """No text conflicts with itself."""
    assert not conflict(text, text)
