"""Citations of JATS as CSL-JSON."""

import pytest

from evqa.model import Name, Reference
from tests.ingest.jatsmade import article, reading, ref

NAMES = (
    '<person-group person-group-type="author"><name><surname>van Doe</surname><given-names>Ann B</given-names>'
    "<suffix>Jr</suffix></name><string-name><surname>Lee</surname>, <given-names>C.</given-names></string-name>"
    "<collab>Salt Group"
    '</collab></person-group><person-group person-group-type="editor"><name><surname>Roe</surname></name>'
    "</person-group>"
)


def _entry(inside: str, kind: str = "journal", tag: str = "element-citation") -> Reference:
    citation = f'<{tag} publication-type="{kind}">{inside}</{tag}>'
    return reading(article("", ref(1, citation=citation))).references[0]


def test_article() -> None:
    """An article's elements are its fields; editors are no authors."""
    entry = _entry(
        f"{NAMES}<article-title>Of <italic>T. salina</italic> and CO<sub>2</sub></article-title><source>J Salt</source>"
        "<year>2001</year><month>Mar</month><day>4</day><volume>3</volume><issue>2</issue><fpage>10</fpage><lpage>19"
        '</lpage><pub-id pub-id-type="doi">https://doi.org/10.1000/x.3</pub-id>'
        '<pub-id pub-id-type="pmid">123456</pub-id>'
    )
    assert entry.author == (
        Name(family="van Doe", given="Ann B Jr"),
        Name(family="Lee", given="C."),
        Name(literal="Salt Group"),
    )
    assert (entry.type, entry.title) == ("article-journal", "Of T. salina and CO2")
    assert (entry.container_title, entry.volume, entry.issue, entry.page) == ("J Salt", "3", "2", "10-19")
    assert entry.issued is not None
    assert entry.issued.date_parts == ((2001, 3, 4),)
    assert (entry.DOI, entry.PMID, entry.URL) == ("10.1000/x.3", "123456", "https://doi.org/10.1000/x.3")


@pytest.mark.parametrize(
    ("kind", "inside", "expected"),
    [
        ("book", "<source>Salt</source><publisher-name>Press</publisher-name>", ("book", "Salt", None)),
        ("book", "<chapter-title>Ice</chapter-title><source>Salt</source>", ("chapter", "Ice", "Salt")),
        ("book", "<article-title>Ice</article-title><source>Salt</source>", ("chapter", "Ice", "Salt")),
        (
            "confproc",
            "<article-title>Ice</article-title><source>Salt days</source>",
            ("paper-conference", "Ice", "Salt days"),
        ),
        ("thesis", "<source>On salt</source>", ("thesis", "On salt", None)),
        ("web", "<source>Salt facts</source>", ("webpage", "Salt facts", None)),
        ("other", "<article-title>Ice</article-title><source>J</source>", ("article-journal", "Ice", "J")),
        ("other", "<source>Ice</source><publisher-name>Press</publisher-name>", ("book", "Ice", None)),
    ],
)
def test_types(kind: str, inside: str, expected: tuple[str, str, str | None]) -> None:
    """Type, title and container of what is no article; a book's source is its title."""
    entry = _entry(f"{NAMES}{inside}<year>2001</year>", kind)
    assert (entry.type, entry.title, entry.container_title) == expected


def test_article_number() -> None:
    """An article number stands for pages."""
    assert _entry("<article-title>Ice</article-title><elocation-id>e123</elocation-id>").page == "e123"


def test_plain_text() -> None:
    """An entry without tags is read from its print, its links kept."""
    text = (
        "Doe A, Lee B. Of salt. J Salt. 2001;3(2):10–19. "
        '<ext-link xlink:href="https://doi.org/10.1000/x.3">CrossRef</ext-link>'
    )
    entry = _entry(text, tag="mixed-citation")
    assert (entry.title, entry.container_title, entry.year, entry.page) == ("Of salt", "J Salt", 2001, "10-19")
    assert [a.family for a in entry.author] == ["Doe", "Lee"]
    assert entry.DOI == "10.1000/x.3"


def test_printed_doi() -> None:
    """A DOI that is printed and not tagged is found."""
    text = "<source>Salt</source>. <year>2001</year>. doi:10.1000/x.3."
    assert _entry(text, tag="mixed-citation").DOI == "10.1000/x.3"


def test_half_tagged() -> None:
    """Where only the journal is tagged, authors, title and year are read from the print around it."""
    entry = _entry("Doe A, Lee B. Of salt and ice. <source>J Salt</source>. 2001;3(2):10–19.", tag="mixed-citation")
    assert (entry.title, entry.container_title, entry.year) == ("Of salt and ice", "J Salt", 2001)
    assert [a.family for a in entry.author] == ["Doe", "Lee"]


def test_signs_of_an_untagged_entry_are_no_markup() -> None:
    """What XML prints is text: underscores and stars in an address stay."""
    entry = _entry(
        "Doe A. Salt melts. 2001. https://salt.org/get?_lake_&amp;x=*2* (accessed 2002)", tag="mixed-citation"
    )
    assert entry.URL == "https://salt.org/get?_lake_&x=*2*"
