"""Values of replies that anyone may have written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.errors import InputError
from ingest.works.untrusted import abstract, date_of, iso, json_in, paragraphs, plain, pmcid, pmid, text

JATS = (
    "<jats:title>Abstract</jats:title><jats:sec><jats:title>Background</jats:title><jats:p>CO<jats:sub>2</jats:sub>"
    " with\n p&lt;0.05 and x>y &amp; more.</jats:p></jats:sec>"
    "<jats:p>End <jats:tex-math>\\alpha</jats:tex-math>.</jats:p>"
)


def test_markup_becomes_plain_text() -> None:
    """JATS and HTML tags, entities and formulas go; headings stay before their paragraph, and signs as they are."""
    assert paragraphs(JATS) == ["Background: CO2 with p<0.05 and x>y & more.", "End ."]
    assert paragraphs("<h4>Methods</h4>We saw <i>x</i>.<h4>Results</h4>None.") == [
        "Methods: We saw x.",
        "Results: None.",
    ]
    assert plain("A &lt;i&gt;title&lt;/i&gt; where a<b and c>d") == "A title where a<b and c>d"
    assert plain("<script>alert(1)</script>text <!-- remark -->") == "text"


@given(st.text(alphabet="<>/&;!-[]abip \n\x00\u202e\ud800'\"=titlescript", max_size=300))
def test_any_text_ends_as_plain_text(markup: str) -> None:
    """Whatever stands in a field, what comes of it can be printed and stored, and holds no control character."""
    found = plain(markup)
    assert found.encode().decode() == found
    assert not {"\x00", "\n", "\u202e"} & {*found}


@pytest.mark.parametrize("markup", ["<tex-math>" * 40_000, "<title>" * 40_000, "<" * 200_000, "&#x3c;" * 60_000])
def test_hostile_markup_takes_no_time(markup: str) -> None:
    """Tags that never close are looked at once each: the test itself would not end otherwise."""
    assert len(plain(markup)) <= 2_000


def test_sizes_are_bounded() -> None:
    """A field of a million characters is cut, and an abstract to fifty thousand."""
    assert len(text("x" * 1_000_000) or "") == 2_000
    assert len(abstract("word " * 1_000_000) or "") <= 50_000


@pytest.mark.parametrize("value", [None, [], {}, True, "", "  "])
def test_wrong_types_are_nothing(value: object) -> None:
    """What isn't text or a number is no field."""
    assert text(value) is None


def test_dates_are_taken_as_far_as_they_are_sensible() -> None:
    """A month of 13 or a day of 99 ends the date before it; a year of 0 is none."""
    assert date_of(2020, 13).model_dump()["date-parts"] == ((2020,),)  # type: ignore[union-attr]
    assert date_of("2020", "5", "99").model_dump()["date-parts"] == ((2020, 5),)  # type: ignore[union-attr]
    assert date_of(0) is None
    assert iso("2021-03-04T10:00:00Z") == "2021-03-04"
    assert iso({"date-parts": [[2021, 3]]}) == "2021-03"
    assert iso({"date-parts": [[None]]}) is None
    assert iso("2021-99-99") == "2021"


def test_identifiers_are_found_in_addresses() -> None:
    """PMIDs and PMCIDs come bare, in addresses, and in OAI's form."""
    assert pmid("https://pubmed.ncbi.nlm.nih.gov/123") == "123"
    assert pmid("x") is None
    assert pmcid("oai:pubmedcentral.nih.gov:123") == "PMC123"
    assert pmcid("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC45/") == "PMC45"
    assert pmcid("PMCX/../..") is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<!DOCTYPE html><html>", "a web page instead of JSON"),
        (b"\xef\xbb\xbf <html>", "a web page instead of JSON"),
        (b"<?xml version='1.0'?><a/>", "XML instead of JSON"),
        (b'{"a": [1, 2', "no JSON, or cut off"),
        (b"\xff\xfe\x00", "no JSON, or cut off"),
        (b"[" * 100_000, "no JSON, or cut off"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "no JSON, or cut off"),
        (b"1" * 10_000, "no JSON, or cut off"),
        (b"", "no JSON, or cut off"),
    ],
)
def test_what_is_no_json_is_told_in_one_line(data: bytes, reason: str) -> None:
    """Web pages, XML, cut and nested bytes end in one error that names what came."""
    with pytest.raises(InputError, match=reason):
        json_in(data, "crossref")
