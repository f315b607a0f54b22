"""Emphasised words."""

from ingest.entries.emphasis import before_numbers, opening
from tests.ingest.marked import marked


def test_the_journal_stands_before_the_numbers() -> None:
    """Words in italics before year or volume are the container; a species in the title isn't."""
    assert before_numbers(marked("Doe A. Growth of *E. coli* in salt. *J Salt*. 2019;1:2.")) == "J Salt"
    assert before_numbers(marked("Doe A. Growth of *E. coli* in salt.")) == ""


def test_the_book_stands_behind_the_authors() -> None:
    """Words in italics that open what follows the authors are a book's title."""
    printed = marked("J. Doe, *Salts of the north*, Salt Press, 2001.")
    assert opening(printed, "Salts of the north, Salt Press, 2001.") == "Salts of the north"
    assert opening(printed, "On the Salts of the north, Salt Press") == ""
