"""What stands on a title page: the document's own DOI, and lines under their headings."""

from ingest.structure.front import front_matter, own_doi
from ingest.structure.joining import Vocabulary
from ingest.structure.piece import Piece
from tests.ingest.marked import marked

HEADING = Piece("heading", (marked("Introduction"),), level=2)


def test_data_and_registrations_come_last() -> None:
    """Of several DOIs on a title page the article's own is taken, wherever it stands."""
    registration = "Registered at OSF: https://doi.org/10.17605/OSF.IO/ABCDE"
    assert own_doi([registration, "Received: 1 May 2020 http://dx.doi.org/10.1000/salt.7"]) == "10.1000/salt.7"
    assert own_doi([registration]) == "10.17605/OSF.IO/ABCDE"
    assert own_doi(["no such thing"]) is None


def named(*lines: str) -> list[tuple[str | None, str]]:
    """Name and text of the lines of a title page, below its title."""
    title = Piece("heading", (marked("A review of common salt"),), level=1)
    pieces = [title, *(Piece("paragraph", (marked(line),)) for line in lines), HEADING]
    return [(b.name, b.text) for b in front_matter(pieces, Vocabulary("")).blocks if b.kind == "front"]


def test_a_heading_tells_what_all_lines_below_it_hold() -> None:
    """Editors and reviewers with their universities stay theirs, up to the line that says itself what it holds."""
    assert named(
        "Edited by:",
        "Ann Doe, University of Salt",
        "Reviewed by:",
        "Bob Roe, Salt Institute",
        "Cid Poe, University of Pepper",
        "Received: 28 February 2018",
        "School of Salt, Saltville",
    ) == [
        (None, "Edited by:"),
        ("Editors and reviewers", "Ann Doe, University of Salt"),
        (None, "Reviewed by:"),
        ("Editors and reviewers", "Bob Roe, Salt Institute"),
        ("Editors and reviewers", "Cid Poe, University of Pepper"),
        ("History", "Received: 28 February 2018"),
        ("Affiliations", "School of Salt, Saltville"),
    ]


def test_a_heading_tells_nothing_below_the_authors() -> None:
    """The authors' own addresses aren't taken for what a heading above the authors holds."""
    assert named("Citation:", "Doe A. Salt. 2020.", "Ann Doe¹ and Bob Roe²", "School of Salt, Saltville")[2:] == [
        ("Authors", "Ann Doe¹ and Bob Roe²"),
        ("Affiliations", "School of Salt, Saltville"),
    ]
