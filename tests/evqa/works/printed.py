"""An invented entry, and the record of its work."""

from typing import Any

from evqa.model import Date, Name, Reference
from evqa.works.records import FoundWork

TITLE = "Moisture retention in cushions of forest moss during long dry spells"


def entry(**fields: Any) -> Reference:
    """The entry with other fields; what isn't printed otherwise is printed from the fields."""
    told: dict[str, Any] = {
        "number": 7,
        "title": TITLE,
        "author": (Name(family="Oak", given="A"), Name(family="Alder", given="B")),
        "container_title": "J Moss Res",
        "issued": Date(date_parts=((2008,),)),
        "volume": "46",
        "page": "446-75",
    } | fields
    if "raw" in told:
        return Reference(**told)
    raw = (
        f"{', '.join(f'{name.surname} {name.given}' for name in told['author'])}. {told['title']}. "
        f"{told['container_title']}. {told['issued'].date_parts[0][0]};{told['volume']}:{told['page']}."
    )
    return Reference(raw=raw, **told)


def record(**fields: Any) -> FoundWork:
    """The record of that work with other fields."""
    told: dict[str, Any] = {
        "source": "crossref",
        "title": TITLE,
        "author": (Name(family="Oak", given="Anna"), Name(family="Alder", given="Ben"), Name(family="Elm", given="Cy")),
        "container_title": "Journal of Moss Research",
        "issued": Date(date_parts=((2008, 5),)),
        "volume": "46",
        "page": "446-475",
        "DOI": "10.1000/moss.1",
    }
    return FoundWork(**(told | fields))


def year(number: int) -> Date:
    """A date of which only the year is known."""
    return Date(date_parts=((number,),))
