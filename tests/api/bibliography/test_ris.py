"""RIS, read back."""

from typing import Any

import rispy
from hypothesis import given
from hypothesis import strategies as st

from api.bibliography.ris import JOURNALS, TYPES, ris
from evqa.model import Date, Name, Reference

any_text = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.text("TYERA1 -\n\r;.", min_size=1, max_size=30),
)
names = st.builds(Name, family=any_text, given=st.none() | any_text) | st.builds(Name, literal=any_text)
dates = st.lists(st.integers(1, 12), min_size=0, max_size=2).map(lambda parts: Date(date_parts=((2022, *parts),)))
entries = st.builds(
    Reference,
    number=st.integers(1, 9),
    type=st.sampled_from([*TYPES, "map"]),
    title=st.none() | any_text,
    author=st.lists(names, max_size=3).map(tuple),
    container_title=st.none() | any_text,
    issued=st.none() | dates,
    volume=st.none() | any_text,
    issue=st.none() | any_text,
    page=st.none() | st.from_regex(r"[A-Z]?[0-9]{1,5}([-–][A-Z]?[0-9]{1,5})?", fullmatch=True),
    publisher=st.none() | any_text,
    DOI=st.none() | st.from_regex(r"10\.[0-9]{4}/[A-Za-z0-9()<>;:._/#&~-]{1,20}", fullmatch=True),
    PMID=st.none() | st.from_regex(r"[0-9]{1,8}", fullmatch=True),
    URL=st.none() | st.from_regex(r"https://a\.example/[a-z0-9?&=#%_~;-]{0,20}", fullmatch=True),
    raw=any_text,
)


def line(text: object) -> str:
    """The text on one line."""
    return " ".join(str(text or "").split())


def name_of(name: Name) -> str:
    """A name as RIS has it."""
    return line(name.literal or ", ".join(part for part in (line(name.family), line(name.given)) if part))


def fields_of(reference: Reference) -> dict[str, Any]:
    """What an entry should be read back with; what isn't known has no field."""
    kind = TYPES.get(reference.type, "GEN")
    first, _, last = line(reference.page).replace("–", "-").partition("-")
    parts = reference.issued.date_parts[0] if reference.issued else ()
    address = reference.URL or (f"https://doi.org/{reference.DOI}" if reference.DOI else "")
    found = {
        "id": str(reference.number),
        "title": line(reference.title),
        "journal_name" if kind in JOURNALS else "secondary_title": line(reference.container_title),
        "authors": [written for name in reference.author if (written := name_of(name))],
        "year": str(parts[0]) if parts else "",
        "date": "/".join(f"{part:02}" for part in parts) + "/" * (4 - len(parts)) if len(parts) > 1 else "",
        "volume": line(reference.volume),
        "number": line(reference.issue),
        "start_page": first,
        "end_page": last,
        "publisher": line(reference.publisher),
        "doi": line(reference.DOI),
        "accession_number": line(reference.PMID),
        "urls": [address.replace(";", "%3B")] if address else [],
        "notes": [line(reference.raw)] if line(reference.raw) else [],
    }
    return {"type_of_reference": kind, **{name: value for name, value in found.items() if value}}


@given(st.lists(entries, max_size=4))
def test_every_field_is_read_back(references: list[Reference]) -> None:
    """Whatever characters the entries hold, each is read back, field by field, and what isn't known has no field."""
    assert rispy.loads(ris(references)) == [fields_of(reference) for reference in references]


def test_an_entry_in_full(references: tuple[Reference, ...]) -> None:
    """Authors are separate fields, pages are two, and a semicolon doesn't cut the address."""
    first, second, bare = rispy.loads(ris(references))
    assert first["authors"] == ["van der Berg, J", "Müller-Lüdenscheidt, A"]
    assert (first["start_page"], first["end_page"], first["year"], first["volume"]) == ("1290", "301", "2022", "19")
    assert (first["type_of_reference"], first["journal_name"]) == ("JOUR", "Cell Mol Immunol")
    assert first["doi"] == references[0].DOI
    assert first["date"] == "2022/05//"
    assert len(first["urls"]) == 1
    assert second["authors"] == ["The Cancer Genome Atlas and Friends, Inc."]
    assert second["notes"] == ["2. line one ER - line two"]
    assert set(bare) == {"type_of_reference", "id", "notes"}


def test_records_start_with_their_type(references: tuple[Reference, ...]) -> None:
    """Nothing stands before the first field, and each record ends."""
    written = ris(references)
    assert written.startswith("TY  - JOUR\n")
    assert written.count("\nER  -") == 3
