"""How rightly verdicts are given."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from eval.measures.measures import Bools, auroc
from evqa.works.verdicts import OUTCOMES, VerdictWeights, decided, probabilities
from index.models.embedding import Doubles, Integers

RESAMPLES, SEED = 1_000, 11
BINS = 5


class VerdictScores(NamedTuple):
    """Macro F1 over the three verdicts with its 95 % interval, F1 and precision of each, the share of right ones,
    AUROC of the probability of "supports" and of "disagrees" against both others, and the expected calibration error
    of the probability of the verdict given.
    """

    pairs: int
    macro_f1: float
    low: float
    high: float
    f1: dict[str, float]
    precision: dict[str, float]
    right: float
    auroc_supports: float
    auroc_disagrees: float
    ece: float


def scored(
    scores: Sequence[Sequence[float]], outcomes: Sequence[int], documents: Sequence[str], weights: VerdictWeights
) -> VerdictScores:
    """Score a network's scores of pairs (n, 3) against the true outcomes. The interval is by resampling documents."""
    given = np.array([decided(each, weights).column for each in scores])
    shares = np.array([probabilities(each, weights) for each in scores])
    truth = np.array(outcomes)
    low, high = _interval(given, truth, documents)
    own = shares[np.arange(len(given)), given]
    return VerdictScores(
        pairs=len(truth),
        macro_f1=_rounded(_macro(given, truth)),
        low=_rounded(low),
        high=_rounded(high),
        f1={name: _rounded(_f1(given, truth, place)) for place, name in enumerate(OUTCOMES)},
        precision={name: _rounded(_precision(given, truth, place)) for place, name in enumerate(OUTCOMES)},
        right=_rounded(float((given == truth).mean())),
        auroc_supports=_rounded(_auroc(shares[:, 0], truth == 0)),
        auroc_disagrees=_rounded(_auroc(shares[:, 2], truth == 2)),
        ece=_rounded(_ece(own, given == truth)),
    )


def _rounded(value: float) -> float:
    return round(value, 3)


def _f1(given: Integers, truth: Integers, outcome: int) -> float:
    hits = int(((given == outcome) & (truth == outcome)).sum())
    both = int((given == outcome).sum() + (truth == outcome).sum())
    return 2 * hits / both if both else 1.0


def _precision(given: Integers, truth: Integers, outcome: int) -> float:
    """Of the verdicts given the share that is right; 1.0 where none is given."""
    said = given == outcome
    return float((truth[said] == outcome).mean()) if said.any() else 1.0


def _macro(given: Integers, truth: Integers) -> float:
    return sum(_f1(given, truth, place) for place in range(len(OUTCOMES))) / len(OUTCOMES)


def _auroc(values: Doubles, is_so: Bools) -> float:
    return float(auroc(values[is_so][None], values[~is_so][None])[0]) if 0 < is_so.sum() < len(is_so) else 1.0


def _ece(probability: Doubles, is_right: Bools) -> float:
    places = np.minimum((probability * BINS).astype(int), BINS - 1)
    gaps = [
        abs(probability[places == each].mean() - is_right[places == each].mean()) * (places == each).mean()
        for each in np.unique(places)
    ]
    return float(sum(gaps))


def _interval(given: Integers, truth: Integers, documents: Sequence[str]) -> tuple[float, float]:
    names = sorted(set(documents))
    places = [np.flatnonzero(np.array(documents) == name) for name in names]
    draw = np.random.default_rng(SEED)
    found = []
    for _ in range(RESAMPLES):
        chosen = np.concatenate([places[each] for each in draw.integers(len(names), size=len(names))])
        found.append(_macro(given[chosen], truth[chosen]))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)
