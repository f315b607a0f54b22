"""Numbers in order of first citation, and those that aren't."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from evqa.audit.citation_order import PlaceInOrder, longest_ascent, order_of

PRINTED = st.lists(st.integers(1, 9), min_size=1, max_size=9)


def firsts(printed: Sequence[int], places: Sequence[int]) -> int:
    """How many of the places are those where their number is printed for the first time."""
    return sum(printed.index(printed[place]) == place for place in places)


def best_by_hand(printed: Sequence[int]) -> tuple[int, int]:
    """Length and first occurrences of the best of all ascending subsequences, each looked at."""
    return max(
        (length, firsts(printed, places))
        for length in range(1, len(printed) + 1)
        for places in combinations(range(len(printed)), length)
        if all(printed[one] < printed[two] for one, two in pairwise(places))
    )


@given(printed=PRINTED)
def test_the_longest_ascent(printed: list[int]) -> None:
    """It ascends in places and numbers, none is longer, and none as long has more first occurrences."""
    found = longest_ascent(printed)
    numbers = [printed[place] for place in found]
    assert found == sorted(set(found))
    assert numbers == sorted(set(numbers))
    assert (len(found), firsts(printed, found)) == best_by_hand(printed)


def test_first_citations_take_their_turn() -> None:
    """Of ascents as long the one with more first citations is it: after 1, the 2 and not the 3 cited before."""
    assert longest_ascent([3, 1, 3, 2]) == [1, 3]


@given(count=st.integers(1, 30), again=st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=9))
def test_a_list_in_order_has_nothing_out_of_it(count: int, again: list[tuple[int, int]]) -> None:
    """Numbers 1 to n cited in order, with any cited again later, are all in order, and none is early or astray."""
    printed = list(range(1, count + 1))
    for place, number in again:
        if number <= count:
            printed.insert(printed.index(number) + 1 + place, number)
    order = order_of(printed, count)
    assert order.share == 1.0
    assert order.is_kept
    assert not [each for each in order.placed if each.early or each.astray]
    assert sum(each.in_order for each in order.placed) == count


@given(printed=PRINTED, more=st.integers(0, 3))
def test_what_is_said_of_each_number(printed: list[int], more: int) -> None:
    """Of each printed number one is said: it is in order at most once, early only before that, astray if never."""
    last = max(printed) + more
    order = order_of(printed, last)
    assert len(order.placed) == len(printed)
    turns = {printed[place]: place for place, each in enumerate(order.placed) if each.in_order}
    assert order.share == len(turns) / len(set(printed))
    for place, (number, each) in enumerate(zip(printed, order.placed, strict=True)):
        assert each.astray == (number not in turns)
        assert each.early == (turns.get(number, -1) > place)
        assert not set(each.gap) & set(turns)
        assert all(1 <= missing <= last for missing in each.gap)


def test_a_number_ahead_of_its_turn() -> None:
    """5 before 3 and 4 is early where its own turn comes, and nothing is missing there."""
    assert order_of([1, 2, 5, 3, 4, 5], 5).placed[2] == PlaceInOrder(early=True)


def test_a_number_in_the_place_of_another() -> None:
    """1 where 3 would be next says that 3 is missing there; 9 that is cited nowhere else is astray."""
    assert order_of([1, 2, 1, 4, 5], 5).placed[2] == PlaceInOrder(gap=(3,))
    assert order_of([1, 2, 9, 4, 5], 9).placed[2] == PlaceInOrder(astray=True, gap=(3,))


def test_the_end_of_the_list_is_a_gap() -> None:
    """Numbers that nothing cites behind the last turn are missing there."""
    assert order_of([1, 2, 3, 2], 5).placed[3].gap == (4, 5)


def test_an_alphabetical_list_isnt_kept_to() -> None:
    """Numbers printed in an order of their own aren't taken for a list in order of first citation."""
    order = order_of([7, 2, 9, 4, 1, 8, 3, 6, 5], 9)
    assert order.share < 0.5
    assert not order.is_kept


def test_no_numbers() -> None:
    """Without numbers there is no order to be kept."""
    assert order_of([], 4) == (0.0, ())
    assert not order_of([], 4).is_kept
