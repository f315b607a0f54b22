"""Numbers as an article prints them in a marker or a label."""

import re

_LIST = re.compile(r"\d+(?:[\s,;]*[-–—‐‑‒−,;\s]\s*\d+)*")
_PART = re.compile(r"(\d+)(?:\s*[-–—‐‑‒−]\s*(\d+))?")
LONGEST = 500


def number(label: str) -> int | None:
    """The number of a printed label: "[12]", "12." and "R12" are 12; None if there isn't exactly one."""
    found = re.findall(r"\d+", label)
    return int(found[0]) if len(found) == 1 and len(found[0]) < 7 else None


def expand(printed: str) -> tuple[int, ...]:
    """Numbers of a printed list: "3, 5–7" is (3, 5, 6, 7), "3 4" is (3, 4).

    Empty for anything else, for a range that runs backwards and one of more than 500 numbers.
    """
    bare = printed.strip(" []().,;*")
    if not _LIST.fullmatch(bare):
        return ()
    spans = [(int(a), int(b or a)) for a, b in _PART.findall(bare)]
    if any(not 0 <= b - a < LONGEST for a, b in spans):
        return ()
    return tuple(dict.fromkeys(n for a, b in spans for n in range(a, b + 1)))
