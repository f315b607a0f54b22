"""Which found work an entry names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.model import Name
from evqa.works.identity import SIGNS, best_match, likeliest, shipped
from evqa.works.records import FoundWork
from tests.evqa.works.printed import TITLE, entry, record, year

ERRATUM = record(title=f"Erratum: {TITLE}", volume="47", page="12", DOI="10.1000/moss.2")
PART = record(title=f"{TITLE}. II", volume="47", page="900-910", issued=year(2009), DOI="10.1000/moss.3")
PREPRINT = record(container_title="bioRxiv", volume=None, page=None, issued=year(2007), DOI="10.1101/1")
NAMESAKE = record(
    author=(Name(family="Fir", given="Z"),),
    container_title="Plant Soil",
    volume="3",
    page="1",
    issued=year(1999),
    DOI="10.1000/soil.1",
)
REPLIES = (ERRATUM, PART, PREPRINT, NAMESAKE)


def test_the_work_is_found_among_those_that_are_near() -> None:
    """Of an erratum, a second part, a preprint, a namesake and the work itself, the work is claimed in any order."""
    for place in range(len(REPLIES) + 1):
        found = (*REPLIES[:place], record(), *REPLIES[place:])
        match = best_match(entry(), found)
        assert match is not None
        assert (match.work.DOI, match.by) == ("10.1000/moss.1", "fields")
        assert match.score > 0.9


@pytest.mark.parametrize("other", REPLIES)
def test_a_work_that_is_only_near_is_not_claimed(other: FoundWork) -> None:
    """Where the work itself isn't found, none of those that are near it is taken for it."""
    assert best_match(entry(), [other]) is None
    assert likeliest(entry(), [other]) is not None


@pytest.mark.parametrize(
    "changed",
    [
        record(title=TITLE.upper()),
        record(title=f"<i>{TITLE}</i>: a field study"),
        record(issued=year(2007)),
        record(page=None),
        record(author=()),
        record(page="1123456"),
        record(volume=None, title=TITLE.replace("Moisture", "Moist&uuml;re")),
    ],
)
def test_a_record_is_claimed_however_databases_write_it(changed: FoundWork) -> None:
    """Capitals, markup, a subtitle, the year of publication online and fields that are missing don't part a work."""
    match = best_match(entry(), [*REPLIES, changed])
    assert match is not None
    assert match.work is changed


@pytest.mark.parametrize("wrong", [{"issued": year(2018)}, {"volume": "64"}, {"page": "644-57"}])
def test_an_entry_with_one_wrong_field_is_still_matched(wrong: dict[str, object]) -> None:
    """An entry whose year, volume or page is misprinted is known by the rest."""
    match = best_match(entry(**wrong), [*REPLIES, record()])
    assert match is not None
    assert match.work.DOI == "10.1000/moss.1"


def test_an_entry_whose_fields_could_not_be_read_is_known_by_its_text() -> None:
    """Where no field but the printed text is known, the text decides."""
    bare = entry(title=None, author=(), container_title=None, issued=None, volume=None, page=None, raw=entry().raw)
    match = best_match(bare, [*REPLIES, record()])
    assert match is not None
    assert match.work.DOI == "10.1000/moss.1"


def test_two_records_of_one_work_do_not_compete() -> None:
    """What two sources know of one work is one candidate; two works that look alike share the probability."""
    alone = likeliest(entry(), [record()])
    again = likeliest(entry(), [record(), record(source="europepmc", DOI=None, PMID="17996351")])
    rival = likeliest(entry(), [record(), record(DOI="10.1000/moss.9")])
    assert alone is not None
    assert again is not None
    assert rival is not None
    assert again.score == pytest.approx(alone.score, abs=0.001)
    assert rival.score == pytest.approx(0.5, abs=0.01)


def test_a_doi_tells_by_what_a_work_is_matched() -> None:
    """An entry that prints its DOI is matched by it, with a higher score."""
    printed = best_match(entry(DOI="https://doi.org/10.1000/MOSS.1"), [record(volume=None, page=None)])
    without = likeliest(entry(), [record(volume=None, page=None)])
    assert printed is not None
    assert without is not None
    assert (printed.by, without.by) == ("doi", "fields")
    assert printed.score > without.score


def test_nothing_found_is_no_match() -> None:
    """Without records there is nothing to claim."""
    assert best_match(entry(), []) is None
    assert likeliest(entry(), []) is None


def test_the_weights_have_the_right_signs() -> None:
    """There is a weight for each sign; what agrees never speaks against a match, what differs never for it."""
    weights = shipped().weights
    assert set(weights) == set(SIGNS)
    assert all(weight >= 0 for name, weight in weights.items() if name.endswith("_same"))
    assert all(weight <= 0 for name, weight in weights.items() if name.endswith("_differs"))


@given(st.permutations([*REPLIES, record()]))
def test_the_order_of_what_is_found_does_not_matter(found: list[FoundWork]) -> None:
    """The same works give the same match, in whatever order sources name them."""
    match = best_match(entry(), found)
    assert match is not None
    assert match.work == record()


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_compared(title: str, raw: str) -> None:
    """Whatever stands in an entry or a record, the score is a probability."""
    match = likeliest(entry(title=title, raw=raw), [record(title=raw, volume=title, page=raw, container_title=title)])
    assert match is not None
    assert 0 <= match.score <= 1
