"""Quotations changed as word processors do."""

from random import Random

import pytest

from eval.misquoting.alterations import KINDS, altered
from eval.misquoting.typography import CHANGES, changed

TEXT = (
    "In 2004 “efficient” filters were not used by 12500 of the well-known laboratories (12, 13), 3.5 years before that."
)


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_each_change_changes_something(name: str) -> None:
    """Every kind of change changes a text that has all that it looks for."""
    text = TEXT.replace("2004", "May") if name == "separators" else TEXT
    assert any(CHANGES[name](text, Random(seed)) != text for seed in range(5))


def test_the_same_seed_gives_the_same_text() -> None:
    """Changes and alterations can be repeated, and alterations of every kind are made."""
    assert changed(TEXT, Random(3)) == changed(TEXT, Random(3))
    made = [altered(TEXT, ["banana"], Random(seed)) for seed in range(30)]
    assert {each.kind for each in made} == set(KINDS)
    assert all(each.text != TEXT for each in made)
