"""Put accents that a file prints as characters of their own over their letters.

Which letter it is follows from the place: the one nearest to the accent's middle that can have it. An accent without
such a letter is dropped: alone it would cut a line in two.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ingest.pdf.file.extract import Run

_COMBINING = dict(
    zip("´`¨˜ˆˇ˙˚¯˘˝¸˛", "\u0301\u0300\u0308\u0303\u0302\u030c\u0307\u030a\u0304\u0306\u030b\u0327\u0328", strict=True)
)
_ACCENT = re.compile(f"[{''.join(_COMBINING)}]")
_RISE, _REACH, _NEIGHBOURS = 0.6, 4, 3


def with_accents(runs: Sequence[Run]) -> Sequence[Run]:
    """Return the runs with each lone accent over its letter in a run near it in the file."""
    if not any(_ACCENT.fullmatch(run.text.strip()) for run in runs):
        return runs
    held: list[Run | None] = list(runs)
    for i, run in enumerate(runs):
        accent = run.text.strip()
        if not _ACCENT.fullmatch(accent):
            continue
        near = [k for k in range(max(0, i - _NEIGHBOURS), min(len(runs), i + _NEIGHBOURS + 1)) if k != i]
        for k in sorted(near, key=lambda k: abs(k - i)):
            other = held[k]
            if other is not None and _is_over(run, other):
                held[k] = replace(other, text=_accented(other, accent, (run.x0 + run.x1) / 2))
                held[i] = None
                break
    return [run for run in held if run is not None]


def _is_over(accent: Run, run: Run) -> bool:
    middle = (accent.x0 + accent.x1) / 2
    return run.x0 <= middle <= run.x1 and abs(accent.baseline - run.baseline) <= _RISE * run.size


def _accented(run: Run, accent: str, x: float) -> str:
    text = run.text
    place = (x - run.x0) / max(run.x1 - run.x0, 0.1) * len(text) - 0.5
    for i in sorted(range(len(text)), key=lambda i: abs(i - place)):
        if abs(i - place) > _REACH:
            break
        bare = {"ı": "i", "ȷ": "j"}.get(text[i], text[i])
        letter = unicodedata.normalize("NFC", bare + _COMBINING[accent])
        if bare.isalpha() and len(letter) == 1:
            return text[:i] + letter + text[i + 1 :]
    return text
