"""Say why a number in brackets or a raised one is no marker: quantities, list numbers, powers, formulas."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.markup.patterns import DASHES, RECENT_YEAR, UNIT, YEAR
from ingest.markup.superscript import DIGITS

_VALUE = r"(?<![\w.–-])(\d+(?:[.·]\d+)?)(?:,\d{3})*"
_COUNTED = re.compile(rf"(?<![\w–-])(?!{RECENT_YEAR}\s?$)\d[\d.,·]*\s?%?\s?$")
_MEASURED = re.compile(
    rf"{_VALUE}(?:\s?×\s?10[⁻{DIGITS}\d]+)?\s?(?:{UNIT}|/)(?:\s?/?\s?(?:[a-zµμ]{{0,3}}[lLgm]|day|year)\b[²³]?)?\s?$"
)
_PERCENT = re.compile(rf"{_VALUE}\s?%\s?$")
_BARE_VALUE = re.compile(
    r"(?:^|\b(?:in|of|was|were|is|are|had|to|than|only|about|approximately|around|median|mean|average|aged?|for|from|by|and|or)"
    rf"|[=:,;(±])\s?(?!{RECENT_YEAR}\s?$)(\d+(?:[.·]\d+)?)(?:,\d{{3}})*\s?$",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(\d+)\s?(?:[{DASHES}]|to)\s?(\d+)")
_NORMAL = re.compile(
    r"\b(?:normal|reference|laboratory|interquartile|age)s?\s(?:range|value|interval|limit|level)s?\W*$", re.IGNORECASE
)
_YEAR = re.compile(rf"[(\[]{YEAR}(?:\s?[–-]\s?(?:{RECENT_YEAR})?)?[)\]]")
_THOUSANDS = re.compile(r"[(\[]\d{1,3}(?:,\d{3})+[)\]]")
_LABELS = re.compile(
    r"\b(?:eq(?:uation|n)?s?\.?|formulas?|formulae|panels?|fig(?:ure)?s?\.?|tables?|section|chapter|schemes?)\s?$",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"[=<>≤≥∑∫×]")
_FORMULA_AFTER = re.compile(r"[^\W\d]\S{0,12}?[=<>≤≥]")
_SYMBOL_BEFORE = re.compile(r"(?<![\w-])(?:[a-zα-ωFHUQT]|[χX])[²2]?$")
_REARRANGED = re.compile(r"(?<!\w)(?:t|del|inv|ins|dup|add|der)\s?$")
_AFTER_VALUE = re.compile(r"\s?[=<>≤≥]\s?[−-]?[\d.]")
_BASE = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)$")
_UNIT_BASE = re.compile(r"(?<![^\W\d_])(?:[kcmµμnd]?m|kg|g|s|h|L|l|mL|min|sec|cm|Da|mol|day|d|year|yr|A|V|W|K|ha)$")
_SYMBOL_BASE = re.compile(r"(?<![\w-])[RrIχηpPTQτσ]$")
# No word that a marker could stand behind: "Δ⁶-desaturase".
_OPERATOR = re.compile(r"(?<!\w)[Δ∂∇]$")
_SINGLE = re.compile(r"[(\[](\d{1,2})[)\]]")
_ITEM_BEFORE = re.compile(r"(?:^|(?<!\bal)[:;,.?!][\"”’')]?\s*|(?<=[\d%])\)\s|\b(?:and|or)\s+)$")
_FIRST_BEFORE = re.compile(
    _ITEM_BEFORE.pattern[:-2]
    + r"|[—–(]\s?|\b(?:are|is|were|was|be|to|by|includ\w+|either|as|of|for|with|that|both|namely|in|on|into|the|we"
    r"|least)\s+)$"
)
_SURE, _LONGEST_ITEM = 3, 200
_NUMBERS, _NO_VALUE = re.compile(r"\d+"), 3
_SEMICOLON_BEFORE = re.compile(r";\s*(?:(?:and|or)\s+)?$")
_ITEM_AFTER = re.compile(r"\s*[\"“‘']?[^\W\d_]")
_RUN = rf"[1-9]\d{{0,2}}(?:\s?[{DASHES}]\s?[1-9]\d{{0,2}})?"
_MARKER = re.compile(rf"[(\[]{_RUN}(?:\s?[,;]\s?{_RUN}){{0,9}}[)\]]")
_CLOSED = re.compile(r"\s?[.,;](?!\d)")
_VALUE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:[kcmµμnpd]?(?:m|g|L|l|M|mol|Da|Hz|Pa|s|V|W|J|U)|nt|kb|Mb|bp|h|min|IU|ppm|mmHg|rpm)(?:[²³]|/\w+|⁻¹)?"
    rf"|\d\s?{UNIT}|[=<>≤≥≈~±×/+%°](?:\s?\S{{1,10}})?)\s?$"
)
_PAGES_AFTER = re.compile(r":\s?[eE]?\d")
_COUNTING = re.compile(
    r"(?:\b(?:n|no|nos|nr|number|numbered|total|totals|count|counts|sum|mean|median|average|averaged|range|ranged|ranges"
    r"|ranging|interval|quartiles?|IQR|SD|SEM|CI|score|scores|scored|scale|points?|grades?|stages?|levels?|phases?|types?"
    r"|classe?s?|aged?|ages|dose|volume|length|weight|size|ratio|value|values|rate|percent|percentages?|frequency|males?"
    r"|females?|men|women|boys|girls|children|adults|participants|subjects|individuals|respondents|volunteers|controls"
    r"|group|animals|mice|rats|samples?|specimens|grants?|awards?|projects?|protocol|approval|committee|licen[cs]e"
    r"|permit|code|registration|version|item|items|step|question|residues?|position|positions|amino acids?|zero|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand))\s?$",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"(?:[a-z]{3}|(?<![^\W\d_])[A-Z]{3,6}|[^\W\d_]{2}[.,;:)\]”’\"])$")
_RAISED = re.compile(rf"[{DIGITS}]{{1,3}}(?:\s?[\s,;⁻{DASHES}]\s?[{DIGITS}]{{1,3}}){{0,9}}")
_INTERVAL = re.compile(r"\s?[(\[]?\d{1,3}\s?%\s?(?:CI|confidence)\b")
_SYMBOL = re.compile(r"(?<![^\W_])[^\W\d_]$")
_JOINED = re.compile(r"\s?(?:and|or|to|vs\.?|versus|,|/|&)\s?")


def reason(match: re.Match[str], start: int, end: int, *, is_cell: bool) -> str:
    """Say why a match in round brackets is no marker; "" if it may be one.

    `start`, `end`: the paragraph or table cell around it.
    """
    before, after = _around(match, start, end)
    printed = match[0]
    if _YEAR.fullmatch(printed):
        return "year"
    if found := _printed_number(printed, before, after, is_first=not is_cell and match.start() == start):
        return found
    if _THOUSANDS.fullmatch(printed) or (is_cell and _COUNTED.search(before)) or re.match(UNIT, after.lstrip()[:12]):
        return "quantity"
    if _REARRANGED.search(before) or _SYMBOL_BEFORE.search(before) or (before[-1:].isalnum() and after[:1].isalnum()):
        return "a function's argument"
    if _AFTER_VALUE.match(after):
        return "statistic"
    return ""


def _printed_number(printed: str, before: str, after: str, *, is_first: bool) -> str:
    """Say whether the number is that of a list item at a paragraph's start, or an issue behind its volume."""
    if is_first and _SINGLE.fullmatch(printed) and _ITEM_AFTER.match(after):
        return "list numbering"
    return "volume and page" if before[-1:].isdigit() and _PAGES_AFTER.match(after) else ""


def doubt(match: re.Match[str], start: int, end: int) -> str:
    """Say why a match in round brackets may be a quantity; "" if nothing suggests it. The other markers decide."""
    before, after = _around(match, start, end)
    span = _RANGE.search(match[0])
    if len(_NUMBERS.findall(match[0])) >= _NO_VALUE:
        return ""
    if not span:
        return "quantity" if _BARE_VALUE.search(before) and re.match(r"\s[^\W\d_]", after) else ""
    value = _PERCENT.search(before) or _BARE_VALUE.search(before)
    if value:
        return "quantity" if int(span[1]) <= float(value[1].replace("·", ".")) <= int(span[2]) else ""
    return "quantity" if _MEASURED.search(before) or _NORMAL.search(before) else ""


def number_of_something(match: re.Match[str], start: int, end: int, *, is_text: bool) -> str:
    """Say whether a number belongs to an equation or to a printed figure, table or section; "" if not."""
    before, after = _around(match, start, end)
    if _LABELS.search(before):
        return "number of something printed"
    is_last = not match.string[match.end() : end].strip()
    if is_text and is_last and match.start() == start and match[0][1:-1].isdigit():
        return "equation number"
    ends_formula = bool((is_last and _FORMULA.search(before)) or _FORMULA_AFTER.match(after))
    return "equation number" if ends_formula and is_text and match[0][1:-1].isdigit() else ""


def _around(match: re.Match[str], start: int, end: int) -> tuple[str, str]:
    text = match.string
    return text[max(start, match.start() - 40) : match.start()], text[match.end() : min(match.end() + 14, end)]


def raised_reason(match: re.Match[str], start: int, end: int, *, is_cell: bool = False) -> str:
    """Say why superscript digits are no marker; "" if they may be one."""
    before, after = _around(match, start, end)
    printed = match[0]
    is_single = bool(re.fullmatch(rf"[{DIGITS}]+", printed))
    if before.endswith("⁻") or _is_power(before, after, printed) or (is_single and _OPERATOR.search(before)):
        return "exponent"
    if is_single and printed in "²³⁴" and (_UNIT_BASE.search(before) or _SYMBOL_BASE.search(before)):
        return "exponent"
    if is_single and after[:1] in tuple("⁺⁻+"):
        return "charge"
    if is_single and after[:1].isalpha() and (not before or before[-1] in " ([-–/"):
        return "isotope"
    is_alone = is_cell and not after.strip()
    return "footnote" if not before.strip() and is_single and not is_alone else ""


def is_like_marker(match: re.Match[str], start: int) -> bool:
    """Tell whether a match is made of numbers of up to three digits and isn't the range of a value."""
    before = match.string[max(start, match.start() - 40) : match.start()]
    if not match[0].startswith(("(", "[")):
        return bool(_RAISED.fullmatch(match[0])) and not _UNIT_BASE.search(before)
    if match.string[match.end() : match.end() + 1].isalnum():
        return False
    span = _RANGE.search(match[0])
    is_around_value = bool(span and int(span[1]) < int(span[2]) and _is_value(before))
    return bool(_MARKER.fullmatch(match[0])) and not is_around_value


def is_plain(match: re.Match[str], start: int, end: int) -> bool:
    """Tell whether a match stands where only markers stand.

    That is before a full stop and not behind a value or count, or raised behind a word.
    """
    if not is_like_marker(match, start):
        return False
    before = match.string[max(start, match.start() - 40) : match.start()]
    if not match[0].startswith(("(", "[")):
        return bool(_WORD_BEFORE.search(before))
    is_closed = bool(_CLOSED.match(match.string[match.end() : min(match.end() + 3, end)]))
    return is_closed and not _is_value(before) and not _COUNTING.search(before)


def stands_as_marker(text: str, start: int, end: int) -> bool:
    """Tell whether numbers in brackets or raised ones stand where only markers stand, as `is_plain`."""
    match = (_MARKER if text[start] in "([" else _RAISED).match(text, start, end)
    return match is not None and match.end() == end and is_plain(match, 0, len(text))


def stands_as_value(text: str, start: int, end: int) -> bool:
    """Tell whether brackets stand behind a number or before an interval's percentage, or raised digits behind a letter.

    "1.2 [1, 3]", "12 [6] years", "[1, 3] (95% CI)", "x²".
    """
    before = text[max(0, start - 40) : start]
    if text[start] in "([":
        return bool(_COUNTED.search(before) or _INTERVAL.match(text, end))
    return text[start] in DIGITS and bool(_SYMBOL.search(before))


def _is_power(before: str, after: str, printed: str) -> bool:
    """Tell whether digits are an exponent behind a number; two digits only behind 2 and 10."""
    base = _BASE.search(before)
    if not base or re.fullmatch(rf"{RECENT_YEAR}|\d+\.\d+", base[1]) or after[:1] == "⁾":
        return False
    return len(printed) == 1 or base[1] in ("2", "10")


def _is_value(before: str) -> bool:
    return bool(_COUNTED.search(before) or _VALUE_BEFORE.search(before))


def list_items(
    matches: Sequence[re.Match[str]], start: int, end: int, *, is_loose: bool = False
) -> list[re.Match[str]]:
    """Return the matches that number a list, "(1) …; (2) …": consecutive from 1, each set off and followed by a word.

    If a semicolon separates the first two, or if `is_loose`, the first may follow any word.
    """
    listed: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for match in matches:
        if not _SINGLE.fullmatch(match[0]) or not _ITEM_AFTER.match(
            match.string[match.end() : min(match.end() + 4, end)]
        ):
            continue
        if run and _follows(match, run, start, is_loose=is_loose):
            run.append(match)
        else:
            run = [match] if int(match[0][1:-1]) == 1 else []
        if len(run) >= 2:
            listed += run if len(run) == 2 else run[-1:]
    return listed


def _follows(match: re.Match[str], run: Sequence[re.Match[str]], start: int, *, is_loose: bool) -> bool:
    """Tell whether an item continues the list that `run` begins."""
    if int(match[0][1:-1]) != int(run[-1][0][1:-1]) + 1:
        return False
    if not _is_set_off(match, start, _ITEM_BEFORE):
        return len(run) >= _SURE and match.start() - run[-1].end() < _LONGEST_ITEM
    is_plain = is_loose or len(run) > 1 or _is_set_off(match, start, _SEMICOLON_BEFORE)
    return is_plain or _is_set_off(run[0], start, _FIRST_BEFORE)


def _is_set_off(match: re.Match[str], start: int, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(match.string[max(start, match.start() - 12) : match.start()]))


def list_mentions(matches: Sequence[re.Match[str]], last: int) -> list[re.Match[str]]:
    """Return the matches that name list items in pairs, "types (1) and (2)". `last`: the list's last number."""
    singles = [m for m in matches if _SINGLE.fullmatch(m[0]) and int(m[0][1:-1]) <= last]
    found: list[re.Match[str]] = []
    for first, second in pairwise(singles):
        if _JOINED.fullmatch(first.string[first.end() : second.start()]) and first[0] != second[0]:
            found += [first, second]
    return found
