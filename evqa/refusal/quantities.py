"""Find the kind of quantity that a question asks for, and whether a text holds one."""

import re
from dataclasses import dataclass

from evqa.language.wordings import CARDINAL, TIME

_SPELT = (
    rf"(?:(?!one){CARDINAL}|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    r"|thousand|million|dozen)"
)
# "Tended" begins with no number, "twofold" does.
_NUMBER = rf"(?<![\w.-])(?:\d+(?:[.,·]\d+)*|{_SPELT}(?=\b|fold))"
_RANGE = rf"(?:\s*(?:-|–|—|to|±|and|or)\s*(?:\d+(?:[.,·]\d+)*|{_SPELT}))?[\s\-–‐]*"
_SPAN = (
    rf"{_NUMBER}{_RANGE}(?:s|sec|seconds?|min|minutes?|h|hr|hrs|hours?|d|days?|wk|weeks?|mo|months?|y|yr|yrs|years?"
    r"|decades?)\b"
)
_SHARE = (
    rf"{_NUMBER}{_RANGE}(?:%|per ?cent|percentage)|\b(?:half|third|quarter|majority)\b|\b\d+ (?:out )?of (?:the )?\d+"
)
_MEASURED = (
    rf"{_NUMBER}{_RANGE}(?:[kmµμnpdc]?(?:g|l|L|M|mol|IU|U|m|Gy|J|V|Pa)|milli\w+|micro\w+|grams?|lit(?:er|re)s?|mmHg|ppm"
    r"|volts?|°C|parts|times|-?fold|drops|tablets?|capsules?|%|cups?|teaspoons?)(?!\w)"
)
# A count isn't followed by a unit.
_OF_UNITS = (
    r"(?:s|sec|seconds?|min|minutes?|h|hrs?|hours?|days?|wk|weeks?|months?|yrs?|years?|decades?|-?fold"
    r"|times|[kmµμnpdc]?(?:g|l|L|M|m|mol|V|Hz|Gy|J|Pa)|mA|IU|mmHg|ppm|volts?|°C?|cm2|kg/m2)(?!\w)"
)
_COUNT = (
    rf"{_NUMBER}(?![\d.,·]*\d)(?!{_RANGE}{_OF_UNITS})|\b(?:only|just|no more than|at least)\s+(?:a\s+single|one)\b"
    r"|\ba\s+single\b|\bnone\b"
)
_DATE = (
    r"\b(?:1[6-9]|20)\d\d\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    rf" \d|{_SPAN}"
)
_FIGURE = (
    r"auc|odds ratio|hazard ratio|relative risk|p[- ]value|confidence interval|effect size|sensitivity|specificity"
    r"|cut-?off|threshold|incidence|prevalence|g-force|diameter|size|rate|score|ratio|range"
)
# Patterns for question and answer, and whether names with digits ("PD-1") must be removed from the text first.
_KINDS = (
    (
        r"\bper ?cent(?:age)?\b|\b(?:what|which) (?:share|proportion|fraction)\b"
        r"|\bhow (?:large|big|high) (?:a |is the )?(?:share|proportion|fraction|percentage)\b|\bin %",
        _SHARE,
        False,
    ),
    (
        rf"\bhow long\b|\bhow many (?:\w+ )?{TIME}\b|\b(?:half-life|duration)\b|\bat (?:what|which) age\b"
        r"|\bhow (?:old|soon|quickly|fast|late|early)\b",
        _SPAN,
        False,
    ),
    (
        r"^\W*when (?:was|were|did|do|does|is|are)\b|\b(?:what|which) (?:year|month|date|decade)\b|\bsince when\b",
        _DATE,
        False,
    ),
    (
        r"\b(?:what|which) (?:\w+ ){0,2}(?:dos(?:es?|age)|concentrations?|amounts?|voltage|temperature|pressure|volume"
        r"|weight)\b|\bhow much\b|\bhow many (?:\w+ )?(?:grams|mg|millilit\w+|lit\w+|mmhg|units|micro\w+|volts)\b",
        _MEASURED,
        False,
    ),
    (
        r"\bhow many\b(?!.{0,3}(?:times|-?fold)\b)|\b(?:what|which) (?:is |was )?(?:the )?(?:total )?number of\b",
        _COUNT,
        True,
    ),
    (r"\bhow (?:often|many.{0,3}(?:times|-?fold))\b", _NUMBER, True),
    (
        rf"\b(?:what|which|the) (?:\w+ ){{0,3}}(?:{_FIGURE})\b"
        r"|\b(?:what|which) (?:(?:is|was|were|are) )?(?:the |their )?(?:mean|median|average)\b"
        r"|\bhow (?:wide|large|high|heavy|thick|tall|deep)\b",
        _NUMBER,
        True,
    ),
)
_ANY = re.compile(_NUMBER, re.IGNORECASE)
_COMPILED = tuple((re.compile(q, re.IGNORECASE), re.compile(a, re.IGNORECASE), names) for q, a, names in _KINDS)
_IN_UNIT = re.compile(
    r"\bin (%|[a-zµμ]+(?:/[a-z]+)+)|\bhow many (mmhg|mg|kg|ml|degrees)\b|\b(m[lg])/(?:kg|dl)", re.IGNORECASE
)
# Units that a question spells out, and how a text may print them.
_UNITS_SPELT = tuple(
    (re.compile(rf"\bhow many {spelt}\b", re.IGNORECASE), re.compile(rf"\d[\s\u00a0-]*(?:{printed})\b"))
    for spelt, printed in (
        ("milligrams?", "mg|milligrams?"),
        ("micrograms?", "[µμu]g|mcg|micrograms?"),
        ("kilograms?", "kg|kilograms?"),
        ("grams?", "g|grams?"),
        ("millilit(?:er|re)s?", "m[lL]|millilit(?:er|re)s?"),
        ("millimet(?:er|re)s?", "mm|millimet(?:er|re)s?"),
        ("centimet(?:er|re)s?", "cm|centimet(?:er|re)s?"),
        ("hertz", "Hz|hertz"),
        ("volts?", "V|volts?"),
        ("milliamp(?:ere)?s?", "mA|milliamp(?:ere)?s?"),
    )
)
# "Anything cited on how long it lasts" asks for no quantity.
_EMBEDDED = re.compile(
    r"\b(?:on|about|regarding|concerning|over|of) (?=how (?:much|many|long|often|far)\b)", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
# "Table 2", "type 2", "phase 3" and names such as "PD-1", "miR-21", "5HT".
_LABEL = re.compile(r"(?:\b(?:table|figure|fig\.|type|phase|stage|grade|class|group) )\d+", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Za-z]+[-–‐]?\d+\w*|\b\d+[-‐–]?[a-z]?[A-Z]\w*")


@dataclass(frozen=True)
class Quantity:
    """A pattern for the quantity asked for, and the numbers that the question itself gives."""

    form: re.Pattern[str]
    without_names: bool
    given: frozenset[str]
    unit: re.Pattern[str] | None = None

    def is_in(self, text: str) -> bool:
        """Whether the text holds a quantity of this kind that the question doesn't already give."""
        if self.unit is not None and not self.unit.search(text):
            return False
        bare = _LABEL.sub(" ", text)
        bare = _NAME.sub(" ", bare) if self.without_names else bare
        return any(self._is_news(match[0]) for match in self.form.finditer(bare))

    def _is_news(self, found: str) -> bool:
        digits = _DIGITS.findall(found)
        return not digits or not self.given.issuperset(digits)


def find_quantity(question: str) -> Quantity | None:
    """The quantity that the question asks for, None if it asks for none."""
    given = frozenset(_DIGITS.findall(question))
    wanted = _wanted_unit(question)
    asked = _EMBEDDED.split(question, maxsplit=1)[0]
    for asks, form, names in _COMPILED:
        if asks.search(asked):
            # A count has no unit. A unit that the question names is searched for separately.
            return Quantity(_ANY if wanted and form.pattern == _COUNT else form, names, given, wanted)
    return Quantity(_ANY, False, given, wanted) if wanted else None


def _wanted_unit(question: str) -> re.Pattern[str] | None:
    """A pattern for a number with the unit that the question names; None if it names none."""
    if unit := _IN_UNIT.search(question):
        return re.compile(r"\d\s*" + re.escape(unit[unit.lastindex or 0]), re.IGNORECASE)
    for asks, printed in _UNITS_SPELT if "many" in question else ():
        if asks.search(question):
            return printed
    return None
