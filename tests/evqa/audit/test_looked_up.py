"""What looked-up works say of a bibliography, in the words of an audit."""

from evqa.audit.bookkeeping import bookkeeping
from evqa.audit.looked_up import looked_up_findings
from evqa.audit.records import Bookkeeping
from evqa.model import Name, Reference
from evqa.works.absence import LookUp
from evqa.works.records import FoundWork
from tests.evqa.citing import TOPICS, cited, title
from tests.evqa.citing import entry as line
from tests.evqa.works.printed import entry, record, year

BOTH = ("crossref", "europepmc")
HERON = record(
    title="Feeding habits of the grey heron",
    author=(Name(family="Fir", given="Z"),),
    volume="1",
    page="2",
    issued=year(1999),
)


def told(of: Reference, *found: FoundWork, failed: tuple[str, ...] = ()) -> list[Bookkeeping]:
    """The findings on one entry."""
    return list(looked_up_findings("d", [of], [LookUp(found=found, answered=BOTH, failed=failed)]))


def test_a_contradiction_is_told_with_both_values_and_the_work() -> None:
    """The printed value, the found one, who has it and of which work."""
    (found,) = told(entry(issued=year(2018)), record())
    assert (found.kind, found.references) == ("contradicted", (7,))
    assert "7 prints the year “2018”, Crossref has “2008”" in found.detail
    assert "doi 10.1000/moss.1" in found.detail


def test_the_doi_of_another_work_is_told_beside_the_work_that_is_meant() -> None:
    """An entry that prints the DOI of a quite different work is told, whether or not its own work is found."""
    other = HERON.model_copy(update={"DOI": "10.1000/heron"})
    for found in ([other], [other, record()]):
        (one,) = told(entry(DOI="10.1000/heron"), *found)
        assert one.kind == "other_work"
        assert "Feeding habits of the grey heron" in one.detail


def test_a_work_that_nobody_knows_is_told_only_if_all_answered() -> None:
    """Two sources that found nothing like it make a finding, one that failed keeps it from being told."""
    (found,) = told(entry(), HERON)
    assert found.kind == "not_found"
    assert "Crossref and Europe PMC" in found.detail
    assert told(entry(), HERON, failed=("openalex",)) == []


def test_an_entry_that_agrees_or_was_not_looked_up_is_left_alone() -> None:
    """Nothing is told of the work as it is printed, nor where nothing was asked."""
    assert told(entry(), record(), HERON) == []
    assert list(looked_up_findings("d", [entry()], [None])) == []


def test_the_bookkeeping_of_an_audit_has_these_findings() -> None:
    """Look-ups in the order of the entries lead to findings under the entries' numbers."""
    lines = [line(number, title(topic)) for number, topic in enumerate(TOPICS[:2], 1)]
    of = cited("## 2 Cold\n\nA is told [1]. B too [2].", lines)
    second = of.entries[1]
    found = FoundWork(
        source="crossref",
        title=second.title,
        author=second.author,
        container_title=second.container_title,
        issued=year((second.year or 0) + 7),
        volume=second.volume,
        page=second.page,
    )
    assert bookkeeping(of) == ()
    (finding,) = bookkeeping(of, (None, LookUp(found=(found,), answered=BOTH)))
    assert (finding.kind, finding.references) == ("contradicted", (2,))
