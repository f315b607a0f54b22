"""Check whether numbers are in order of first citation (Vancouver style), and which are out of order."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

# Least share of numbers in order. Lists below it have another order, such as the alphabet's.
ORDERED = 0.8


class PlaceInOrder(NamedTuple):
    """How one printed number fits the order.

    `in_order`: it is the citation by which its number takes its turn. `early`: its turn comes later. `astray`: it never
    comes. `gap`: numbers whose turn is here that nothing takes.
    """

    in_order: bool = False
    early: bool = False
    astray: bool = False
    gap: tuple[int, ...] = ()


class CitationOrder(NamedTuple):
    """`share` of the cited numbers that take their turn in ascending order, and how each printed number fits."""

    share: float
    placed: tuple[PlaceInOrder, ...]

    @property
    def is_kept(self) -> bool:
        """Whether the list is in order of first citation."""
        return self.share > ORDERED


def order_of(printed: Sequence[int], last: int) -> CitationOrder:
    """The order of numbers given as they are printed; `last` is the highest number of the list.

    What takes its turn is the longest strictly ascending subsequence (Fredman 1975), first citations preferred.
    """
    if not printed:
        return CitationOrder(0.0, ())
    turns = longest_ascent(printed)
    at = {printed[place]: place for place in turns}
    placed = tuple(_placed(place, printed, turns, at, last) for place in range(len(printed)))
    return CitationOrder(len(turns) / len(set(printed)), placed)


def _placed(place: int, printed: Sequence[int], turns: Sequence[int], at: dict[int, int], last: int) -> PlaceInOrder:
    number = printed[place]
    if at.get(number) == place:
        return PlaceInOrder(in_order=True)
    following = bisect_left(turns, place)
    before = printed[turns[following - 1]] if following else 0
    behind = printed[turns[following]] if following < len(turns) else last + 1
    gap = tuple(missing for missing in range(before + 1, behind) if missing not in at)
    return PlaceInOrder(early=at.get(number, -1) > place, astray=number not in at, gap=gap)


def longest_ascent(printed: Sequence[int]) -> list[int]:
    """Places of the longest strictly ascending subsequence; among equals the one with most first occurrences."""
    ends: list[tuple[int, int]] = [(0, -1)] * (max(printed) + 2)  # A Fenwick tree of (length, place) by number.
    before = [-1] * len(printed)
    best = (0, -1)
    seen: set[int] = set()
    for place, number in enumerate(printed):
        length, before[place] = _longest_below(ends, number)
        # Lengths are scaled so that first occurrences only decide between equals.
        reached = (length + len(printed) + 1 + (number not in seen), place)
        seen.add(number)
        _raise(ends, number, reached)
        best = max(best, reached, key=lambda each: each[0])
    found = []
    place = best[1]
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _longest_below(ends: Sequence[tuple[int, int]], number: int) -> tuple[int, int]:
    best = (0, -1)
    while number > 0:
        best = max(best, ends[number], key=lambda each: each[0])
        number -= number & -number
    return best


def _raise(ends: list[tuple[int, int]], number: int, reached: tuple[int, int]) -> None:
    number += 1
    while number < len(ends):
        ends[number] = max(ends[number], reached, key=lambda each: each[0])
        number += number & -number
