"""Years that questions state."""

import pytest
from hypothesis import given, settings

from evqa.question.facts.years import find_years
from tests.evqa.questions import ANY_TEXT

FOREVER = 9999


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("papers that appeared in 2025", 2025, 2025),
        ("the 2025 papers", 2025, 2025),
        ("from the year 2012", 2012, 2012),
        ("published before 2005", 0, 2004),
        ("older than 2005", 0, 2004),
        ("before the year 2005", 0, 2004),
        ("up to 2005", 0, 2005),
        ("no later than 2005", 0, 2005),
        ("2005 or earlier", 0, 2005),
        ("after 2015", 2016, FOREVER),
        ("newer than 2015", 2016, FOREVER),
        ("since 2015", 2015, FOREVER),
        ("from 2015 onwards", 2015, FOREVER),
        ("from 2015 on", 2015, FOREVER),
        ("no older than 2015", 2015, FOREVER),
        ("in or after 2015", 2015, FOREVER),
        ("from 2015 or later", 2015, FOREVER),
        ("between 2010 and 2015", 2010, 2015),
        ("from 2010 to 2015", 2010, 2015),
        ("in 2010–2015", 2010, 2015),
        ("2010-2015", 2010, 2015),
        ("in the nineties", 1990, 1999),
        ("in the 90s", 1990, 1999),
        ("in the 1990s", 1990, 1999),
        ("during the 2010s", 2010, 2019),
        ("all of 2012 on glucose", 2012, 2012),
    ],
)
def test_range(question: str, first: int, last: int) -> None:
    """A range holds both its ends, whatever words state it."""
    found = find_years(question)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "question", ["a trial of 2000 patients", "1,998 records", "reference 12", "IL-2012x", "", "99"]
)
def test_no_year(question: str) -> None:
    """Other numbers are no years."""
    assert find_years(question) is None


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, the stretch lies inside it and the years are in 0..9999."""
    found = find_years(question)
    if found:
        assert 0 <= found.where[0] < found.where[1] <= len(question)
        assert 0 <= found.first <= FOREVER
        assert 0 <= found.last <= FOREVER
