"""What is worked out from records is kept with them."""

import gc
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from weakref import ref

import pytest

from evqa.derived import FixedSet, FixedTuple, derived


def counting() -> tuple[list[Sequence[int]], Callable[[Sequence[int]], int]]:
    """The sequences that a derived sum was worked out for, and the sum."""
    seen: list[Sequence[int]] = []

    @derived
    def total(items: Sequence[int]) -> int:
        seen.append(items)
        return sum(items)

    return seen, total


def test_records_are_looked_through_once() -> None:
    """Fixed records keep the result; equal ones that are other records have their own."""
    seen, total = counting()
    one, other = FixedTuple([1, 2]), FixedTuple([1, 2])
    assert [total(each) for each in (one, one, other, other)] == [3, 3, 3, 3]
    assert [each is one for each in seen] == [True, False]
    assert (one, one[0], {one: 1}[other]) == ((1, 2), 1, 1)


def test_what_may_change_keeps_nothing() -> None:
    """A list that has changed gives the result of what it holds now."""
    _, total = counting()
    items = [1]
    before = total(items)
    items.append(2)
    assert (before, total(items)) == (1, 3)


def test_functions_and_arguments_are_told_apart() -> None:
    """Each function, and each of its further arguments, has a result of its own, None among them."""
    seen: list[int] = []

    @derived
    def longer(words: frozenset[str], than: int) -> frozenset[str] | None:
        seen.append(than)
        return frozenset(word for word in words if len(word) > than) or None

    words = FixedSet({"a", "bread"})
    assert [longer(words, 1), longer(words, 9), longer(words, 1), longer(words, 9)] == [{"bread"}, None] * 2
    assert seen == [1, 9]


@pytest.mark.slow
def test_what_is_kept_goes_with_the_records() -> None:
    """Nothing outside of the records holds what was worked out from them, even where that refers back to them."""

    class Made:
        """Something made from records."""

        def __init__(self, records: Sequence[int]) -> None:
            self.records = records

    records = FixedTuple([1, 2])
    made = ref(derived(Made)(records))
    assert made() is not None
    del records
    gc.collect()
    assert made() is None


def test_threads_share_one_result() -> None:
    """Whoever asks first, all threads get the same object."""
    make = derived(lambda numbers: [sum(numbers)])
    for _ in range(50):
        records = FixedTuple(range(100))
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(make, [records] * 8))
        assert len({id(each) for each in found}) == 1
