"""Read pypdf's values from files that nobody vouches for. Used in the child process only."""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST = 1_000
_STEPS = 8


def solid(value: Any) -> Any:
    """Follow references to the value itself; None if they lead round in a circle."""
    for _ in range(_STEPS):
        if not hasattr(value, "idnum"):
            return value
        value = value.get_object()
    return None


def entry(holder: Any, key: str) -> Any:
    """Return the value of a dictionary's key; None if there is none or it is no dictionary."""
    holder = solid(holder)
    return solid(holder.get(key)) if isinstance(holder, Mapping) else None


def items(value: Any, most: int) -> Iterator[Any]:
    """Yield the first values of an array; nothing if it is no array."""
    value = solid(value)
    if isinstance(value, list):
        yield from (solid(one) for one in value[:most])


def number(value: Any) -> float | None:
    """Return a finite number; None for anything else."""
    value = solid(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        # pypdf reads numbers with fractions as Decimal-like floats; others are names, nulls or text.
        return None
    return float(value)


def words(value: Any) -> str:
    """Return a text without control characters, its white space single; "" for anything else."""
    value = solid(value)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    shown = "".join(c if not unicodedata.category(c).startswith("C") else " " * c.isspace() for c in value[:LONGEST])
    return " ".join(shown.encode("utf-8", "replace").decode().split())


def key_of(value: Any) -> str | None:
    """Return the name of a destination as one spelling, whether it is written as a name or as a text."""
    value = solid(value)
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return str(value)[:LONGEST].removeprefix("/") if isinstance(value, str) else None
