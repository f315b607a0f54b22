"""Forms that stand in a text."""

from hypothesis import given
from hypothesis import strategies as st

from evqa.language.contained import Contained

LETTERS = st.text("abc", max_size=6)


@given(st.lists(LETTERS, max_size=40), st.text("abc", max_size=12))
def test_as_looked_for_one_by_one(forms: list[str], text: str) -> None:
    """Whether few forms or many: those found are the ones that `in` finds, in the order in which they were given."""
    expected = [place for place, form in enumerate(forms) if form and form in text]
    assert Contained(forms).places(text) == expected
