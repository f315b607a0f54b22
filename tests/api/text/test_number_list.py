"""Lists of numbers, shortened."""

import re

from hypothesis import given
from hypothesis import strategies as st

from api.text.number_list import number_list


def test_runs_become_ranges() -> None:
    """Three numbers in a row are a range, two aren't, and each is named once."""
    assert number_list([7, 3, 1, 2, 7, 9, 10]) == "1–3, 7, 9, 10"


@given(st.sets(st.integers(1, 60)))
def test_no_number_is_lost(numbers: set[int]) -> None:
    """Written out again, the list holds the same numbers."""
    read: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", number_list(numbers)):
        read.update(range(int(first), int(last or first) + 1))
    assert read == numbers
