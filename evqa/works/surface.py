"""Compare what a statement says with a sentence of the work that it cites, by rule: numbers, negation, direction.

A network that reads meanings is blind to exactly these: "raised" lies beside "lowered", 12 beside 21.
"""

import re
from typing import NamedTuple

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(
    r"\b(?:no|not|nor|none|neither|never|without|cannot|fail\w*|lack\w*|absen\w+|unable|unchanged|unaffected|"
    r"similar|comparable|independent of|rather than)\b|n['’]t\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:increas\w*|elevat\w*|higher|greater|more|rais\w*|rise\w*|enhanc\w*|promot\w*|up-?regulat\w*|stimulat\w*|"
    r"activat\w*|improv\w*|induc\w*|accelerat\w*|longer|stronger|better|gain\w*)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:decreas\w*|reduc\w*|lower\w*|less|fewer|diminish\w*|inhibit\w*|suppress\w*|down-?regulat\w*|impair\w*|"
    r"block\w*|attenuat\w*|prevent\w*|declin\w*|shorter|weaker|worse\w*|loss|protect\w*)\b",
    re.IGNORECASE,
)


class SurfaceComparison(NamedTuple):
    """How a statement and what a work says differ on the surface, each 0 to 1.

    `has_numbers`: the statement has numbers; `other_numbers` the share of them that the work's words lack.
    `negated`, `says_negated`: whether the statement and the work deny something; `one_negated`: exactly one does.
    `up`, `down`, `says_up`, `says_down`: whether words for more and for less occur in either; `turned_up`,
    `turned_down`: whether in exactly one of them.
    """

    has_numbers: float
    other_numbers: float
    negated: float
    says_negated: float
    one_negated: float
    up: float
    down: float
    says_up: float
    says_down: float
    turned_up: float
    turned_down: float


def surface_comparison(statement: str, says: str) -> SurfaceComparison:
    """Compare a statement, without its markers, with what a work says."""
    numbers, others = set(_NUMBER.findall(statement)), set(_NUMBER.findall(says))
    negated, denies = _in(_NEGATION, statement), _in(_NEGATION, says)
    up, says_up = _in(_UP, statement), _in(_UP, says)
    down, says_down = _in(_DOWN, statement), _in(_DOWN, says)
    return SurfaceComparison(
        has_numbers=float(bool(numbers)),
        other_numbers=len(numbers - others) / len(numbers) if numbers else 0.0,
        negated=negated,
        says_negated=denies,
        one_negated=abs(negated - denies),
        up=up,
        down=down,
        says_up=says_up,
        says_down=says_down,
        turned_up=abs(up - says_up),
        turned_down=abs(down - says_down),
    )


def direction(word: str) -> int:
    """1 for a word that says more, -1 for one that says less, 0 for any other."""
    return bool(_UP.fullmatch(word)) - bool(_DOWN.fullmatch(word))


def _in(pattern: re.Pattern[str], text: str) -> float:
    return float(bool(pattern.search(text)))
