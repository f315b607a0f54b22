"""Read and write the numbers of markers: "(11–13)", "[3, 4]", "¹²,¹³"."""

import re
from collections.abc import Iterable

from evqa.errors import BackwardsError, MarkerError, RangeError
from ingest.markup.superscript import DIGITS, lowered

WIDEST = 40
_WORDS = re.compile(
    r"(?:\s*(?:see(?:\s+also)?|reviewed\s+in|e\.g\.,?|cf\.|refs?\.?|references?|nos?\.)\s*)+", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*(?:[,;&]+(?:\s*and\b)?|\band\b)\s*")
_BLANK = re.compile(rf"(?<=[{DIGITS}])\s+(?=[{DIGITS}])")
_DASH = re.compile(r"\s*(?:[-–—‐‑−]{1,2}|\bto\b)\s*")
_NUMBER = re.compile(r"[1-9]\d{0,3}")


def expand(printed: str) -> tuple[int, ...]:
    """Return the numbers of a printed marker in printed order: "(11–13)" is (11, 12, 13), "3, 4" is (3, 4).

    Only superscript numbers may be separated by spaces alone.

    Raises MarkerError if it isn't made of numbers, RangeError if a range runs backwards or spans more than 40 entries.
    """
    numbers: list[int] = []
    for part in _SEPARATOR.split(_bare(printed)):
        first, last = _bounds(part, printed)
        numbers.extend(range(first, last + 1))
    return tuple(dict.fromkeys(numbers))


def format_numbers(numbers: Iterable[int]) -> str:
    """Write a set of numbers in the shortest form, ascending: (11, 12, 13, 15) is "11–13, 15"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1 and len(runs[-1]) < WIDEST:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    return f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run))


def _bare(printed: str) -> str:
    inner = lowered(_BLANK.sub(",", printed)).strip().strip("()[]").strip(" \t,;.")
    return _WORDS.sub("", inner.replace("[", "").replace("]", ""), count=1)


def _bounds(part: str, printed: str) -> tuple[int, int]:
    ends, marker = _DASH.split(part), f"marker {printed[:60]!r}"
    if len(ends) > 2 or not all(_NUMBER.fullmatch(end) for end in ends):
        raise MarkerError(marker, f"{part[:30]!r} isn't a number or a range", "expected e.g. (3, 5–7)")
    first, last = int(ends[0]), int(ends[-1])
    if len(ends) == 2 and not first < last:
        raise BackwardsError(marker, f"the range {part} runs backwards", "check the printed numbers")
    if last - first >= WIDEST:
        raise RangeError(marker, f"the range {part} spans more than {WIDEST} entries", "check it")
    return first, last
