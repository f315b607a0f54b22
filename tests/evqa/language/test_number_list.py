"""Lists of numbers, shortened."""

import re

from hypothesis import given
from hypothesis import strategies as st

from evqa.language.number_list import number_list


def test_runs_become_ranges() -> None:
    """Numbers in a row are a range, each is named once, "and" stands before the last; none give nothing."""
    assert number_list([7, 3, 1, 2, 7, 9, 10]) == "1–3, 7 and 9–10"
    assert (number_list([4, 2]), number_list([5]), number_list([])) == ("2 and 4", "5", "")


@given(st.sets(st.integers(1, 60)))
def test_no_number_is_lost(numbers: set[int]) -> None:
    """Written out again, the list holds the same numbers."""
    read: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", number_list(numbers)):
        read.update(range(int(first), int(last or first) + 1))
    assert read == numbers
