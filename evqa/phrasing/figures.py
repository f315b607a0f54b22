"""The numbers of a sentence with their units and bounds, and whether the claims have them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from evqa.language.words import fold
from evqa.phrasing.reading import Reading
from evqa.quoting.folding import Token

_ONES = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {name: n for n, name in enumerate(_ONES.split(), 1)} | {
    name: 10 * n for n, name in enumerate(_TENS.split(), 2)
}
_HUNDRED = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
PARTS = frozenset("half halves third thirds quarter quarters twice thrice double triple dozen".split())

_LONG_UNITS = {
    unit: unit
    for unit in """day week month year hour minute second decade century fold time cycle gram litre
    liter metre meter degree""".split()
}
_ALIAS = {
    "h": "hour",
    "hr": "hour",
    "hrs": "hour",
    "min": "minute",
    "sec": "second",
    "s": "second",
    "d": "day",
    "yr": "year",
    "yrs": "year",
    "wk": "week",
    "percent": "%",
    "liter": "litre",
    "meter": "metre",
}
_NO_UNITS = frozenset(
    """a an the of in on at to or and for was were is are had has by with from as than that who but not out per vs see
    fig both each all any it its one two three four five six ten no if""".split()
)

_MORE = (
    "over",
    "above",
    "exceeding",
    "more than",
    "greater than",
    "higher than",
    "at least",
    "no less than",
    ">",
    "≥",
    "⩾",
)
_LESS = ("below", "under", "less than", "fewer than", "lower than", "smaller than", "up to", "at most", "<", "≤", "⩽")
_ABOUT = (
    "about",
    "approximately",
    "around",
    "nearly",
    "almost",
    "roughly",
    "some",
    "circa",
    "estimated",
    "~",
    "≈",
    "approx",
)
_BOUNDS = {
    phrase: name for name, phrases in (("more", _MORE), ("less", _LESS), ("about", _ABOUT)) for phrase in phrases
}


class Figure(NamedTuple):
    """A number: its value as text, its unit ("" without), its bound ("more", "less", "about" or ""), and its place.

    `listed`: the unit that follows further on in the same list: "mg" of the first number of "150 or 300 mg".
    """

    value: str
    unit: str
    bound: str
    at: int
    listed: str = ""


def figures(reading: Reading) -> tuple[Figure, ...]:
    """The numbers of a text in order; those in words count as such from two on."""
    return _figures(reading.tokens)


def _figures(found: Sequence[Token]) -> tuple[Figure, ...]:
    made: list[Figure] = []
    at = 0
    while at < len(found):
        value, end = _value(found, at)
        if value:
            made.append(Figure(value, _unit(found, end), _bound(found, at), at))
        at = max(end, at + 1)
    return tuple(_listed(made, found))


def _listed(made: Sequence[Figure], found: Sequence[Token]) -> list[Figure]:
    """The figures, each with the unit that its list ends with."""
    done: list[Figure] = []
    for figure in reversed(made):
        follows = done[-1] if done else None
        unit = figure.unit
        if not unit and follows and _is_list(found[figure.at + 1 : follows.at]):
            unit = follows.listed
        done.append(figure._replace(listed=unit))
    return list(reversed(done))


def _is_list(between: Sequence[Token]) -> bool:
    """Whether nothing but what joins the numbers of a list stands between two of them."""
    allowed = {",", "-", "±", "and", "or", "to", "/", "×", "(", ")", "=", "vs", "+", "respectively"}
    return len(between) <= 4 and all(token.form in allowed or token.kind in ("raised",) for token in between)


def _value(found: Sequence[Token], at: int) -> tuple[str, int]:
    """The value of the number at a place, and the place behind it; "" if there is none."""
    token = found[at]
    if token.kind == "number":
        end = at + 1
        value = _plain(token.form)
        if end < len(found) and found[end].kind == "raised" and value == "10":
            return f"10^{found[end].form}", end + 1
        if end < len(found) and fold(found[end].form) in ("million", "billion", "thousand"):
            return f"{value} {fold(found[end].form)}", end + 1
        return value, end
    return _in_words(found, at)


def _plain(form: str) -> str:
    if re.fullmatch(r"\d+\.\d+", form):
        return form.rstrip("0").rstrip(".")
    return form.lstrip("0") or "0"


def _in_words(found: Sequence[Token], at: int) -> tuple[str, int]:
    total, end, is_any = 0, at, False
    while end < len(found):
        form = fold(found[end].form)
        if form in _VALUES:
            total, is_any = total + _VALUES[form], True
        elif form in _HUNDRED and is_any:
            total *= _HUNDRED[form]
        elif not (
            form == "-" and is_any and end + 1 < len(found) and fold(found[end + 1].form) in {*_VALUES, *_HUNDRED}
        ):
            break
        end += 1
    # "One" is mostly no number.
    return (str(total), end) if is_any and total > 1 else ("", at)


def _unit(found: Sequence[Token], at: int) -> str:
    """The unit that begins at a place; "" if none does."""
    if at < len(found) and found[at].form == "-":
        at += 1
    if at >= len(found):
        return ""
    form = found[at].form
    if form == "%":
        return "%"
    if form in ("°", "º"):
        return "°" + "".join(token.form for token in found[at + 1 : at + 2])
    if found[at].kind != "word":
        return ""
    first = _unit_word(form)
    if not first:
        return "%" if fold(form) == "per" and at + 1 < len(found) and fold(found[at + 1].form) == "cent" else ""
    rest = at + 1
    unit = first
    while rest + 1 < len(found) and found[rest].form == "/" and found[rest + 1].kind == "word":
        unit += "/" + (_unit_word(found[rest + 1].form) or fold(found[rest + 1].form))
        rest += 2
    return unit


def _unit_word(form: str) -> str:
    low = fold(form)
    single = low.removesuffix("s") if len(low) > 3 else low
    if low in _ALIAS:
        return _ALIAS[low]
    if single in _LONG_UNITS:
        return _ALIAS.get(single, single)
    if len(form) <= 5 and low not in _NO_UNITS and re.fullmatch(r"[A-Za-zµμΩ]+", form) and not _is_word(form):
        return form.replace("µ", "μ")
    return ""


_SYMBOL = re.compile(
    r"(?:[kmcdnpfµμMGT]?(?:g|m|M|l|L|s|mol|Gy|Hz|Pa|J|W|V|A|Da|bp|b|B|U|IU|Ci|Bq|Sv|cal|eq|osm|N|K|C|F|S))|bp|kb|Mb|nt|IU|U|ppm|ppb|rpm|ha|cfu"
    r"|CFU|mmHg|Hg|au|atm|bar|dB|OD|pH|mol|kcal|psi|lb|oz|ft|inch|mM|nM"
)


def _is_word(form: str) -> bool:
    return not _SYMBOL.fullmatch(form)


def _bound(found: Sequence[Token], at: int) -> str:
    before = [fold(token.form) for token in found[max(0, at - 3) : at]]
    for length in (3, 2, 1):
        phrase = " ".join(before[-length:])
        if len(before) >= length and phrase in _BOUNDS:
            return _BOUNDS[phrase]
    return ""


def figure_fault(sentence: Reading, claims: Sequence[Reading]) -> str:
    """What is wrong with the numbers of a sentence: the kind of fault, "" if they stand in the claims."""
    known = [figure for claim in claims for figure in figures(claim)]
    for figure in figures(sentence):
        same = [each for each in known if each.value == figure.value]
        if not same:
            return "number"
        with_unit = [each for each in same if _same_unit(figure, each)]
        if not with_unit:
            return "unit"
        bounds = {each.bound for each in with_unit}
        if figure.bound not in bounds and not (figure.bound == "about" and bounds == {""}):
            return "bound"
    return "" if _raised(sentence) <= {each for claim in claims for each in _raised(claim)} else "number"


def _raised(reading: Reading) -> set[tuple[str, str]]:
    """Superscript numbers, each with the number, sign or unit before it; "" for another word, whose note it may be."""
    pairs = zip(reading.tokens, reading.tokens[1:], strict=False)
    return {
        (before.form if before.kind != "word" or len(before.form) <= 3 else "", token.form)
        for before, token in pairs
        if token.kind == "raised"
    }


def _same_unit(figure: Figure, known: Figure) -> bool:
    if figure.unit:
        return figure.unit in (known.unit, known.listed)
    if figure.listed:
        return figure.listed in (known.unit, known.listed)
    return known.unit != "%"
