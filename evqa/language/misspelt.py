"""Find the name that was meant by one that isn't known."""

from collections.abc import Iterable

# Of 1: less alike than this, two names are two names.
ALIKE = 0.6


def meant(given: str, known: Iterable[str]) -> str | None:
    """The known name most like the given one, whatever its case; None if none is like it."""
    from difflib import get_close_matches  # only a mistake waits for it

    by_folded = {name.casefold(): name for name in known}
    near = get_close_matches(given.casefold(), by_folded, n=1, cutoff=ALIKE)
    return by_folded[near[0]] if near else None


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """ "did you mean NAME?"; "" if no known name is like the given one."""
    found = meant(given, known)
    return f"did you mean {found}?" if found else ""
