"""Books, chapters and theses."""

import pytest

from evqa.model import Reference
from tests.ingest.marked import read_entry


def told(printed: str) -> tuple[str, str | None, str | None, str | None, int | None, str | None]:
    """Type, title, container, publisher, year, page."""
    found: Reference = read_entry(1, printed)
    return found.type, found.title, found.container_title, found.publisher, found.year, found.page


CHAPTERS = {
    "Vancouver": "Doe A. Salt of lakes. In: Lee B, Poe C, editors. Salts of the world. "
    "Geneva: Lake Press; 2010. p. 1–9.",
    "Springer": "Doe A (2010) Salt of lakes. In: Lee B, Poe C (eds) Salts of the world. Lake Press, Geneva, pp 1–9",
    "Frontiers": "Doe, A. (2010). “Salt of lakes,” in Salts of the world, "
    "eds B. Lee and C. Poe (Geneva: Lake Press), 1–9.",
    "APA": "Doe, A. (2010). Salt of lakes. In B. Lee & C. Poe (Eds.), Salts of the world (pp. 1–9). Lake Press.",
    "ACS": "Doe, A. Salt of lakes. In Salts of the world; Lee, B., Poe, C., Eds.; Lake Press: Geneva, 2010; pp 1–9.",
    "Elsevier": "Doe, A., 2010. Salt of lakes, in: Lee, B., Poe, C. (Eds.), Salts of the world. "
    "Lake Press, Geneva, pp. 1–9.",
}


@pytest.mark.parametrize("style", CHAPTERS)
def test_chapters_tell_book_and_publisher(style: str) -> None:
    """Editors go, wherever they stand; book, publisher, year and pages stay."""
    assert told(CHAPTERS[style]) == ("chapter", "Salt of lakes", "Salts of the world", "Lake Press", 2010, "1-9")


BOOKS = {
    "Vancouver": "Doe A. Salts of the world. 2nd ed. Geneva: Lake Press; 2010.",
    "two places": "Doe A. Salts of the world. Geneva, CH: Lake Press; 2010.",
    "Cell": "Doe, A. (2010). Salts of the world (Lake Press).",
    "Science": "A. Doe, B. Lee, Salts of the world (Lake Press, Geneva, 2010).",
    "MDPI": "Doe, A. Salts of the world; Lake Press: Geneva, Switzerland, 2010.",
    "RSC": "A. Doe and B. Lee, Salts of the world, Lake Press, Geneva, 2010.",
}


@pytest.mark.parametrize("style", BOOKS)
def test_books_tell_their_publisher(style: str) -> None:
    """Place, brackets and edition go; a book has no container."""
    assert told(BOOKS[style])[:5] == ("book", "Salts of the world", None, "Lake Press", 2010)


def test_theses_and_proceedings_are_told() -> None:
    """What calls itself a thesis is one; a part of a conference's proceedings is a conference paper."""
    thesis = told("Doe A. Salt of lakes. PhD thesis, University of Salt, 2010.")
    assert (thesis[0], thesis[1], thesis[4]) == ("thesis", "Salt of lakes", 2010)
    paper = told("Doe A. Salt of lakes. In: Proceedings of the Salt Conference. Geneva: Lake Press; 2010. p. 1–9.")
    assert (paper[0], paper[2]) == ("paper-conference", "Proceedings of the Salt Conference")


def test_a_part_in_vitro_is_no_chapter() -> None:
    """ "In Vitro" begins a journal."""
    found = told("Doe A. Salt melts. In Vitro Cell Dev Biol. 2010;3:1–9.")
    assert found[:3] == ("article-journal", "Salt melts", "In Vitro Cell Dev Biol")
