"""Parse numbers and names as an article prints them in a marker or a label."""

import re
from collections.abc import Set as AbstractSet

from evqa.language.words import words

_LIST = re.compile(r"\d+(?:[\s,;]*[-–—‐‑‒−,;\s]\s*\d+)*")
_PART = re.compile(r"(\d+)(?:\s*[-–—‐‑‒−]\s*(\d+))?")
_LAST_WORD = re.compile(r"[^\W_]+[\W_]*$")
_OPENING = {")": "(", "]": "["}
LONGEST = 500
INTRODUCING = frozenset(
    "see also e g eg cf ref refs reference references et al and colleagues coworkers co workers".split()
)


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


def without_names(text: str, families: AbstractSet[str]) -> str:
    """Cut authors (folded family names) and words like "see" off the end of a text: "by Li et al." becomes "by "."""
    while last := _LAST_WORD.search(text):
        if not all(word in families or word in INTRODUCING for word in words(last.group())):
            break
        text = text[: last.start()]
    return text


def without_open_bracket(text: str) -> str:
    """Cut a text at the bracket that is still open at its end: "seen (first by" becomes "seen "."""
    closed: list[str] = []
    for place in range(len(text) - 1, -1, -1):
        if text[place] in _OPENING:
            closed.append(_OPENING[text[place]])
        elif text[place] in "([":
            if not closed:
                return text[:place]
            closed.pop()
    return text


def has_bracket(marker: str) -> bool:
    """Whether a marker contains a bracket."""
    return "(" in marker or "[" in marker
