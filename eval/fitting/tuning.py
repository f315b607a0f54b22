"""What is fitted, fitted on some reviews: the weights of the ranking, when to doubt, and the model of confidence.

Weights are found by coordinate search over short lists of values, from a start that makes sense by itself. Sets of
questions are small, so that a value must gain GAIN to be taken, judged together with its neighbours in the list.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np

from eval.fitting.calibrate import Table, confidence_model, inner_auroc, table_of
from eval.fitting.remembering import Remembering
from eval.measures.measures import f1
from eval.runs.gold import GoldQuestion
from evqa.answering.choosing import choose, claims_of, numbers_of
from evqa.answering.ranking import Ranked, Ranking, rank
from evqa.corpus.corpus import Corpus
from evqa.fitted import ConfidenceModel, Fitted, RankingWeights, WordBounds, fitted, using
from evqa.language.words import squeeze
from evqa.model import Record
from evqa.question.understanding import Understanding, understand
from evqa.refusal.confidence import observed

PASSES = 2
# Of reciprocal rank and F1, or of AUROC: about half the standard error of either over 180 questions.
GAIN = 0.005
DEPTH = 20
Grid: TypeAlias = dict[str, tuple[Any, ...]]

RANKING_START = RankingWeights(
    entry=-0.1,
    listed_entry=0.1,
    citing=0.03,
    margin=0.015,
    source_margin=0.03,
    list_margin=0.1,
    length_cost=0.014,
    saturation=0.65,
)
RANKING_GRID: Grid = {
    "saturation": (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1.0),
    "entry": (-0.2, -0.15, -0.1, -0.05, 0.0),
    "length_cost": (0.0, 0.007, 0.014, 0.021, 0.028),
    "listed_entry": (0.0, 0.05, 0.1, 0.15, 0.2),
    "citing": (0.0, 0.015, 0.03, 0.045, 0.06),
    "margin": (0.0, 0.005, 0.01, 0.015, 0.02, 0.03),
    "source_margin": (0.0, 0.015, 0.03, 0.045, 0.06),
    "list_margin": (0.05, 0.075, 0.1, 0.15, 0.2),
}
# From which cosine on nothing is left of a word, and from which weight it counts in full, isn't fitted: every value
# near these does as well.
DOUBT_START = WordBounds(near=0.56, away=0.3, missing=0.7, rare=(4.0, 5.5), specific=2.0)
DOUBT_GRID: Grid = {
    "rare": ((3.0, 5.0), (3.5, 5.0), (3.5, 5.5), (4.0, 5.0), (4.0, 5.5), (4.5, 5.5), (4.5, 6.0)),
    "near": (0.44, 0.5, 0.56, 0.62),
    "missing": (0.6, 0.65, 0.7, 0.75, 0.8),
}


class Asked(NamedTuple):
    """A gold question as the corpus understands it."""

    gold: GoldQuestion
    understood: Understanding


class Review:
    """A gold set with the corpus that it is about."""

    def __init__(self, name: str, gold: Sequence[GoldQuestion], corpus: Corpus) -> None:
        self.name = name
        self._corpus = Remembering(corpus)
        self._asked = [Asked(question, understand(question.question, corpus)) for question in gold]
        self._answerable = [each for each in self._asked if each.gold.is_answerable]
        self._quality: dict[RankingWeights, float] = {}

    def quality(self, weights: RankingWeights) -> float:
        """Mean over the answerable questions of reciprocal rank and of reference F1, were all answered."""
        if weights not in self._quality:
            with using(fitted().model_copy(update={"ranking": weights})):
                found = [_quality(each, rank(each.understood, self._corpus)) for each in self._answerable]
            self._quality[weights] = float(np.mean(found))
        return self._quality[weights]

    def table(self, chosen: Fitted) -> Table:
        """The questions as numbers, ranked by the weights and doubted as they say."""
        with using(chosen):
            ranked = [(each.understood, rank(each.understood, self._corpus)) for each in self._asked]
            rows = [observed(*each, self._corpus) for each in ranked]
        return table_of(self.name, [each.gold for each in self._asked], rows)


def _quality(asked: Asked, ranking: Ranking) -> float:
    chosen = choose(asked.understood, ranking.ranked)
    claims = [claim for each in chosen for claim in claims_of(each.passage)]
    given = f1(asked.gold.references, numbers_of(asked.understood, claims))
    return (given + _reciprocal_rank(asked.gold, chosen, ranking.ranked)) / 2


def _reciprocal_rank(gold: GoldQuestion, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> float:
    """1 / rank of the first passage with an anchor, those of the answer before the others; 0 beyond DEPTH."""
    ids = {each.passage.id for each in chosen}
    shown = [*chosen, *(each for each in ranked[: DEPTH + len(ids)] if each.passage.id not in ids)][:DEPTH]
    for place, each in enumerate(shown, start=1):
        text = squeeze(each.passage.text)
        if any(anchor in text for anchor in gold.anchors):
            return 1 / place
    return 0.0


def fit_all(reviews: Sequence[Review]) -> Fitted:
    """Everything that is fitted, on these reviews."""
    ranking = searched(
        RANKING_START, RANKING_GRID, lambda tried: float(np.mean([each.quality(tried) for each in reviews]))
    )
    chosen = fitted().model_copy(update={"ranking": ranking})
    doubt = searched(DOUBT_START, DOUBT_GRID, lambda tried: inner_auroc(_tables(reviews, chosen, tried)))
    return chosen.model_copy(update={"confidence": confidence_model(_tables(reviews, chosen, doubt), doubt)})


def _tables(reviews: Sequence[Review], chosen: Fitted, doubt: WordBounds) -> list[Table]:
    doubting: ConfidenceModel = chosen.confidence.model_copy(update={"doubt": doubt})
    return [each.table(chosen.model_copy(update={"confidence": doubting})) for each in reviews]


Weights = TypeVar("Weights", bound=Record)


def searched(start: Weights, grid: Grid, quality: Callable[[Weights], float]) -> Weights:
    """Coordinate search, PASSES times through the grid in its order; the start stays where nothing is better."""
    found = start
    for _ in range(PASSES):
        for name, values in grid.items():
            tried = [found.model_copy(update={name: value}) for value in values]
            found = tried[best_place([quality(each) for each in tried], values.index(getattr(found, name)))]
    return found


def best_place(qualities: Sequence[float], at: int) -> int:
    """The place of the best quality, smoothed with that of both neighbours at half its weight; `at` without GAIN."""
    padded = [qualities[0], *qualities, qualities[-1]]
    smooth = [(padded[place] + 2 * padded[place + 1] + padded[place + 2]) / 4 for place in range(len(qualities))]
    best = max(range(len(smooth)), key=smooth.__getitem__)
    return best if smooth[best] >= smooth[at] + GAIN else at
