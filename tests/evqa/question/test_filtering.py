"""What filters leave of a corpus."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.answer import ask, search
from evqa.corpus.corpus import Filter, Span
from evqa.errors import UsageError
from evqa.model import Filters
from evqa.question.filtering import common, filtered
from tests.evqa.invented import BOTH, BREAD_HOME, BREAD_SHELF, SLEEP_HOME
from tests.evqa.papers import WITH_PAPERS


def test_one_document_answers_as_if_it_were_alone() -> None:
    """ "Table 1" is then its Table 1, "reference 5" its own entry."""
    for question in ("What is in Table 1?", "What does reference 5 support?", "How many references are there?"):
        alone = ask(question, BREAD_SHELF)
        among = ask(question, BOTH, filters=Filters(document="Sourdough"))
        assert among.claims == alone.claims
        assert among.references == alone.references


def test_a_cited_paper_can_be_asked_alone() -> None:
    """Its parts are then meant by their names, though the review has such parts, too."""
    answer = ask("What does the abstract say?", WITH_PAPERS, filters=Filters(document="reference 10"))
    assert {each.document.id for each in answer.passages} == {"d-crust"}
    assert answer.status == "answered"


def test_an_answer_says_what_it_was_put_to() -> None:
    """So what is kept of it can be asked again."""
    filters = Filters(document="Sourdough", kind="prose")
    assert ask("What binds water?", BOTH, filters=filters).filters == filters
    assert "filters" not in ask("What binds water?", BOTH).model_dump()


def test_a_kind_leaves_only_passages_of_it() -> None:
    """In the ranking, not by dropping from the best."""
    found = search("lower glucose peak of sourdough bread", BOTH, 20, Filters(kind="table_row"))
    assert found
    assert {each.kind for each in found} == {"table_row"}


@pytest.mark.parametrize("section", ["Methods", "methods", "2", "methods section", "metHODS"])
def test_a_section_leaves_only_what_stands_in_it(section: str) -> None:
    """By title, number or role."""
    part = filtered(BREAD_SHELF, Filters(section=section))
    assert {each.section.title for each in part.passages(Filter()) if each.section} == {"Methods"}


def test_a_section_and_a_named_part_both_count() -> None:
    """What lies in one alone isn't found."""
    answer = ask("What does the discussion say?", BREAD_SHELF, filters=Filters(section="Methods"))
    assert answer.passages == ()


def test_years_leave_documents_of_these_years() -> None:
    """A document whose year isn't known is none of them."""
    dated = [o.model_copy(update={"year": 2012 if o.document.id == BREAD_HOME.id else 2019}) for o in BOTH.outlines()]
    shelf = type(BOTH)(dated, BOTH.passages(Filter()), BOTH.references())
    left = filtered(shelf, Filters(years=(2015, None))).outlines()
    assert [each.document.id for each in left] == [SLEEP_HOME.id]
    with pytest.raises(UsageError, match=r"years 1990: no document is of these; .* 2012 to 2019"):
        filtered(shelf, Filters(years=(1990, 1990)))


def test_a_section_that_no_document_has_lists_those_that_there_are() -> None:
    """So one can be chosen."""
    with pytest.raises(UsageError, match="the sections are: Abstract; Introduction; Methods"):
        filtered(BREAD_SHELF, Filters(section="Weather"))


def _spans(drawn: list[tuple[str, int, int]]) -> list[Span]:
    return [Span(document, start, start + length) for document, start, length in drawn]


_STRETCHES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30), st.integers(0, 12)), max_size=8)


@given(_STRETCHES, _STRETCHES)
def test_what_two_lists_of_stretches_share_is_what_lies_in_both(
    some: list[tuple[str, int, int]], others: list[tuple[str, int, int]]
) -> None:
    """Character by character; no stretch is empty, and each character is in one stretch alone."""

    def covered(spans: Iterable[Span]) -> list[tuple[str, int]]:
        return [(span.document, place) for span in spans for place in range(span.start, span.end)]

    ours, theirs = _spans(some), _spans(others)
    shared = common(ours, theirs)
    assert sorted(covered(shared)) == sorted({*covered(ours)} & {*covered(theirs)})
    assert all(span.start < span.end for span in shared)
