"""Reference numbers that a question names: "reference 15", "refs 3–5", "[12]"."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Numbers:
    """Reference numbers that a question asks about, and whether about the entry rather than its uses."""

    numbers: tuple[int, ...]
    entry: bool
    taken: tuple[tuple[int, int], ...]


_LISTED_NUMBERS = r"(\d{1,4}(?:\s*(?:,|and|&|or|to|-|–)\s*\d{1,4}\b(?!\s*(?:%|mg|nm|years?|weeks?|days?)))*)"
_NUMBERED = re.compile(
    r"\b(?:references?|refs?\.?|citations?|sources?|bibliograph(?:y|ic) entry|entr(?:y|ies)|cited (?:work|paper|study))"
    rf"\s*(?:(?:number|numbers|nos?\.?|nr\.?|#|№)\s*)?[\[(]?{_LISTED_NUMBERS}[\])]?",
    re.IGNORECASE,
)
_CITING_NUMBER = re.compile(
    rf"\bcit(?:e|es|ed|ing)\s+(?:(?:number|numbers|no\.?|nos\.?|#)\s*)?[\[(]?{_LISTED_NUMBERS}[\])]?", re.IGNORECASE
)
_BRACKETED = re.compile(rf"\[{_LISTED_NUMBERS}\]")
_ENTRY = re.compile(
    r"\b(?:titles?d?|authors?|who wrote|wrote|written|journal|published|appear(?:ed)?|years?|doi|volume|pages?"
    r"|full (?:citation|reference|entry)|bibliographic)\b"
    r"|^\s*what(?:'s| is| are)\s+(?:ref|reference|citation|source|entry)\w*\.?\s*"
    r"(?:(?:number|no\.?)\s*)?[\[(]?\d+[\])]?\s*\??\s*$",
    re.IGNORECASE,
)


def find_numbers(question: str) -> Numbers | None:
    """The reference numbers that a question names ("reference 15", "refs 3–5", "[12]"); None if it names none."""
    matches = [m for pattern in (_NUMBERED, _CITING_NUMBER, _BRACKETED) for m in pattern.finditer(question)]
    numbers = [n for match in matches for n in expanded(match[1]) if not 1800 <= n <= 2100]
    if not numbers:
        return None
    spans = tuple(sorted({match.span() for match in matches}))
    return Numbers(tuple(dict.fromkeys(numbers)), bool(_ENTRY.search(question)), spans)


def expanded(printed: str) -> list[int]:
    """ "3 and 5–7" is 3, 5, 6, 7; a range that runs backwards or is long counts as its two ends."""
    numbers: list[int] = []
    for part in re.split(r"\s*(?:,|and|&|or)\s*", printed):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        is_range = len(ends) == 2 and 0 < ends[1] - ends[0] <= 40
        numbers += range(ends[0], ends[1] + 1) if is_range else ends
    return numbers
