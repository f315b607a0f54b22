"""Entries without their DOIs, and faults put into them."""

import random

import pytest

from eval.identifying.entries import (
    FAULTS,
    SWAPPED,
    Known,
    altered,
    as_printed,
    is_fitted_on,
    known,
    without_identifiers,
)
from evqa.model import Name
from tests.evqa.works.printed import entry, year

OTHER = entry(
    title="Feeding habits of the grey heron along rivers",
    author=(Name(family="Fir", given="Z"),),
    container_title="Plant Soil",
    issued=year(1999),
)


@pytest.mark.parametrize("tail", ["doi: 10.1000/moss.1", "https://doi.org/10.1000/moss.1", "doi:10.1000/a PMID: 12345"])
def test_no_identifier_is_left(tail: str) -> None:
    """Neither the fields nor the text of an entry tell its DOI, PMID or address."""
    bare = without_identifiers(entry(DOI="10.1000/moss.1", PMID="12345", raw=f"{entry().raw} {tail}"))
    assert (bare.DOI, bare.PMID, bare.URL) == (None, None, None)
    assert bare.raw == entry().raw


def test_an_entry_with_a_doi_is_read_twice() -> None:
    """As it is tagged and from its text; entries without a DOI, and articles that aren't kept, give none."""
    bibliographies = {"one": (entry(DOI="10.1000/Moss.1"), entry(number=8)), "two": (entry(DOI="10.1000/b"),)}
    found = list(known(bibliographies, lambda article: article == "one"))
    assert [(each.article, each.doi, each.reading) for each in found] == [
        ("one", "10.1000/moss.1", "tagged"),
        ("one", "10.1000/moss.1", "printed"),
    ]
    assert found[1].entry.title == entry().title


def test_articles_are_halved_by_name() -> None:
    """The half of an article depends on nothing but its name, and both halves are of a size."""
    names = [f"PMC{number}" for number in range(400)]
    fitted = [name for name in names if is_fitted_on(name)]
    assert fitted == [name for name in names if is_fitted_on(name)]
    assert 150 < len(fitted) < 250


@pytest.mark.parametrize("fault", [*FAULTS, SWAPPED])
@pytest.mark.parametrize("reading", ["tagged", "printed"])
def test_a_fault_changes_one_field_and_the_text(fault: str, reading: str) -> None:
    """The wrong value stands in the field and in the text, and no other field changes."""
    one = Known("one", "10.1000/moss.1", reading, as_printed(entry()) if reading == "printed" else entry())
    wrong = altered(one, fault, [OTHER], random.Random(1))
    assert wrong is not None
    before, after = one.entry.model_dump(exclude={"start", "end"}), wrong.entry.model_dump(exclude={"start", "end"})
    field = {"year": "issued", "journal": "container-title", SWAPPED: "title"}.get(fault, fault)
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {field, "raw"}


def test_a_field_that_is_not_printed_once_is_left_alone() -> None:
    """Nothing is altered that the entry doesn't print, or prints twice."""
    chance = random.Random(1)
    assert altered(Known("one", "x", "tagged", entry(volume=None, raw="Oak A.")), "volume", [OTHER], chance) is None
    twice = entry(volume="46", page="46-50")
    assert altered(Known("one", "x", "tagged", twice), "volume", [OTHER], chance) is None
