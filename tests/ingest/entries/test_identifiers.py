"""DOI, PMID and address."""

import pytest

from ingest.entries.identifiers import identifiers, without_identifiers


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("https://doi.org/10.1 000/salt.2015.99.", "10.1000/salt.2015.99"),
        ("https://doi.org/1 0.1000/salt.14091.", "10.1000/salt.14091"),
        ("https://doi.org/10.1000/01.SLT. 0000059988.22416.F2.", "10.1000/01.SLT.0000059988.22416.F2"),
        ("doi: 10.1000/j. salt. 2018.05.012 PMID: 1234567", "10.1000/j.salt.2018.05.012"),
        ("https:// doi.org/10.1000/S0166-4328(01)00365-5.", "10.1000/S0166-4328(01)00365-5"),
        ("https://doi.org/10.1000/S1470-204 5(18)30700-9.", "10.1000/S1470-2045(18)30700-9"),
        ("https://doi.org/10.1000/salt oncol.2019.0393.", "10.1000/saltoncol.2019.0393"),
        ("https://doi.org/10.1000/s12885-01 5-1373-z PMID: 25957784", "10.1000/s12885-015-1373-z"),
        ("doi: 10.1000/ab12. 2018 Jan", "10.1000/ab12"),
        ("doi: 10.1000/ab12 25957784", "10.1000/ab12"),
        ("doi:10.1000/ab12. Epub 2018 Jan 3.", "10.1000/ab12"),
    ],
)
def test_dois_broken_at_line_ends_are_mended(printed: str, doi: str) -> None:
    """A space inside goes where what stands before it can't be whole; what follows a whole one stays apart."""
    assert identifiers(f"Doe A. Salt melts. J Salt. 2019;1:2. {printed}", [])[0] == doi


def test_pmid_and_address() -> None:
    """PMID in both spellings, never a PMCID; an address is put together behind a slash."""
    assert identifiers("Salt. PubMed PMID: 12345678; PMCID: PMC7654321.", [])[1] == "12345678"
    assert identifiers("Salt. PMCID: PMC7654321.", [])[1] is None
    assert identifiers("Salt. https://salt.org/a/ b-c/d.", [])[2] == "https://salt.org/a/b-c/d"


@pytest.mark.parametrize(
    "tail",
    [
        " doi: 10.1000/x",
        " Available from: http://s.org",
        " [CrossRef] [PubMed]",
        " PMID: 12345678",
        " Accessed May 1, 2020",
    ],
)
def test_the_tail_is_cut(tail: str) -> None:
    """Identifiers, addresses, links and dates of access are no part of title or source."""
    assert without_identifiers(f"Salt. J Salt. 2019;1:2.{tail}") == "Salt. J Salt. 2019;1:2"
