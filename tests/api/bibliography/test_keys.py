"""Keys of exported entries."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.bibliography.keys import entry_keys
from evqa.model import Date, Name, Reference

entries = st.builds(
    Reference,
    number=st.integers(1, 3),
    document=st.sampled_from([None, "d-1", "d-2"]),
    author=st.sampled_from([(), (Name(family="Clarke"),), (Name(literal="王"),)]),
    title=st.sampled_from([None, "Exercise", "1", "王", "Exercise b"]),
    raw=st.just("x"),
)


def entry(family: str, title: str, year: int | None = 2014, number: int = 1) -> Reference:
    """An entry by one person; without an author if the family name is empty."""
    author = (Name(family=family, given="M"),) if family else ()
    issued = Date(date_parts=((year,),)) if year else None
    return Reference(
        number=number, author=author, title=title or None, issued=issued, raw=f"{number}. {family} {title}"
    )


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        (entry("Clarke", "Exercise in the gut"), "clarke2014exercise"),
        (entry("Müller-Lüdenscheidt", "The β-catenin pathway"), "mullerludenscheidt2014beta"),
        (entry("van der Berg", "IL-6 and its friends"), "vanderberg2014il6"),
        (entry("O'Brien", "What exercise-induced stress does"), "obrien2014exercise"),
        (entry("Sørensen", "50% of A&B"), "sorensen2014ab"),
        (entry("Clarke", "", None), "clarke"),
        (entry("", "On moss", 2001), "moss2001"),
        (entry("", "", 2001), "ref1"),
        (Reference(number=7, author=(Name(literal="The Moss Group"),), title="Moss", raw="x"), "mossmoss"),
        (Reference(number=7, author=(Name(literal="王"),), title="王", raw="x"), "ref7"),
    ],
)
def test_a_key_is_as_people_write_it(reference: Reference, key: str) -> None:
    """Family name, year and first telling word, in plain letters; a number where nothing of it is known."""
    assert entry_keys([reference]) == [key]


@given(st.lists(entries, max_size=8))
def test_keys_are_unique(references: list[Reference]) -> None:
    """Whatever the entries, no two of one export share a key, and each can stand in BibTeX."""
    keys = entry_keys(references)
    assert len(set(keys)) == len(references) == len(keys)
    assert all(key.isascii() and key.isalnum() for key in keys)


@given(st.lists(entries, max_size=5))
def test_an_entry_keeps_its_key_however_few_are_exported(references: list[Reference]) -> None:
    """A part of a bibliography has the keys that its entries have in the whole."""
    told_apart = [each.model_copy(update={"raw": f"{place}"}) for place, each in enumerate(references)]
    whole = dict(zip([each.raw for each in told_apart], entry_keys(told_apart, told_apart), strict=True))
    for few in combinations(told_apart, 2):
        assert entry_keys(few, told_apart) == [whole[each.raw] for each in few]


def test_what_comes_later_gets_the_letter() -> None:
    """The first of two with one name, year and word keeps the plain key."""
    both = [entry("Clarke", "Exercise", number=1), entry("Clarke", "Exercise again", number=2)]
    assert entry_keys(both) == ["clarke2014exercise", "clarke2014exerciseb"]
    assert entry_keys(both[1:], both) == ["clarke2014exerciseb"]
