"""What a cited work says of a statement, decided from a verifier's scores by calibrated weights.

The weights lie in `verdicts.json` with the scores that they had on claims left out of the fit; `python -m eval.verify
calibrate` fits them anew.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple, get_args

from pydantic import ConfigDict, Field

from evqa.model import Outcome, Record

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
DECIMALS = 3


class VerdictWeights(Record):
    """How a verifier's scores become probabilities: each outcome's score times `scale` plus its bias.

    `least`: a verdict other than "unclear" needs at least this probability.
    """

    model_config = ConfigDict(extra="ignore")

    scale: float = Field(gt=0)
    supports: float
    unclear: float
    disagrees: float
    least: float = Field(ge=0, le=1)


class Verdict(NamedTuple):
    """An outcome with its probability."""

    outcome: Outcome
    probability: float

    @property
    def column(self) -> int:
        """The place of the outcome among OUTCOMES."""
        return OUTCOMES.index(self.outcome)


@cache
def verdict_weights() -> VerdictWeights:
    """The weights that come with evqa."""
    return VerdictWeights.model_validate_json((files("evqa.works") / "verdicts.json").read_bytes())


def probabilities(scores: Sequence[float], weights: VerdictWeights | None = None) -> tuple[float, ...]:
    """The probabilities of OUTCOMES, which add up to 1, from the verifier's scores of them."""
    used = weights or verdict_weights()
    biases = (used.supports, used.unclear, used.disagrees)
    values = [score * used.scale + bias for score, bias in zip(scores, biases, strict=True)]
    odds = [exp(value - max(values)) for value in values]
    return tuple(each / sum(odds) for each in odds)


def decided(scores: Sequence[float], weights: VerdictWeights | None = None) -> Verdict:
    """The most probable outcome, "unclear" where it isn't probable enough, with its probability."""
    found = probabilities(scores, weights)
    place = max(range(len(OUTCOMES)), key=lambda each: found[each])
    if found[place] < (weights or verdict_weights()).least:
        place = OUTCOMES.index("unclear")
    return Verdict(OUTCOMES[place], round(found[place], DECIMALS))
