"""Find bibliography entries that begin with the next number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.lines.line import Line
from ingest.pdf.lines.paragraphs import Strip, strips

_FEWEST = 5
_SKIPPED = 3
_AHEAD = 12
_RAISED = re.compile(r"\s*[\[(]?(\d{1,4})[\].)]*\s*")
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(\d{1,4})\.(?:\s+|(?=[^\W\d_]))",
        r"\[(\d{1,4})\]\.?\s*",
        r"\((\d{1,4})\)\.?\s*",
        r"(\d{1,4})\)\s*",
        r"(\d{1,4})(?:\s+|(?=[A-Z]))",
    )
)


@dataclass(frozen=True)
class Numbered:
    """Numbered entries, what stands before the first of them, and the last number."""

    before: list[Strip]
    entries: list[list[Line]]
    last: int


def by_number(parts: Sequence[Strip], last: int) -> Numbered | None:
    """Return entries that begin with consecutive numbers in one form; None if they aren't numbered."""
    printed = [(line, strip.is_in(line)) for strip in parts for line in strip.lines]
    starts, end = max((_chain(printed, form, last) for form in (*_FORMS, _RAISED)), key=lambda chain: len(chain[0]))
    is_short_list = len(starts) > 1 and len(printed) < 6 * len(starts)
    if not starts or not (len(starts) >= _FEWEST or is_short_list or last):
        return None
    # Behind a heading in the middle of the list stand the sentences that it heads; at the list's own the first
    # entry may have lost its number.
    first = starts[0] if last else 0
    bounds = [first, *(at for at in starts if at > first), len(printed)]
    lines = [line for line, _ in printed]
    return Numbered(strips(lines[:first]), [lines[a:b] for a, b in pairwise(bounds)], end)


def _begins(line: Line, form: re.Pattern[str]) -> re.Match[str] | None:
    """Match the number that a line begins with."""
    superscript = line.printed.leading_superscript()
    if form is _RAISED:
        return form.fullmatch(superscript[0]) if superscript else None
    return None if superscript else form.match(line.text)


def _chain(printed: Sequence[tuple[Line, bool]], form: re.Pattern[str], last: int) -> tuple[list[int], int]:
    """Return the indexes of lines that begin with the next number, and the last number. Up to three may be missing."""
    numbers = [(at, int(m[1])) for at, (line, _) in enumerate(printed) if (m := _begins(line, form))]
    starts: list[int] = []
    for i, (at, number) in enumerate(numbers):
        step = number - last
        is_skip = last > 0 and 1 < step <= _SKIPPED and not printed[at][1]
        if step == 1 or (is_skip and last + 1 not in {n for _, n in numbers[i + 1 : i + _AHEAD]}):
            last = number
            starts.append(at)
    return starts, last
