"""The one document that a name means."""

import pytest

from evqa.corpus.naming import document_named, names_of
from evqa.errors import UsageError
from tests.evqa.invented import BOTH, BREAD_HOME, SLEEP_HOME
from tests.evqa.papers import WITH_PAPERS


@pytest.mark.parametrize(
    "name", ["d-bread", "sourdough FERMENTATION, a review", "Sourdough", "sourdough fermentation", "fermentation: a"]
)
def test_a_document_is_meant_by_id_title_or_a_part_of_it(name: str) -> None:
    """Case and punctuation don't count; of a title, words that no other has will do."""
    assert document_named(name, BOTH) == BREAD_HOME.id


def test_a_document_is_meant_by_its_file() -> None:
    """With or without its ending."""
    source = next(o.source.name for o in BOTH.outlines() if o.document.id == SLEEP_HOME.id)
    assert document_named(source, BOTH) == SLEEP_HOME.id
    assert document_named(source.rsplit(".", 1)[0].upper(), BOTH) == SLEEP_HOME.id


@pytest.mark.parametrize("name", ["10", "[10]", "reference 10", "ref. 10"])
def test_a_cited_paper_is_meant_by_its_number(name: str) -> None:
    """However the number is written."""
    assert document_named(name, WITH_PAPERS) == "d-crust"


def test_a_cited_paper_is_meant_by_first_author_and_year() -> None:
    """As the bibliography has them."""
    entry = next(each for each in WITH_PAPERS.references() if each.number == 10)
    assert document_named(f"{entry.first_author} et al., {entry.year}", WITH_PAPERS) == "d-crust"


@pytest.mark.parametrize("name", [" " * 1_000, "a " * 1_000, "a, " * 1_000, "et al " * 1_000 + "x", "1 " * 1_000])
def test_a_long_name_is_refused_at_once(name: str) -> None:
    """No pattern tries its words in all combinations, which would take minutes."""
    with pytest.raises(UsageError, match="no document is called so"):
        document_named(name, BOTH)


@pytest.mark.parametrize(
    "form", ["{} {}", "{}  et  al. ({})", "{} and colleagues, {}b", "  {}, {} ", "{}{}", "{} et al {}"]
)
def test_author_and_year_may_be_written_in_many_ways(form: str) -> None:
    """With others named or not, with brackets, commas, letters and any blanks."""
    entry = next(each for each in WITH_PAPERS.references() if each.number == 10)
    assert document_named(form.format(entry.first_author, entry.year), WITH_PAPERS) == "d-crust"


def test_a_name_of_nothing_lists_the_titles() -> None:
    """So one can be chosen."""
    with pytest.raises(UsageError, match=r"no document is called so; the documents are “Sourdough .*“Melatonin"):
        document_named("Quantum chess", BOTH)


def test_a_reference_whose_paper_isnt_stored_is_called_so() -> None:
    """It is there as an entry, so it isn't unknown."""
    with pytest.raises(UsageError, match="the paper of reference 3 isn't stored here"):
        document_named("reference 3", WITH_PAPERS)


def test_a_name_of_several_lists_these_with_their_files() -> None:
    """ "A review" is part of both titles."""
    with pytest.raises(UsageError, match=r"2 documents are called so; give the file's name of one: “Sourdough"):
        document_named("a review", BOTH)


def test_documents_are_named_by_id_file_and_title() -> None:
    """All that a question may call them by."""
    assert [(each.id, each.title) for each in names_of(BOTH.outlines())] == [
        (home.id, home.title) for home in (BREAD_HOME, SLEEP_HOME)
    ]
