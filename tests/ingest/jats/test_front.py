"""Title page of a JATS article."""

import pytest

from evqa.model import Name
from tests.ingest.jatsmade import article, reading

TITLE = "<title-group><article-title>A review of salt</article-title></title-group>"


def test_metadata() -> None:
    """Title with subtitle, authors, DOI, licence and keywords are known, whatever notes hang on them."""
    meta = (
        '<article-id pub-id-type="pmid">123456</article-id><article-id pub-id-type="doi">10.1000/salt.1</article-id>'
        '<title-group><article-title>Salt<xref ref-type="fn" rid="n1">*</xref></article-title>'
        "<subtitle>A review</subtitle></title-group>"
        '<contrib-group><contrib contrib-type="author"><name><surname>Doe</surname>'
        '<given-names>Ann</given-names></name><xref ref-type="aff" rid="a1">1</xref></contrib>'
        '<contrib contrib-type="author"><collab>Salt Group'
        "<contrib-group><contrib><name><surname>Roe</surname></name></contrib></contrib-group></collab></contrib>"
        '<contrib contrib-type="editor"><name><surname>Lee</surname></name></contrib><aff id="a1"><label>1</label>'
        "University of Salt</aff></contrib-group><permissions><license><license-p>Free to use.</license-p>"
        '<license-p><ext-link xlink:href="https://creativecommons.org/licenses/by-nc/4.0/">Terms</ext-link></license-p>'
        "</license></permissions><kwd-group><title>Keywords</title><kwd>salt;</kwd><kwd>ice</kwd></kwd-group>"
    )
    document = reading(article("<p>Salt melts.</p>", meta=meta))
    assert document.title == "Salt: A review"
    assert document.author == (Name(family="Doe", given="Ann"), Name(literal="Salt Group"))
    assert (document.DOI, document.license, document.keywords) == ("10.1000/salt.1", "CC BY-NC 4.0", ("salt", "ice"))
    assert "University of Salt" in document.text


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ([("epub", 2018), ("ppub", 2019)], 2019),
        ([("epub", 2018), ("collection", 2018), ("pmc-release", 2020)], 2018),
        ([("pmc-release", 2020), ("epub", 2019)], 2019),
        ([("pmc-release", 2020)], None),
    ],
)
def test_year(dates: list[tuple[str, int]], year: int | None) -> None:
    """The year is that of the issue, else of the first release, never that of a deposit."""
    made = "".join(f'<pub-date pub-type="{kind}"><year>{y}</year></pub-date>' for kind, y in dates)
    assert reading(article(meta=TITLE + made)).year == year


def test_license_reference() -> None:
    """A licence told by its address only is known."""
    license_ref = (
        '<permissions><license><ali:license_ref xmlns:ali="http://www.niso.org/schemas/ali/1.0/">'
        "http://creativecommons.org/publicdomain/zero/1.0/</ali:license_ref></license></permissions>"
    )
    assert reading(article(meta=TITLE + license_ref)).license == "CC0 1.0"


def test_abstracts() -> None:
    """A structured abstract keeps its headings as parts of it; other abstracts follow under their names."""
    meta = TITLE + (
        '<abstract abstract-type="graphical"><p>A lake.</p></abstract><abstract><sec><title>Aims</title><p>We look for '
        "salt.</p></sec><sec><title>Results</title><p>We found it.</p></sec></abstract>"
    )
    document = reading(article("<p>Salt melts.</p>", meta=meta))
    assert [(s.title, s.level) for s in document.sections] == [
        ("Abstract", 1),
        ("Aims", 2),
        ("Results", 2),
        ("Graphical abstract", 1),
    ]
    abstract = [document.text[b.start : b.end] for b in document.blocks if b.kind == "abstract"]
    assert abstract == ["We look for salt.", "We found it.", "A lake."]


def test_without_front() -> None:
    """An article without a title page is named after its file."""
    assert reading("<article><body><p>Salt melts.</p></body></article>").title == "salt"
