"""Results kept for the tuples last seen."""

from collections.abc import Callable, Sequence

from evqa.memo import MOST, remembered


def counting() -> tuple[list[Sequence[int]], Callable[[Sequence[int]], int]]:
    """What a remembered sum was worked out for, and the sum."""
    seen: list[Sequence[int]] = []

    def total(items: Sequence[int]) -> int:
        seen.append(items)
        return sum(items)

    return seen, remembered(total)


def test_the_same_tuple_is_worked_out_once() -> None:
    """A tuple's result is kept; an equal tuple that is another object is worked out for itself."""
    seen, total = counting()
    one, other = ((*pair,) for pair in ([1, 2], [1, 2]))
    assert [total(each) for each in (one, one, other, other)] == [3, 3, 3, 3]
    assert [each is one for each in seen] == [True, False]


def test_what_may_change_is_not_kept() -> None:
    """A list that has changed gives the result of what it holds now."""
    _, total = counting()
    items = [1]
    before = total(items)
    items.append(2)
    assert (before, total(items)) == (1, 3)


def test_few_are_kept() -> None:
    """The tuple seen longest ago is let go when there are too many."""
    seen, total = counting()
    given = [(place, place) for place in range(MOST + 1)]
    for each in (*given, *given[1:], given[0]):
        total(each)
    assert len(seen) == MOST + 2
