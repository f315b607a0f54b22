"""Entries found by title."""

import pytest

from api.libraries.titles import TitledEntries, counts
from evqa.model import Document, LibraryEntry, Name
from ingest.reader import read
from tests.api.running import MOSS, written

FIRST = "How much water moss holds on stones in wet forests, part I: summer"


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A document by Ada Moss of 2011."""
    told = {"title": FIRST, "author": (Name(family="Moss", given="Ada"),), "year": 2011}
    return read(written(tmp_path_factory.mktemp("titles") / "moss.md", MOSS)).model_copy(update=told)


def entry(title: str, family: str | None = None, year: int | None = None, key: str = "k") -> LibraryEntry:
    """An entry of a library."""
    author = (Name(family=family),) if family else ()
    return LibraryEntry(source="library.bib", key=key, title=title, author=author, year=year)


def found(work: Document, *entries: LibraryEntry) -> LibraryEntry | None:
    """The entry that is found for a work."""
    titled = TitledEntries()
    for each in entries:
        titled.add(each)
    return titled.entry_of(work, lambda _: True)


@pytest.mark.parametrize(
    ("title", "family", "year", "is_found"),
    [
        (FIRST.upper().replace(":", " –"), "Other", 1999, True),
        (FIRST.replace("stones", "stone"), None, None, True),
        (FIRST.replace("stones", "stone"), "Moss", 2012, True),
        (FIRST.replace("stones", "stone"), None, 2011, True),
        (FIRST.replace("stones", "stone"), "Other", 2011, False),
        (FIRST.replace("stones", "stone"), None, 2012, False),
        (FIRST.replace("part I", "part II"), "Moss", 2011, False),
        (FIRST.replace("part I", "part 1"), "Moss", 2011, False),
        ("Slugs that eat moss", "Moss", 2011, False),
    ],
)
def test_a_title_is_the_same_or_a_misprint(
    review: Document, title: str, family: str | None, year: int | None, is_found: bool
) -> None:
    """Alike isn't enough: numbers agree, and the author, or else the year, where both are known."""
    assert (found(review, entry(title, family, year)) is not None) == is_found


def test_of_equal_titles_the_author_decides(review: Document) -> None:
    """Else the first is taken; the same title goes before one that is only alike."""
    alike = entry(FIRST.replace("stones", "stone"), "Moss", key="alike")
    others = entry(FIRST, "Fern", 2001, "fern"), entry(FIRST, "Reed", 2002, "reed")
    for given, key in (((*others, entry(FIRST, "Moss", 2011, "moss")), "moss"), ((alike, *others), "fern")):
        taken = found(review, *given)
        assert taken is not None
        assert taken.key == key


def test_short_titles_are_not_compared(review: Document) -> None:
    """Works share an "Editorial"."""
    assert found(review.model_copy(update={"title": "Editorial"}), entry("Editorial")) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A phase III trial of 20 mg in Parkinson's disease, 2nd report", ["iii", "20", "2nd"]),
        ("Hepatitis B and vitamin D in mild disease", ["b", "d"]),
    ],
)
def test_what_counts_works_of_a_row(title: str, expected: list[str]) -> None:
    """Numbers in digits or Roman, and single letters; a word of Roman letters is none."""
    assert counts(title) == expected
