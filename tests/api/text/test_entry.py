"""A bibliography entry in words."""

from api.text.entry import entry_text
from evqa.model import Date, Name, Reference


def test_an_entry_reads_as_journals_print_it(references: tuple[Reference, ...]) -> None:
    """Authors, title, journal, year, volume, pages and the DOI as an address stand in that order."""
    assert entry_text(references[0]) == (
        "van der Berg J, Müller-Lüdenscheidt A. Exosomal PD-L1 and TGF-β in the T cell. "
        "Cell Mol Immunol (2022) 19(3):1290–301. "
        "https://doi.org/10.1002/(SICI)1097-0142(19970815)80:4<760::AID-X>3.0.CO;2-#"
    )


def test_an_entry_that_was_not_understood_is_shown_as_printed(references: tuple[Reference, ...]) -> None:
    """Without authors and title the printed entry is given."""
    assert entry_text(references[2]) == "3. Nothing is known but this."


def test_a_printed_doi_is_not_repeated() -> None:
    """An entry shown as printed doesn't get its DOI twice."""
    assert entry_text(Reference(number=1, DOI="10.1/AB", raw="X. doi: 10.1/ab")) == "X. doi: 10.1/ab"


def test_long_author_lists_are_cut() -> None:
    """Six authors are named, more are et al."""
    names = tuple(Name(family=letter) for letter in "ABCDEFG")
    entry = Reference(number=1, author=names, title="Why?", issued=Date(date_parts=((2020,),)), raw="x")
    assert entry_text(entry) == "A, B, C, D, E, F, et al. Why? (2020)."


def test_authors_left_out_in_print_are_not_forgotten() -> None:
    """Where the printed entry says et al., so does ours."""
    entry = Reference(number=1, author=(Name(family="A"),), title="Why", raw="A, et al. Why")
    assert entry_text(entry) == "A, et al. Why."
