"""Find the years that a question states: "in 2025", "before 2005", "between 2010 and 2015", "the nineties"."""

import re
from dataclasses import dataclass

from evqa.language.wordings import Stretch

_UNIT = (
    r"(?:patients?|adults|people|persons|men|women|children|participants|subjects|cases|controls|samples|mice|cells)"
)
_YEAR = rf"(?:the\s+)?(?:year\s+)?((?:1[6-9]|20)\d\d)(?!\s+{_UNIT}\b)"
_FOREVER = 9999
# Pattern, years to add to its first year, and years to add to its last.
_RANGES: tuple[tuple[str, int, int], ...] = (
    (rf"\b(?:between|from)\s+{_YEAR}\s*(?:and|to|until|through|-|–)\s*{_YEAR}\b", 0, 0),
    (rf"\b{_YEAR}\s*(?:[-–]|to)\s*{_YEAR}\b", 0, 0),
    (rf"\b(?:no|not) (?:older|earlier) than\s+{_YEAR}\b|\bnot before\s+{_YEAR}\b", 0, _FOREVER),
    (
        rf"\b(?:in|from) or after\s+{_YEAR}\b|(?:\b(?:from|in)\s+)?\b{_YEAR} (?:or|and) (?:later|after|newer)\b",
        0,
        _FOREVER,
    ),
    (rf"\bin or before\s+{_YEAR}\b|(?:\b(?:from|in)\s+)?\b{_YEAR} (?:or|and) (?:earlier|before|older)\b", -_FOREVER, 0),
    (rf"\b(?:up to|until|by the end of|(?:no|not) (?:later|newer) than)\s+{_YEAR}\b", -_FOREVER, 0),
    (rf"\b(?:before|prior to|older than|earlier than|predat(?:e|es|ed|ing))\s+{_YEAR}\b", -_FOREVER, -1),
    (rf"\b(?:after|later than|newer than|postdat(?:e|es|ed|ing))\s+{_YEAR}\b", 1, _FOREVER),
    (rf"\bsince\s+{_YEAR}\b|\bfrom\s+{_YEAR}\s+(?:onwards?\b|on(?=\s*(?:$|[?.,;])))", 0, _FOREVER),
    (rf"\b{_YEAR}s\b", 0, 9),
    (rf"\b(?:in|from|during|of)?\s*\b{_YEAR}\b", 0, 0),
)
_DECADES = {
    name: 1920 + 10 * place
    for place, name in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split())
}


@dataclass(frozen=True)
class Years:
    """An inclusive range of years and where the question states it."""

    first: int
    last: int
    where: Stretch


def find_years(question: str) -> Years | None:
    """The first range that the question states; None if none."""
    for pattern, down, up in _RANGES:
        if match := re.search(pattern, question, re.IGNORECASE):
            given = [int(year) for year in match.groups() if year]
            return Years(max(0, given[0] + down), min(_FOREVER, given[-1] + up), match.span())
    return _decade(question)


def _decade(question: str) -> Years | None:
    """ "the nineties" and "the 90s" are 1990–1999."""
    match = re.search(rf"\bthe\s+(?:({'|'.join(_DECADES)})|['’]?([2-9])0s)\b", question, re.IGNORECASE)
    if not match:
        return None
    first = _DECADES[match[1].lower()] if match[1] else 1900 + 10 * int(match[2])
    return Years(first, first + 9, match.span())
