"""Title, authors, year and DOI elected on first pages."""

import pytest

from ingest.pdf.file.extract import Run
from ingest.pdf.front.dois import without_page_numbers
from ingest.pdf.front.election import FIELDS, Elected, elect, models
from ingest.pdf.front.opening import opening_of
from ingest.pdf.front.titles import title_text
from ingest.pdf.known.records import UNREAD, Metadata
from tests.ingest.pdf.front.pages import TITLE, opening
from tests.ingest.pdf.printed import PROSE, down, run, set_paragraphs

NAMES = run("Ann Doe, Bo Roe and Li Wu", y=640, size=11)


def title_of(*runs: Run, margins: tuple[Run, ...] = (), metadata: Metadata | None = None) -> str:
    """The words of the title elected."""
    found = opening(*runs, margins=margins, metadata=metadata)
    return title_text(found, elect(found).title)


def told(found: Elected, field: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sources for and against a field."""
    (vote,) = [vote for vote in found.votes if vote.field == field]
    return vote.agreed, vote.against


def test_models_know_all_features() -> None:
    """Each field has a model with a weight for every feature."""
    assert {field: len(names) for field, names in FIELDS.items()} == {
        field: len(model.weights) for field, model in models().items()
    }


@pytest.mark.parametrize(
    "above",
    [
        run("Northern Annals", y=740, size=24),
        run("OPEN ACCESS", y=740, size=14, bold=True),
        run("Short Communication", y=740, size=14, bold=True),
        run("Journal of Northern Seafaring and Trade", y=740, size=20),
    ],
)
def test_furniture_above_the_title_is_none(above: Run) -> None:
    """A journal's name and a banner, even in larger type, are no title."""
    lines = (run("Journal of Northern Seafaring and Trade 12, 2019", y=780, size=8),)
    assert title_of(above, run(TITLE, y=680, size=18), NAMES, margins=lines) == TITLE


def test_file_names_are_no_titles() -> None:
    """What the file's fields say counts where it is printed, and is told where it isn't."""
    found = opening(run(TITLE, y=680, size=18), NAMES, metadata=Metadata("paper_v3.dvi"))
    assert title_text(found, elect(found).title) == TITLE
    assert told(elect(found), "title") == (("first page",), ("fields: paper_v3.dvi",))
    named = opening(run(TITLE, y=680, size=18), NAMES, metadata=Metadata(TITLE))
    assert "fields" in told(elect(named), "title")[0]


def families(*runs: Run, metadata: Metadata | None = None) -> list[str]:
    """The family names elected below the title."""
    return [name.family or "" for name in elect(opening(run(TITLE, y=680, size=18), *runs, metadata=metadata)).author]


def test_authors_below_the_title() -> None:
    """The names below the title are the authors; editors and those whom to write to are not."""
    editor = down(["Edited by: Max Editor, Northern University"], y=600, size=8)
    assert families(NAMES, *editor) == ["Doe", "Roe", "Wu"]


def test_authors_in_a_grid() -> None:
    """Names side by side, each above an address, are read row by row."""
    cells = [
        run(text, x, y)
        for x, name in ((50, "Ann Doe"), (250, "Bo Roe"))
        for text, y in ((name, 650), ("Northern University", 638), ("Bergen, Norway", 626))
    ]
    assert families(*cells) == ["Doe", "Roe"]


def test_a_typist_is_no_author() -> None:
    """An author that the fields name and nothing prints doesn't count."""
    assert families(NAMES, metadata=Metadata("", ("Max Typist",))) == ["Doe", "Roe", "Wu"]
    assert families(metadata=Metadata("", ("Max Typist", "Ida Typist"))) == []


def dated(*lines: str) -> Elected:
    """What is elected on a page with these lines below the authors."""
    return elect(opening(run(TITLE, y=680, size=18), NAMES, *down(lines, y=620, size=8)))


def test_year_of_publication() -> None:
    """The year is that of the publication, not of receipt, of a work named, or of an address."""
    found = dated("Received: 3 May 2017; Accepted: 4 January 2018", "Published: 9 January 2018", "PO Box 2081")
    assert found.year == 2018


def test_years_of_cited_works_are_none() -> None:
    """Where nothing but an entry has a year, none is elected."""
    listed = down(["1. Doe A. Wool of the coast. Sheep. 2021;5:44-49.", "2. Roe B. Salt. Sheep. 2019;3:1-9."], y=500)
    page = set_paragraphs(run(TITLE, y=680, size=18), run(PROSE, y=600), run("References", y=540, bold=True), *listed)
    assert elect(opening_of(page, (), UNREAD)).year is None


def test_doi_whole() -> None:
    """A DOI that goes on behind a line's end is joined; one that is cut is none."""
    assert dated("Citation: Doe A (2018) doi:10.1371/journal.", "pone.0012345").doi == "10.1371/journal.pone.0012345"
    assert dated("Citation: Doe A (2018) doi:10.1371/journal").doi is None


def test_page_numbers_are_no_part_of_a_doi() -> None:
    """A foot that prints the page's number right behind the DOI gives the DOI alone."""
    assert set(without_page_numbers(["10.1000/w.0071", "10.1000/w.0072", "10.1000/w.00710"]).values()) == {
        "10.1000/w.007"
    }
    assert without_page_numbers(["10.1000/w.7", "10.1000/w.7"]) == {"10.1000/w.7": "10.1000/w.7"}
    assert set(without_page_numbers(["10.1000/w.7", "10.1000/salt"])) == {"10.1000/w.7", "10.1000/salt"}


def test_data_are_not_the_article() -> None:
    """The DOI of data is never the article's, even alone."""
    assert dated("Data: https://doi.org/10.5061/dryad.1234").doi is None


def test_an_empty_document() -> None:
    """Without paragraphs nothing is elected."""
    assert elect(opening_of([], [], UNREAD)) == Elected()
