"""What is wrong with a list, each kind on a document made for it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.audit.bookkeeping import UNTOLD, bookkeeping
from evqa.audit.records import Bookkeeping, Kind
from evqa.audit.support import Cited
from evqa.model import Unresolved
from tests.evqa.citing import TOPICS, cited, entry, held, on_topics, read_text, table, title

CLEAN = [entry(number, title(topic), doi=f"10.1000/salt.{number}") for number, topic in enumerate(TOPICS[:6], 1)]
EVERY = "A is told [1]. B too [2]. C [3]. D [4]. E [5]. F [6]."


def made(body: str = EVERY, entries: Sequence[str] = CLEAN) -> Cited:
    """A review with this paragraph and list."""
    return cited(f"## 2 Cold\n\n{body}", entries)


def of_kind(of: Cited, kind: Kind) -> list[Bookkeeping]:
    """The findings of one kind; there must be no others."""
    found = bookkeeping(of)
    assert {each.kind for each in found} <= {kind}
    assert {each.document for each in found} <= {of.document.id}
    return list(found)


def replacing(number: int, line: str) -> list[str]:
    """The list with another entry under a number."""
    return [line if place == number else each for place, each in enumerate(CLEAN, start=1)]


def test_a_clean_list() -> None:
    """A list in order, all of it cited, with sound DOIs, has no finding."""
    assert bookkeeping(made()) == ()


def test_never_cited() -> None:
    """Entries that no statement cites are one finding, in words that name them."""
    (found,) = of_kind(made("A is told [1]. B [3]."), "never_cited")
    assert found.references == (2, 4, 5, 6)
    assert found.detail == "no statement cites 2 and 4–6"


def test_an_entry_cited_in_a_table_alone_is_cited() -> None:
    """A number printed in a table counts as cited."""
    body = "\n\n".join(["A is told [1]. B [2]. C [3]. D [4]. E [5].", table("Table 1", [("moss", "[6]")])])
    assert bookkeeping(made(body)) == ()


def test_a_list_that_nothing_cites() -> None:
    """Where no marker is read at all, not every entry is told as never cited."""
    assert bookkeeping(made("Moss is green.")) == ()


def test_out_of_order() -> None:
    """A number cited for the first time before its turn is told with the sentence it stands in."""
    of = made("A is told [1]. B [2]. Now F [6]. C [3]. D [4]. E [5]. F again [6].")
    (found,) = of_kind(of, "out_of_order")
    assert found.references == (6,)
    assert of.document.text[found.start : found.end] == "Now F [6]."
    assert found.detail == "6 is cited here for the first time, before its turn: the list is in order of first citation"


def test_out_of_order_is_told_once() -> None:
    """A number that is cited twice before its turn is told where it is cited first, alone."""
    of = made("A is told [1]. Now F [6]. B [2]. Then F [6]. C [3]. D [4]. E [5]. F again [6].")
    (found,) = of_kind(of, "out_of_order")
    assert of.document.text[found.start : found.end] == "Now F [6]."


def test_out_of_order_names_what_would_be_next() -> None:
    """Where the number stands where another is due that is cited nowhere, that one is named."""
    found = bookkeeping(made("A is told [1]. B [2]. C [6]. D [4]. E [5]. F [6]."))
    assert [(each.kind, each.references) for each in found] == [("never_cited", (3,)), ("out_of_order", (6,))]
    assert "where 3 would be next" in found[1].detail


def test_a_list_by_the_alphabet_is_no_disorder() -> None:
    """A list in another order than that of citation has no number out of order."""
    assert bookkeeping(on_topics(8, [5, 2, 8, 1, 7, 4, 3, 6])) == ()


def test_one_work_under_two_numbers() -> None:
    """Two entries of one work are told with both numbers and its title."""
    again = CLEAN[1].replace("2. Oak", "6. Oak", 1)
    (found,) = of_kind(made(entries=replacing(6, again)), "duplicate")
    assert found.references == (2, 6)
    assert "Basalt and otter" in found.detail


def test_a_gap_in_the_numbering() -> None:
    """A number that the list leaves out is told."""
    found = bookkeeping(made("A is told [1]. B [2]. C [4]. D [5]. E [6].", [*CLEAN[:2], *CLEAN[3:]]))
    assert [(each.kind, each.references) for each in found] == [("numbering", (3,))]
    assert found[0].detail == "the list has no entry 3, but later ones"


def test_a_number_twice() -> None:
    """A number that two entries bear is told."""
    of = made()
    integrity = of.document.integrity.model_copy(update={"duplicates": (4,)})
    twice = of._replace(document=of.document.model_copy(update={"integrity": integrity}))
    (found,) = of_kind(twice, "numbering")
    assert found.references == (4,)
    assert found.detail == "the list gives more than one entry the number 4"


def test_a_marker_beyond_the_list() -> None:
    """A marker for a number that the list doesn't reach is told with its place and number."""
    of = made(f"{EVERY} G [9].")
    (found,) = of_kind(of, "beyond_list")
    assert found.references == (9,)
    assert of.document.text[found.start : found.end] == "[9]"
    assert found.detail.startswith("[9] cites 9: ")


AUTHOR_YEAR = """# Winter

## Findings

Salt melts (Adams and Brown, 2010; Adams, 2012). Heat is known (Brown et al., 2015). So it is (Foo et al., 1999).

## References

Adams, J., & Brown, K. (2010). Salt in food. Journal of Salt, 12(3), 45–67.

Adams, J. (2012). More salt. Salt Press, Oslo.

Brown, K., Clark, L., & Davis, M. (2015). Heat. Nature, 5, 6–7.
"""


def test_a_marker_by_author_and_year_that_leads_nowhere() -> None:
    """It misses an entry, but no number: it is told with its place and the reader's reason, and nothing fails."""
    of = held(read_text(AUTHOR_YEAR))
    (found,) = of_kind(of, "beyond_list")
    assert found.references == ()
    assert of.document.text[found.start : found.end] == "(Foo et al., 1999)"
    assert found.detail == f"(Foo et al., 1999): {of.document.integrity.unresolved[0].reason}"


def test_a_range_that_runs_backwards_over_known_entries() -> None:
    """Its entries can't be told although each of them is in the list: no number is missing, and that is said."""
    of = made(f"{EVERY} G [5-2].")
    (found,) = of_kind(of, "beyond_list")
    assert (found.references, found.detail) == ((), "[5-2]: the range runs backwards: its entries can't be told")


MISSING = st.lists(st.integers(min_value=0, max_value=9999), max_size=5).map(tuple)


@given(marker=st.text(max_size=20), missing=MISSING, reason=st.sampled_from(("", "the bibliography has no entry 9")))
def test_every_unresolved_marker_is_told_in_words(marker: str, missing: tuple[int, ...], reason: str) -> None:
    """Whatever a reader says of a marker, with missing numbers or none, it is one finding that says why."""
    of = made()
    lost = Unresolved(marker=marker, start=0, end=1, missing=missing, reason=reason)
    integrity = of.document.integrity.model_copy(update={"unresolved": (lost,)})
    (found,) = of_kind(of._replace(document=of.document.model_copy(update={"integrity": integrity})), "beyond_list")
    assert found.references == missing
    before, _, why = found.detail.rpartition(f": {reason or UNTOLD}")
    assert (before.startswith(marker or "a marker"), why) == (True, "")
    assert (" cites " in before.removeprefix(marker)) is bool(missing)


PRINTED = ("[2]", "[6, 97]", "[97]", "[5-2]", "[9-7]", "[0]", "[2-999]", "(Oak, 2001)", "(Foo et al., 1999)", "[x]")


@given(st.lists(st.sampled_from(PRINTED), max_size=8))
def test_each_marker_that_reading_leaves_unresolved_is_a_finding(markers: list[str]) -> None:
    """Whatever a text prints, each marker that its reader couldn't resolve is told at its place, with the reason."""
    of = made(" ".join([EVERY, *(f"Then {marker}." for marker in markers)]))
    lost = of.document.integrity.unresolved
    found = [each for each in bookkeeping(of) if each.kind == "beyond_list"]
    assert [(each.start, each.end, each.references) for each in found] == [(u.start, u.end, u.missing) for u in lost]
    assert all(each.detail.endswith(u.reason) and u.reason for each, u in zip(found, lost, strict=True))


def with_entry(**fields: object) -> Cited:
    """A clean review whose second entry has other fields, as a reader may hand them on."""
    of = made()
    second = of.entries[1].model_copy(update=fields)
    references = (of.entries[0], second, *of.entries[2:])
    return of._replace(document=of.document.model_copy(update={"references": references}))


def test_a_malformed_doi() -> None:
    """What can't be a DOI is told as printed."""
    (found,) = of_kind(with_entry(DOI="10.1211.jpp/62.02.0013"), "malformed_doi")
    assert (found.references, found.detail) == ((2,), "2 prints what is no DOI: 10.1211.jpp/62.02.0013")


def test_a_doi_that_reading_mended_or_dropped() -> None:
    """What is printed counts: a DOI that is none, left out when the entry was read, and two addresses in one."""
    raw = with_entry().entries[1].raw.replace("10.1000/salt.2", "{}")
    (found,) = of_kind(with_entry(DOI=None, raw=raw.format("10.9/salt")), "malformed_doi")
    assert found.detail == "2 prints what is no DOI: 10.9/salt"
    twice = f"{raw.format('10.1000/salt.2')} https://doi.org/https://doi.org/10.1000/salt.2"
    (found,) = of_kind(with_entry(raw=twice), "doubled_doi")
    assert found.references == (2,)


def test_one_doi_for_two_works() -> None:
    """Where titles have little in common the DOI is told, with both of them."""
    of = with_entry(DOI="10.1000/salt.1", title="Zinc in lichens")
    integrity = of.document.integrity.model_copy(update={"duplicate_entries": ((1, 2),)})
    (found,) = of_kind(of._replace(document=of.document.model_copy(update={"integrity": integrity})), "duplicate")
    assert found.detail.startswith("1 and 2 print the same DOI, 10.1000/salt.1, for “")
    assert "“Zinc in lichens”" in found.detail


def test_a_doubled_doi() -> None:
    """Two DOIs in one are told as such, and not as malformed, too."""
    (found,) = of_kind(with_entry(DOI="10.1000/salt.210.1000/salt.3"), "doubled_doi")
    assert found.references == (2,)


@pytest.mark.parametrize(("year", "is_told"), [(2010, True), (2011, False), (2013, False), (2014, True)])
def test_a_year_that_its_doi_denies(year: int, is_told: bool) -> None:
    """An article may be printed up to two years after the year in its DOI, and never before it."""
    issued = with_entry().entries[0].issued
    assert issued is not None
    of = with_entry(DOI="10.1016/j.cell.2011.02.013", issued=issued.model_copy(update={"date_parts": ((year,),)}))
    found = of_kind(of, "year_conflict")
    assert [each.references for each in found] == [(2,)] * is_told
    assert all(f"year {year}" in each.detail and "of 2011" in each.detail for each in found)


@pytest.mark.parametrize(
    ("volume", "is_told"), [("8", False), ("9", True), ("8 Suppl 1", False), (None, False), ("²", False)]
)
def test_a_volume_that_its_doi_denies(volume: str | None, is_told: bool) -> None:
    """A printed volume that isn't that of the DOI is told; one that is no number is left alone."""
    found = of_kind(with_entry(DOI="10.3390/cells8070727", volume=volume), "volume_conflict")
    assert [each.references for each in found] == [(2,)] * is_told


def test_a_claim_without_citation() -> None:
    """A sentence that tells what studies found and cites nothing is told with its place and words."""
    claim = "Several studies have shown that frost harms lichen."
    of = cited(f"## 2 Cold\n\n{EVERY}\n\n{claim}", CLEAN)
    (found,) = of_kind(of, "uncited_claim")
    assert of.document.text[found.start : found.end] == claim
    assert (found.references, claim in found.detail) == ((), True)
