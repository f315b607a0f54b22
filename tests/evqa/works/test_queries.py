"""What sources are asked for."""

from hypothesis import given
from hypothesis import strategies as st

from evqa.works.queries import LONGEST, query_of
from tests.evqa.works.printed import TITLE, entry


def test_an_entry_is_asked_for_by_its_fields() -> None:
    """Crossref gets all that tells the work, Europe PMC title and author in its language, OpenAlex the title."""
    query = query_of(entry())
    assert query.crossref == f"{TITLE} Oak J Moss Res 2008 46 446-75"
    assert query.europepmc[0] == f'TITLE:"{TITLE}" AND AUTH:"Oak"'
    assert query.openalex == TITLE


def test_no_query_is_narrowed_by_a_field_that_may_be_misprinted() -> None:
    """Only title and first author narrow a query, and the last one only words of the title."""
    *_, loosest = query_of(entry()).europepmc
    assert "Oak" not in loosest
    assert all("2008" not in each and "46" not in each for each in query_of(entry()).europepmc)


def test_an_entry_without_a_title_is_asked_for_as_printed() -> None:
    """The printed text is asked for, without identifiers."""
    bare = entry(title=None, raw="Oak A. Mosses. 2008. doi:10.1000/moss.1 PMID: 123456")
    assert query_of(bare).crossref == "Oak A. Mosses. 2008."


@given(st.text(max_size=2000))
def test_no_title_breaks_a_query(title: str) -> None:
    """Whatever a title holds, a query is one line, not too long, and quotation marks stand around values only."""
    query = query_of(entry(title=title, raw=title))
    for each in (query.crossref, query.openalex, *query.europepmc):
        assert "\n" not in each
        assert len(each) <= 2 * LONGEST
    assert all(each.count('"') in (0, 2, 4) and "\\" not in each for each in query.europepmc)
