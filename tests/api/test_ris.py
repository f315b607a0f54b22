"""RIS, read back."""

import rispy
from hypothesis import given
from hypothesis import strategies as st

from api.ris import ris
from evqa.model import Name, Reference

any_text = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.text("TYERA1 -\n\r;.", min_size=1, max_size=30),
)
names = st.builds(Name, family=any_text, given=st.none() | any_text) | st.builds(Name, literal=any_text)
entries = st.builds(
    Reference,
    number=st.integers(1, 9),
    type=st.sampled_from(["article-journal", "book", "chapter", "webpage", "map"]),
    title=st.none() | any_text,
    author=st.lists(names, max_size=3).map(tuple),
    container_title=st.none() | any_text,
    page=st.none() | any_text,
    URL=st.none() | any_text,
    raw=any_text,
)


def line(text: str | None) -> str:
    """The text on one line."""
    return " ".join((text or "").split())


@given(st.lists(entries, max_size=4))
def test_no_entry_is_lost(references: list[Reference]) -> None:
    """Whatever characters the entries hold, each is read back under its number with title and printed entry."""
    read = rispy.loads(ris(references))
    assert [record["id"] for record in read] == [str(reference.number) for reference in references]
    assert [record.get("title", "") for record in read] == [line(reference.title) for reference in references]
    assert [record.get("notes", [""]) for record in read] == [[line(reference.raw)] for reference in references]


def test_an_entry_in_full(references: tuple[Reference, ...]) -> None:
    """Authors are separate fields, pages are two, and a semicolon doesn't cut the address."""
    first, second, bare = rispy.loads(ris(references))
    assert first["authors"] == ["van der Berg, J", "Müller-Lüdenscheidt, A"]
    assert (first["start_page"], first["end_page"], first["year"], first["volume"]) == ("1290", "301", "2022", "19")
    assert (first["type_of_reference"], first["journal_name"]) == ("JOUR", "Cell Mol Immunol")
    assert first["doi"] == references[0].DOI
    assert len(first["urls"]) == 1
    assert second["authors"] == ["The Cancer Genome Atlas and Friends, Inc."]
    assert second["notes"] == ["2. line one ER - line two"]
    assert set(bare) == {"type_of_reference", "id", "notes"}


def test_records_start_with_their_type(references: tuple[Reference, ...]) -> None:
    """Nothing stands before the first field, and each record ends."""
    written = ris(references)
    assert written.startswith("TY  - JOUR\n")
    assert written.count("\nER  -") == 3
