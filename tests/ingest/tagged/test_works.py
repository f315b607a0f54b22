"""Works that links name are found among the printed entries."""

from evqa.model import Date, Name, Reference
from ingest.markup.styled import Styled
from ingest.tagged.listing import Listed
from ingest.tagged.works import WorkFinder, by_print

PRINTED = (
    "Doe A, Roe B. Phase 3 trial of salt in naive pans: the first study. J Salt. 2017;102:320. doi: 10.1/all",
    "Poe C, Roe B. Phase 3 trial of salt in treated pans: the second study. J Salt. 2017;102:321. doi: 10.1/all",
    "Moe D. J Pans 2011, 4, 77.",
    "Doe A. A hand-book of grains: shapes and sizes. Salt Press; 1999.",
)


def finder() -> WorkFinder:
    """A finder over these entries."""
    listed = [Listed(n, n, True, Styled(text)) for n, text in enumerate(PRINTED, start=1)]
    return WorkFinder(listed, {one.number: one.read() for one in listed})


def work(title: str, family: str, year: int, *, doi: str | None = None, page: str | None = None) -> Reference:
    """A work as a field describes it."""
    return Reference(
        number=1,
        title=title,
        author=(Name(family=family),),
        issued=Date(date_parts=((year,),)),
        DOI=doi,
        page=page,
        raw="",
    )


def test_a_shared_doi_does_not_decide_alone() -> None:
    """Of two entries that print one DOI, title and author tell which is meant."""
    assert (
        finder().find(work("Phase 3 trial of salt in treated pans: the second study", "Poe", 2017, doi="10.1/all")) == 2
    )
    assert finder().find(work("Phase 3 trial of salt in naive pans: the first study", "Doe", 2017, doi="10.1/all")) == 1


def test_entries_without_titles_are_found_by_author_year_and_page() -> None:
    """Styles that print no titles still tell author, year and page."""
    assert finder().find(work("How pans are made nowadays", "Moe", 2011, page="77-80")) == 3


def test_a_title_may_be_spelled_otherwise() -> None:
    """A title that the style spells in its own way is found with author and year."""
    assert finder().find(work("A handbook of grains: shapes and size", "Doe", 1999)) == 4


def test_what_is_not_listed_is_not_found() -> None:
    """A work that no entry prints has none, even if author and year are known from another."""
    assert finder().find(work("Snow on the hills of the north", "Doe", 2017)) is None


def test_numbers_printed_alone_tell_the_rest() -> None:
    """The number that a link to one unknown work prints most often is its entry's; known works keep theirs."""
    assert by_print([("a", 3), ("a", 3), ("a", 4), ("b", 1)], {"b": 2}) == {"a": 3}


def test_a_short_name_is_no_part_of_a_word() -> None:
    """ "Loe" isn't found in "Aloeville": year and page alone tell no entry."""
    listed = [Listed(1, 1, True, Styled("Aloeville Group. A study of pans in use. J Salt. 2019;12:31-52."))]
    found = WorkFinder(listed, {1: listed[0].read()}).find(work("How grains are made", "Loe", 2019, page="31-40"))
    assert found is None


def test_a_year_with_a_letter_is_a_year() -> None:
    """Lists by name tell works of one year by letters."""
    listed = [Listed(1, 1, False, Styled("Moe D. J Pans 2011a, 4, 77."))]
    assert WorkFinder(listed, {1: listed[0].read()}).find(work("How pans are made", "Moe", 2011, page="77-80")) == 1


def test_an_entry_with_another_title_is_refused() -> None:
    """Author, year and page don't bind a work to an entry that prints quite another title."""
    listed = [Listed(1, 1, True, Styled("Moe D. A study of pans in use. J Salt. 2019;12:31-52."))]
    found = WorkFinder(listed, {1: listed[0].read()})
    assert found.find(work("Zebras on hills", "Moe", 2019, page="31-40")) is None
    assert not found.may_be(work("Zebras on hills", "Moe", 2019), 1)
