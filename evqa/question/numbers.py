"""Reference numbers that a question names: "reference 15", "refs 3–5", "[12]"."""

import re
from dataclasses import dataclass

from evqa.language.wordings import BIBLIOGRAPHY, CARDINAL, CARDINALS, ORDINAL, ORDINALS, TIME


@dataclass(frozen=True)
class Numbers:
    """Reference numbers that a question asks about, and whether about the entry rather than its uses."""

    numbers: tuple[int, ...]
    entry: bool
    taken: tuple[tuple[int, int], ...]


_JOINED = r"(?:,|and|&|or|to|through|-|–)"
_COUNTED = r"(?:patient|stud|trial|case|adult|paper|work|source|reference)(?:y|ies|s)?"
_UNIT = rf"(?:%|(?:times|mg|g|nm|mm|cm|ml|{TIME}|{_COUNTED})\b)"
_LISTED_NUMBERS = rf"(\d{{1,4}}\b(?!\s*{_UNIT})(?:\s*{_JOINED}\s*\d{{1,4}}\b(?!\s*{_UNIT}))*)"
_MARK = r"(?:numbers?|numbered|nos?\.?|nr\.?|#|№)"
_BIBLIOGRAPHY = rf"(?:{BIBLIOGRAPHY}|references|list)"
_SINGLE = r"(?:references?|refs?\.?|citations?|bibliograph(?:y|ic) entr(?:y|ies))"
_LISTED_ENTRY = r"entry\b(?!\s+(?:value|range|site|point|into|of (?!the (?:list|bibliography|reference)))s?\b)"
_NUMBERED = re.compile(
    rf"\b(?:{_SINGLE}|sources?|entr(?:y|ies)|cited (?:work|paper|study))\s*(?:{_MARK}\s*)?[\[(]?{_LISTED_NUMBERS}[\])]?"
    rf"|\b(?:papers?|articles?|works?|publications?|stud(?:y|ies)|items?|bibliography)\s*{_MARK}\s*{_LISTED_NUMBERS}"
    rf"|(?:\b|(?=[#№])){_MARK}\s*{_LISTED_NUMBERS}\s+(?:in|of|on|from)\s+(?:the|its|this)\s+{_BIBLIOGRAPHY}\b"
    rf"|\b(\d{{1,4}})(?:st|nd|rd|th)\s+(?:{_SINGLE}|(?:(?:cited|listed)\s+)?(?:source|item)\b|{_LISTED_ENTRY})",
    re.IGNORECASE,
)
_CITING_NUMBER = re.compile(
    rf"\bcit(?:e|es|ed|ing)\s+(?:as\s+|both\s+|all of\s+)?(?:{_MARK}\s*)?[\[(]?{_LISTED_NUMBERS}[\])]?"
    rf"|\b(?:is|are|was|were)\s+{_LISTED_NUMBERS}\s+cited\b|\b(?:by|of|to|do|does|on|with)\s+\({_LISTED_NUMBERS}\)",
    re.IGNORECASE,
)
# "Number 12" may be anything. It is a reference if authors rely on it, or if it says something.
_LEANT_ON = (
    r"(?:(?:appeal|refer|point|resort|turn)\w*\s+(?:back\s+)?to"
    r"|(?:rel[yi]|lean|draw|rest|depend|call)\w*\s+(?:up)?on|invok\w+)"
)
_TOLD = r"cited|quoted|invoked|referenced|referred|appealed|relied|mentioned|brought (?:up|in)|called (?:up)?on"
_LEANT_ON_NUMBER = re.compile(
    rf"\b{_LEANT_ON}\s+(?:the\s+)?{_MARK}\s*{_LISTED_NUMBERS}"
    rf"|(?:\b|(?=[#№])){_MARK}\s*{_LISTED_NUMBERS}\s+(?:(?:is|are|was|were|gets?|being)\s+(?:\w+\s+)?)?(?:{_TOLD})\b"
    rf"|\bdo(?:es)?\s+{_MARK}\s*{_LISTED_NUMBERS}\s+(?:say|support|back|stand|report|find|refer|point|prove)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"\[{_LISTED_NUMBERS}\]")
_PATTERNS = (_NUMBERED, _CITING_NUMBER, _LEANT_ON_NUMBER, _BRACKETED)
_IN_WORDS = re.compile(
    rf"\bthe\s+({ORDINAL})\s+(?:reference|bibliograph(?:y|ic) entry|entry)\b(?!\s+(?:value|range|site))"
    rf"|\b{_SINGLE}\s+(?:(?:number|no\.)\s+)?({CARDINAL})\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"\b(?:titles?d?|authors?|who wrote|wrote|written|journal|published|appear(?:ed)?|years?|doi|volume|pages?"
    r"|full (?:citation|reference|entry)|bibliographic)\b"
    r"|^\s*what(?:'s| is| are)\s+(?:ref|reference|citation|source|entry)\w*\.?\s*"
    r"(?:(?:number|no\.?)\s*)?[\[(]?\d+[\])]?\s*\??\s*$",
    re.IGNORECASE,
)


def find_numbers(question: str) -> Numbers | None:
    """The reference numbers that a question names ("reference 15", "refs 3–5", "[12]"); None if it names none."""
    matches = [m for pattern in _PATTERNS for m in pattern.finditer(question)]
    numbers = [n for match in matches for n in expanded(_given(match)) if not 1800 <= n <= 2100]
    spelled = list(_IN_WORDS.finditer(question))
    numbers += [ORDINALS[m[1].lower()] if m[1] else CARDINALS[m[2].lower()] for m in spelled]
    if not numbers:
        return None
    spans = tuple(sorted({match.span() for match in (*matches, *spelled)}))
    return Numbers(tuple(dict.fromkeys(numbers)), bool(_ENTRY.search(question)), spans)


def _given(match: re.Match[str]) -> str:
    """The one group of a match that holds the numbers."""
    return next(group for group in match.groups() if group)


def expanded(printed: str) -> list[int]:
    """ "3 and 5–7" is 3, 5, 6, 7; a range that runs backwards or is long counts as its two ends."""
    numbers: list[int] = []
    for part in re.split(r"\s*(?:,|and|&|or)\s*", printed):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        is_range = len(ends) == 2 and 0 < ends[1] - ends[0] <= 40
        numbers += range(ends[0], ends[1] + 1) if is_range else ends
    return numbers
