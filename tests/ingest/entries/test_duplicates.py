"""Works printed under two numbers."""

from hypothesis import given
from hypothesis import strategies as st

from evqa.model import Date, Name, Reference
from ingest.entries.duplicates import duplicate_entries


def entry(number: int, title: str = "Salt melts at heat", year: int = 2019, **fields: str) -> Reference:
    """An entry by Doe."""
    issued = Date(date_parts=((year,),))
    return Reference(number=number, title=title, issued=issued, author=(Name(family="Doe"),), raw=title, **fields)


def test_the_same_doi_is_one_work_whatever_its_letters() -> None:
    """Three entries of one DOI give two pairs; capitals don't matter."""
    entries = [entry(n, title=f"Salt number {n} melts", DOI=d) for n, d in enumerate(("10.1/A", "10.1/a", "10.1/a"), 1)]
    assert duplicate_entries(entries) == ((1, 2), (2, 3))


def test_title_year_and_first_author_tell_a_work() -> None:
    """Case and punctuation don't matter; another year does; a title of a word or two doesn't name a work."""
    same = [entry(1), entry(4, title="SALT melts at heat."), entry(5, year=2020)]
    assert duplicate_entries(same) == ((1, 4),)
    assert duplicate_entries([entry(1, title="Salt"), entry(2, title="Salt")]) == ()


def test_identifiers_that_differ_tell_two_works_apart() -> None:
    """Two DOIs under one title are two works; one DOI beside none is still the same."""
    assert duplicate_entries([entry(1, DOI="10.1/a"), entry(2, DOI="10.1/b")]) == ()
    assert duplicate_entries([entry(1, DOI="10.1/a"), entry(2)]) == ((1, 2),)


def test_one_number_given_twice_is_another_defect() -> None:
    """A pair has two numbers."""
    assert duplicate_entries([entry(1, DOI="10.1/a"), entry(1, DOI="10.1/a")]) == ()


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(("a", "b", None))), max_size=12))
def test_pairs_ascend(printed: list[tuple[int, str | None]]) -> None:
    """Whatever is given, pairs are sorted and each begins with its lower number."""
    entries = [Reference(number=n, DOI=doi, title="Salt melts at heat", raw="-") for n, doi in printed]
    pairs = duplicate_entries(entries)
    assert list(pairs) == sorted(set(pairs))
    assert all(one < other for one, other in pairs)
