"""What is worked out from the records of an open corpus: kept with them, and gone with them."""

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, Self, TypeVar, cast

Item_co = TypeVar("Item_co", covariant=True)
Given = TypeVar("Given")
Rest = ParamSpec("Rest")
Result = TypeVar("Result")


class Keeping:
    """Records that never change and keep the results of `derived` functions. Safe to use from several threads."""

    _kept: dict[Hashable, object]

    def kept(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """The result under that key, made if it isn't there. Threads that ask at once may each make it; one is kept."""
        if key not in self._kept:
            self._kept.setdefault(key, make())
        return cast(Result, self._kept[key])


class FixedTuple(Keeping, tuple[Item_co, ...]):
    """Records in order, as an open corpus holds them."""

    def __new__(cls, items: Iterable[Item_co] = ()) -> Self:
        """The records, with nothing kept yet."""
        found = super().__new__(cls, items)
        found._kept = {}
        return found


class FixedSet(Keeping, frozenset[Item_co]):
    """A set of words, as an open corpus holds it."""

    def __new__(cls, items: Iterable[Item_co] = ()) -> Self:
        """The set, with nothing kept yet."""
        found = super().__new__(cls, items)
        found._kept = {}
        return found


def derived(function: Callable[Concatenate[Given, Rest], Result]) -> Callable[Concatenate[Given, Rest], Result]:
    """The function, with its result kept by its first argument where that is `Keeping`.

    Any other argument must be hashable and given by position. Lists and other collections that may change keep
    nothing: for them the function runs each time.
    """

    @wraps(function)
    def result(records: Given, *rest: Rest.args, **named: Rest.kwargs) -> Result:
        if named or not isinstance(records, Keeping):
            return function(records, *rest, **named)
        return records.kept((function, *rest), lambda: function(records, *rest, **named))

    return cast(Callable[Concatenate[Given, Rest], Result], result)
