"""PDFs that link their markers to their entries, from bytes to documents."""

from functools import cache

import pytest

from evqa.model import Document
from ingest.pdf.page.page import letters
from ingest.pdf.reader import read_pdf
from ingest.reader import source_of
from tests.ingest.pdf.linked import Column, at, link, linked_file, named

NAMES = ["Doe", "Roe", "Poe", "Loe", "Noe", "Zoe"]
TITLES = [
    "Wool of the north",
    "Salt and barley",
    "Timber for ships",
    "Ice in harbours",
    "Nets and ropes",
    "Zinc in ore",
]


def entries(column: Column, *, is_numbered: bool) -> list[float]:
    """Print a list and return the baselines of its entries; each has two lines."""
    column.add("References", look=b"/F3 12")
    found = []
    for i, (name, title) in enumerate(zip(NAMES, TITLES, strict=True), start=1):
        number = f"{i}. " if is_numbered else ""
        found.append(column.add(f"{number}{name} A (200{i}) {title}, a study of the coast and of its old"))
        column.add(f"trade. Journal of Sheep {i}: 10-1{i}.", x=60)
    return found


@cache
def edges(line: str) -> list[tuple[float, float]]:
    """The left and right edges of a line's characters, in points."""
    column = Column()
    column.add(line)
    _, (read,) = letters(linked_file([column.content]), 1)
    assert read is not None
    return [(box[0] * read.width, box[2] * read.width) for box in read.boxes[: len(line)]]


def over(line: str, words: str, y: float, to: bytes) -> bytes:
    """A link over words of a line."""
    start = line.index(words)
    places = edges(line)
    return link(places[start][0] + 0.3, y - 2, places[start + len(words) - 1][1] - 0.3, y + 8, to)


def document(
    line: str, words: dict[str, int], *, is_numbered: bool = True, info: bytes = b"", shift: float = 8
) -> Document:
    """An article with a sentence whose words link to entries."""
    front = Column()
    front.add("Wool and salt of the northern coast", look=b"/F3 18")
    front.skip()
    front.add("Introduction", look=b"/F3 12")
    y = front.add(line)
    front.add("Small boats carry barley and wool along the coast and return with salt.")
    listed = Column()
    baselines = entries(listed, is_numbered=is_numbered)
    names = {f"cite.{i}": at(2, 50, baseline + shift) for i, baseline in enumerate(baselines, start=1)}
    notes = b"".join(over(line, each, y, b"/Dest(cite.%d)" % number) for each, number in words.items())
    data = linked_file([front.content, listed.content], {1: notes}, named(**names), info=info)
    return read_pdf(data, source_of("wool.pdf", data))


def cited(read: Document) -> list[tuple[str, tuple[int, ...]]]:
    """The markers and their entries."""
    return [(citation.marker, citation.references) for citation in read.citations]


@pytest.mark.slow
@pytest.mark.parametrize("shift", [0, 8, 14, 60])
def test_author_years(shift: float) -> None:
    """A link over names and years binds them, however far above its entry the destination lies."""
    line = "It is warm (Doe 2001; Roe 2002) as Poe (2003) said."
    read = document(line, {"Doe 2001": 1, "Roe 2002": 2, "Poe (2003": 3}, is_numbered=False, shift=shift)
    assert [reference.number for reference in read.references] == [1, 2, 3, 4, 5, 6]
    assert cited(read) == [("(Doe 2001; Roe 2002)", (1, 2)), ("Poe (2003)", (3,))]


@pytest.mark.slow
def test_ranges_and_what_no_link_covers() -> None:
    """A range between two links is expanded; a marker without links is still found by its pattern."""
    read = document("Wool is warm [1]-[4], salt is white [5, 6].", {"1": 1, "4": 4})
    assert cited(read) == [("[1]-[4]", (1, 2, 3, 4)), ("[5, 6]", (5, 6))]


@pytest.mark.slow
def test_print_and_link_disagree() -> None:
    """A printed number counts although its link leads to another entry, and the report says so."""
    read = document("Wool is warm [1], salt is white [2], ice is cold [3].", {"1": 1, "2": 2, "3": 5})
    assert cited(read) == [("[1]", (1,)), ("[2]", (2,)), ("[3]", (3,))]
    assert any("linked to other entries than printed ([3] leads to 5)" in told for told in read.integrity.warnings)


@pytest.mark.slow
def test_names_linked_in_part() -> None:
    """Of a marker of which one work is linked, the pattern gives the other."""
    line = "It is warm (Doe 2001; Roe 2002), it is (Poe 2003) and was (Loe 2004) so."
    read = document(line, {"Doe 2001": 1, "Poe 2003": 3, "Loe 2004": 4}, is_numbered=False)
    assert cited(read) == [("(Doe 2001; Roe 2002)", (1, 2)), ("(Poe 2003)", (3,)), ("(Loe 2004)", (4,))]


@pytest.mark.slow
def test_fields_are_checked_against_the_print() -> None:
    """A file name in the title's field changes nothing, nor does a DOI that isn't printed."""
    info = b"/Title(wool_final_v3.docx)/Author(typist)/Subject(doi:10.1000/elsewhere)"
    read = document("Wool is warm [1], salt is white [2].", {"1": 1, "2": 2}, info=info)
    assert (read.title, read.author, read.DOI) == ("Wool and salt of the northern coast", (), None)
