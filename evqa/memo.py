"""What is worked out once for a corpus and asked for with every question."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")

MOST = 8


def remembered(function: Callable[Given, Result], most: int = MOST) -> Callable[Given, Result]:
    """The function, with its results for the `most` tuples last asked for kept; the same tuple is known by identity.

    It may take several tuples. To compare thousands of records with those seen before, or to hash them, would take as
    long as the work itself. Other sequences may change and are worked out each time.
    """
    known: dict[tuple[int, ...], tuple[object, Result]] = {}

    @wraps(function)
    def found(*items: Given.args, **named: Given.kwargs) -> Result:
        key = tuple(map(id, items))
        # What is kept holds its tuples, so that no others can have the same identity.
        kept = known.pop(key, None)
        if kept is None:
            result = function(*items, **named)
            if named or not all(isinstance(each, tuple) for each in items):
                return result
            kept = (items, result)
        for oldest in list(known)[: max(0, len(known) + 1 - most)]:
            known.pop(oldest, None)
        known[key] = kept
        return kept[1]

    return found
