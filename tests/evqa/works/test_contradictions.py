"""Which printed fields the record of a work contradicts."""

from typing import Any

import pytest

from evqa.model import Name
from evqa.works.contradictions import Contradiction, contradictions
from evqa.works.records import FoundWork
from tests.evqa.works.printed import TITLE, entry, record, year


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"issued": year(2018)}, ("year", "2018", "2008")),
        ({"volume": "64"}, ("volume", "64", "46")),
        ({"page": "644-57"}, ("page", "644-57", "446-475")),
        ({"title": TITLE.replace("forest", "desert")}, ("title", TITLE.replace("forest", "desert"), TITLE)),
        ({"author": (Name(family="Birch", given="A"),)}, ("author", "Birch", "Oak")),
        ({"container_title": "Plant Soil"}, ("journal", "Plant Soil", "Journal of Moss Research")),
    ],
)
def test_a_wrong_field_is_told_with_both_values(wrong: dict[str, Any], told: tuple[str, str, str]) -> None:
    """Exactly the field that is wrong is told, as printed and as found."""
    field, printed, found = told
    expected = Contradiction.model_validate({"field": field, "printed": printed, "found": found})
    assert contradictions(entry(**wrong), record()) == (expected,)


@pytest.mark.parametrize(
    "changed",
    [
        record(),
        record(issued=year(2007)),
        record(issued=year(2009)),
        record(page="446", volume="046"),
        record(page="e1000639"),
        record(page="1123456"),
        record(title=TITLE.upper()),
        record(title=f"{TITLE}: a field study of many years"),
        record(title=f"<b>{TITLE.replace('during', 'in')}</b>*"),
        record(title=TITLE.replace("Moisture", "Moistere")),
        record(title="Feuchtigkeit in Polstern von Waldmoosen"),
        record(author=()),
        record(author=(Name(family="van den Oak", given="A"),)),
        record(author=(Name(family="Alder", given="B"), Name(family="Oak", given="A"))),
        record(author=(Name(literal="The Moss Group"),)),
        record(container_title=None, volume=None, page=None, issued=None),
    ],
)
def test_what_databases_write_otherwise_is_no_contradiction(changed: FoundWork) -> None:
    """The year of publication online, other forms of pages and names, markup, subtitles, misprints and translations."""
    assert contradictions(entry(), changed) == ()


def test_quite_another_title_is_told_if_both_are_english() -> None:
    """A work may be printed under a translated title, but not under that of another work."""
    other = "Feeding habits of the grey heron along rivers"
    assert [each.field for each in contradictions(entry(), record(title=other))] == ["title"]
    assert contradictions(entry(), record(title="Nahrung und Verhalten des Graureihers")) == ()


def test_a_value_that_is_printed_elsewhere_in_the_entry_is_not_contradicted() -> None:
    """An entry may have been read wrongly: what the record says stands in its text."""
    misread = entry(volume="75", issued=year(1998), page="46", raw=entry().raw)
    assert contradictions(misread, record()) == ()


def test_a_field_in_which_any_record_agrees_is_not_contradicted() -> None:
    """Sources may differ: where one has what is printed, nothing is told."""
    other = record(source="europepmc", issued=year(2018))
    assert contradictions(entry(issued=year(2018)), record(), [other]) == ()
    assert contradictions(entry(issued=year(2018)), record(), [record(source="europepmc")]) != ()
