"""Pages of long lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.paging import stretch
from evqa.errors import UsageError


@given(total=st.integers(0, 50), limit=st.integers(1, 60))
def test_pages_hold_every_item_once(total: int, limit: int) -> None:
    """Following the cursors to the end gives each item once and in order, and no page has more than the limit."""
    items, cursor, found = list(range(total)), None, []
    while True:
        page = stretch(limit, cursor, total, "v1")
        assert len(items[page.part]) <= limit
        found += items[page.part]
        if (cursor := page.following) is None:
            break
    assert found == items


def test_without_a_limit_all_are_given() -> None:
    """No limit is no page: the whole list, without a cursor."""
    assert stretch(None, None, 7, "v1") == stretch(7, None, 7, "v1")
    assert stretch(None, None, 7, "v1").following is None


def test_a_cursor_may_be_followed_by_all_the_rest() -> None:
    """With a cursor and no limit the rest is given."""
    cursor = stretch(2, None, 7, "v1").following
    assert stretch(None, cursor, 7, "v1").part == slice(2, 7)


@pytest.mark.parametrize(("cursor", "words"), [("x", "no cursor"), ("-v1", "no cursor"), ("²-v1", "no cursor"),
                                               ("2-v0", "changed"), ("7-v1", "changed")])  # fmt: skip
def test_a_stale_cursor_is_refused(cursor: str, words: str) -> None:
    """What isn't a cursor, is one of another state of the list, or lies behind its end, is refused."""
    with pytest.raises(UsageError, match=words):
        stretch(2, cursor, 7, "v1")
