"""What is worked out once for a corpus and asked for with every question."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 8


def remembered(function: Callable[[Sequence[Item]], Result], most: int = MOST) -> Callable[[Sequence[Item]], Result]:
    """The function, with its results for the `most` tuples last given kept; the same tuple is known by identity.

    To compare thousands of records with those seen before, or to hash them, would take as long as the work itself.
    Other sequences may change and are worked out each time.
    """
    known: dict[int, tuple[Sequence[Item], Result]] = {}

    @wraps(function)
    def found(items: Sequence[Item]) -> Result:
        # What is kept holds its tuple, so that no other can have the same identity.
        kept = known.get(id(items))
        if kept is not None:
            return kept[1]
        result = function(items)
        if isinstance(items, tuple):
            for oldest in list(known)[: max(0, len(known) + 1 - most)]:
                known.pop(oldest, None)
            known[id(items)] = (items, result)
        return result

    return found
