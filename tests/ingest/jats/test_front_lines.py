"""Lines and statements of a JATS title page that people ask about."""

from ingest.passages import passages
from tests.ingest.jatsmade import article, reading

TITLE = "<title-group><article-title>A review of salt</article-title></title-group>"
ANN = (
    '<contrib contrib-type="author" corresp="yes"><name><surname>Doe</surname><given-names>Ann</given-names></name>'
    '<role>Methodology</role><xref ref-type="corresp" rid="c1">*</xref></contrib>'
)


def lines(meta: str, back: str = "") -> list[tuple[str, str]]:
    """Section and text of the passages that aren't of the text itself, nor the title; their offsets hold."""
    document = reading(article("<p>Salt melts.</p>", back=back, meta=TITLE + meta))
    found = passages(document)
    assert all(document.text[p.start : p.end] == p.text for p in found)
    return [
        (p.section.title if p.section else "", p.text)
        for p in found
        if p.text not in ("Salt melts.", "A review of salt")
    ]


def test_the_corresponding_author_is_named() -> None:
    """A note that gives an address alone gets the name of who refers to it, and loses its sign."""
    notes = '<author-notes><corresp id="c1"><sup>a</sup><email>ann@salt.org</email></corresp></author-notes>'
    found = lines(f"<contrib-group>{ANN}</contrib-group>{notes}")
    assert ("Correspondence", "Ann Doe: ann@salt.org") in found
    assert ("Author contributions", "Ann Doe: Methodology") in found


def test_an_address_of_an_author_is_correspondence() -> None:
    """An e-mail address that only stands with the author is found."""
    ann = ANN.replace("</contrib>", "<address><email>ann@salt.org</email></address></contrib>")
    assert ("Correspondence", "Ann Doe, ann@salt.org") in lines(f"<contrib-group>{ann}</contrib-group>")


def test_dates_make_a_line() -> None:
    """Dates are written as journals print them."""
    date = "<day>{}</day><month>{}</month><year>2019</year>"
    history = (
        f'<pub-date pub-type="epub">{date.format(9, 5)}</pub-date><history><date date-type="received">'
        f'{date.format("03", "03")}</date><date date-type="accepted">{date.format(5, 5)}</date></history>'
    )
    assert ("History", "Received 3 March 2019; accepted 5 May 2019; published 9 May 2019") in lines(history)


def test_the_licence_is_found() -> None:
    """Terms are a passage, and so is the licence's address where they don't print it."""
    terms = (
        '<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/">'
        "<license-p>This is open.</license-p></license></permissions>"
    )
    found = lines(terms)
    assert [text for name, text in found if name == "Licence"] == [
        "This is open.",
        "https://creativecommons.org/licenses/by/4.0/",
    ]


def test_statements_of_the_title_page_are_sections() -> None:
    """Funding and interests that are tagged with the title page become sections under their usual names."""
    meta = (
        '<author-notes><fn fn-type="COI-statement"><p>There are none.</p></fn></author-notes>'
        "<funding-group><funding-statement>The Salt Fund paid.</funding-statement></funding-group>"
    )
    assert lines(meta) == [("Funding", "The Salt Fund paid."), ("Competing interests", "There are none.")]


def test_grants_that_are_only_tagged_are_a_line() -> None:
    """Funder and number are found where no sentence prints them."""
    meta = (
        "<funding-group><award-group><funding-source>Salt Fund</funding-source><award-id>S 1</award-id></award-group>"
        "</funding-group>"
    )
    assert lines(meta) == [("Funding", "Salt Fund, S 1")]


def test_a_note_with_a_heading_is_a_section() -> None:
    """ "Funding." before the text of a note is its heading; other notes stay together before it."""
    back = (
        '<fn-group><fn fn-type="financial-disclosure"><p><bold>Funding.</bold> The Salt Fund paid.</p></fn>'
        "<fn><p>Salt is white.</p></fn></fn-group>"
    )
    assert lines("", back) == [("Footnotes", "Salt is white."), ("Funding", "The Salt Fund paid.")]


def test_dates_of_publication_and_every_revision_are_kept() -> None:
    """A date of publication alone is a line; of several revisions each is printed; a month that is none is left out."""
    date = "<date date-type='{}'><day>3</day><month>{}</month><year>2019</year></date>"
    published = '<pub-date pub-type="epub"><day>9</day><month>5</month><year>2019</year></pub-date>'
    revised = "<history>" + "".join(date.format("rev-recd", month) for month in (2, 3)) + "</history>"
    wrong = "<history>" + date.format("received", 13) + "</history>"
    assert lines(published) == [("History", "Published 9 May 2019")]
    assert lines(revised) == [("History", "Revised 3 February 2019; revised 3 March 2019")]
    assert lines(wrong) == [("History", "Received 2019")]


def test_an_address_that_several_authors_share_is_one_line() -> None:
    """An address that the file repeats with each author is kept once."""
    author = ANN.replace("</contrib>", "<aff>Hospital of Salt</aff></contrib>")
    found = lines(f"<contrib-group>{author}{author}</contrib-group>")
    assert [text for name, text in found if name == "Affiliations"] == ["Hospital of Salt"]


def test_a_short_statement_is_kept_whatever_the_text_says() -> None:
    """ "None." as a statement isn't taken for printed because the text has "nonetheless"; the same block is."""
    notes = '<author-notes><fn fn-type="COI-statement"><p>None.</p></fn></author-notes>'
    assert printed("<p>Nonetheless, salt melts.</p>", notes) == ["Nonetheless, salt melts.", "None."]
    assert printed("<sec><title>Interests</title><p>None.</p></sec>", notes) == ["None."]


def printed(body: str, meta: str) -> list[str]:
    """Passages of an article of this body and title page."""
    found = passages(reading(article(body, meta=TITLE + meta)))
    return [p.text for p in found if p.text != "A review of salt"]


def test_a_statement_loses_its_sign() -> None:
    """The sign that ties a note to the title page is no part of what it states, nor is its heading."""
    back = (
        '<fn-group><fn fn-type="conflict"><label>*</label><p>none</p></fn>'
        '<fn fn-type="supported-by"><label>1</label><p>Funding: The Salt paid.</p></fn></fn-group>'
    )
    assert lines("", back) == [("Competing interests", "none"), ("Funding", "The Salt paid.")]


def test_where_it_appeared_and_its_doi_are_lines() -> None:
    """Journal, year, volume and pages are written as journals print them, from what is there; the DOI as an address."""
    printed = "<volume>7</volume><fpage>1</fpage><lpage>9</lpage>"
    dated = '<pub-date pub-type="ppub"><year>2019</year></pub-date>'
    meta = f'<article-id pub-id-type="doi">10.1000/salt.1</article-id>{TITLE}{dated}'
    journal = (
        "<journal-meta><journal-title-group><journal-title>J Salt</journal-title></journal-title-group></journal-meta>"
    )
    for volume, line in ((printed, "J Salt 2019;7:1–9"), ("<elocation-id>e5</elocation-id>", "J Salt 2019;e5")):
        whole = article("<p>Salt melts.</p>", meta=meta + volume).replace("<front>", f"<front>{journal}")
        found = [(p.section.title if p.section else "", p.text) for p in passages(reading(whole))]
        assert ("Journal", line) in found
        assert ("DOI", "https://doi.org/10.1000/salt.1") in found
    bare = passages(reading(article("<p>Salt melts.</p>", meta=meta)))
    assert not [p for p in bare if p.section and p.section.title == "Journal"]


def test_parts_of_an_address_are_apart() -> None:
    """Institution, place, country and e-mail address that the file runs together are separated, and no funder's DOI
    is printed."""
    aff = (
        "<aff><institution>Salt University</institution><addr-line>Wuhan</addr-line>, <country>China</country></aff>"
        "<aff><institution>Salt Academy</institution><country>Beijing, China</country></aff>"
    )
    notes = (
        "<author-notes><corresp>E-mail: <email>ann@salt.org</email><bold>Co-authors:</bold> Bob Roe"
        "</corresp></author-notes>"
    )
    grant = (
        '<funding-group><award-group><funding-source>Salt Fund<named-content content-type="fundref-id">10.1/5'
        "</named-content></funding-source><award-id>S 1</award-id></award-group></funding-group>"
    )
    assert [text for _, text in lines(aff + notes + grant)] == [
        "Salt University Wuhan, China",
        "Salt Academy Beijing, China",
        "E-mail: ann@salt.org Co-authors: Bob Roe",
        "Salt Fund, S 1",
    ]
