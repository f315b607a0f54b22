"""Filters as people write them."""

import pytest

from api.filters import filters_of
from evqa.errors import UsageError
from evqa.model import Filters


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("2010-2020", (2010, 2020)),
        (" 2010 – 2020 ", (2010, 2020)),
        ("2015", (2015, 2015)),
        ("2015-", (2015, None)),
        ("-2015", (None, 2015)),
        ((2010, None), (2010, None)),
    ],
)
def test_years_are_a_range_with_ends_that_may_be_open(
    written: str | tuple[int | None, int | None], years: tuple[int | None, int | None]
) -> None:
    """A single year is both ends; dashes of either length, and a pair, say the same."""
    assert filters_of(years=written) == Filters(years=years)


@pytest.mark.parametrize("written", ["", "next year", "20-30", "2010-2015-2020", "-", "2020-2010"])
def test_years_that_are_none_are_refused_in_one_line(written: str) -> None:
    """The line names what was given."""
    with pytest.raises(UsageError, match=r"^years"):
        filters_of(years=written)


def test_without_any_filter_there_are_none() -> None:
    """So an answer says nothing of filters."""
    assert filters_of() is None
