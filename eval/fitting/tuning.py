"""Fit the weights of the ranking, the bounds of doubt and the confidence model on some reviews.

Weights are found by coordinate search over short lists of values. The sets of questions are small, so a new value is
taken only if it gains at least GAIN; its quality is smoothed with that of its neighbours in the list.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

import numpy as np

from eval.fitting.calibrate import FeatureTable, confidence_model, inner_auroc, joined, table_of
from eval.measures.measures import f1
from eval.runs.gold import GoldQuestion
from evqa.answering.choosing import choose, claims_of, numbers_of
from evqa.answering.ranking import Ranked, Ranking, rank
from evqa.corpus.corpus import Corpus, Query, Retrieved, Wrapped
from evqa.fitted import ConfidenceModel, Fitted, RankingWeights, WordBounds, fitted, using
from evqa.language.words import squeeze
from evqa.model import Record
from evqa.question.understanding import Understanding, understand
from evqa.refusal.confidence import observed

PASSES = 2
FOLDS = 5
# About half the standard error over 180 questions, of reciprocal rank with F1 and of AUROC.
GAIN = 0.005
DEPTH = 20
Grid: TypeAlias = dict[str, tuple[Any, ...]]

RANKING_START = RankingWeights(
    entry=-0.1,
    listed_entry=0.1,
    margin=0.015,
    source_margin=0.03,
    list_margin=0.1,
    length_cost=0.014,
    saturation=0.65,
)
RANKING_GRID: Grid = {
    "saturation": (0.55, 0.65, 0.75, 0.85, 1.0),
    "entry": (-0.2, -0.15, -0.1, -0.05, 0.0),
    "length_cost": (0.0, 0.007, 0.014, 0.021, 0.028),
    "listed_entry": (0.0, 0.05, 0.1, 0.15, 0.2),
    "margin": (0.0, 0.005, 0.01, 0.015, 0.02, 0.03),
    "source_margin": (0.0, 0.015, 0.03, 0.045, 0.06),
    "list_margin": (0.05, 0.075, 0.1, 0.15, 0.2),
}
# `away` and `specific` aren't fitted: every value near these does equally well.
DOUBT_START = WordBounds(near=0.56, away=0.3, missing=0.7, rare=(4.0, 5.5), specific=2.0)
DOUBT_GRID: Grid = {
    "rare": ((3.0, 5.0), (3.5, 5.0), (3.5, 5.5), (4.0, 5.0), (4.0, 5.5), (4.5, 5.5), (4.5, 6.0)),
    "near": (0.44, 0.5, 0.56, 0.62),
    "missing": (0.6, 0.65, 0.7, 0.75, 0.8),
}


class Remembering(Wrapped):
    """A corpus that keeps the candidates of each query: no fitted weight but the saturation changes them.

    Those of the last saturation are kept, so that memory suffices for many documents.
    """

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus)
        self._candidates: dict[Query, Retrieved] = {}
        self._saturation = 1.0

    def retrieve(self, query: Query) -> Retrieved:
        """Candidates for the query; the corpus is searched once for each query."""
        if query.saturation != self._saturation:
            self._saturation = query.saturation
            self._candidates.clear()
        if query not in self._candidates:
            self._candidates[query] = super().retrieve(query)
        return self._candidates[query]


class FitSet(Protocol):
    """Questions about a document, as fitting needs them."""

    @property
    def name(self) -> str:
        """What the set is called."""

    def quality(self, weights: RankingWeights) -> float:
        """How good (0..1) the ranking is with these weights."""

    def table(self, chosen: Fitted) -> FeatureTable:
        """The features of the questions, with the fitted values given."""


class UnderstoodQuestion(NamedTuple):
    """A gold question as the corpus understands it."""

    gold: GoldQuestion
    understood: Understanding


class TuningSet:
    """A gold set with the corpus of its document; what no weight changes is computed once."""

    def __init__(self, name: str, gold: Sequence[GoldQuestion], corpus: Corpus) -> None:
        self.name = name
        self.gold = gold
        self.corpus = corpus
        self._remembering = Remembering(corpus)
        self._questions = [UnderstoodQuestion(question, understand(question.question, corpus)) for question in gold]
        self._answerable = [question for question in self._questions if question.gold.is_answerable]
        self._qualities: dict[RankingWeights, float] = {}

    def quality(self, weights: RankingWeights) -> float:
        """Mean of reciprocal rank and reference F1 over the answerable questions, as if all were answered."""
        if weights not in self._qualities:
            with using(fitted().model_copy(update={"ranking": weights})):
                values = [_quality(each, rank(each.understood, self._remembering)) for each in self._answerable]
            self._qualities[weights] = float(np.mean(values))
        return self._qualities[weights]

    def table(self, chosen: Fitted) -> FeatureTable:
        """The features of the questions, with the fitted values given."""
        with using(chosen):
            ranked = [(each.understood, rank(each.understood, self._remembering)) for each in self._questions]
            rows = [observed(*each, self._remembering) for each in ranked]
        return table_of(self.name, self.gold, rows)


def _quality(question: UnderstoodQuestion, ranking: Ranking) -> float:
    chosen = choose(question.understood, ranking.ranked)
    claims = [claim for candidate in chosen for claim in claims_of(candidate.passage)]
    reference_f1 = f1(question.gold.references, numbers_of(question.understood, claims))
    return (reference_f1 + _reciprocal_rank(question.gold, chosen, ranking.ranked)) / 2


def _reciprocal_rank(gold: GoldQuestion, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> float:
    """1 / rank of the first passage with an anchor, or 0 beyond DEPTH. Passages of the answer come first."""
    ids = {candidate.passage.id for candidate in chosen}
    others = (candidate for candidate in ranked[: DEPTH + len(ids)] if candidate.passage.id not in ids)
    shown = [*chosen, *others][:DEPTH]
    for place, candidate in enumerate(shown, start=1):
        text = squeeze(candidate.passage.text)
        if any(anchor in text for anchor in gold.anchors):
            return 1 / place
    return 0.0


def fit_all(sets: Sequence[FitSet]) -> Fitted:
    """Fit ranking and confidence on these sets."""
    ranking = searched(RANKING_START, RANKING_GRID, lambda tried: float(np.mean([one.quality(tried) for one in sets])))
    chosen = fitted().model_copy(update={"ranking": ranking})
    doubt = searched(DOUBT_START, DOUBT_GRID, lambda tried: inner_auroc(_tables(sets, chosen, tried)))
    return chosen.model_copy(update={"confidence": confidence_model(_tables(sets, chosen, doubt), doubt)})


def _tables(sets: Sequence[FitSet], chosen: Fitted, doubt: WordBounds) -> list[FeatureTable]:
    """A table of each set, or of each of FOLDS parts where there are more sets."""
    doubting: ConfidenceModel = chosen.confidence.model_copy(update={"doubt": doubt})
    tables = [one.table(chosen.model_copy(update={"confidence": doubting})) for one in sets]
    return [joined(tables[fold::FOLDS]) for fold in range(min(FOLDS, len(tables)))]


Weights = TypeVar("Weights", bound=Record)


def searched(start: Weights, grid: Grid, quality: Callable[[Weights], float]) -> Weights:
    """Search the grid one weight at a time, PASSES times in its order; keep a value where none is better."""
    best = start
    for _ in range(PASSES):
        for name, values in grid.items():
            tried = [best.model_copy(update={name: value}) for value in values]
            best = tried[best_place([quality(each) for each in tried], values.index(getattr(best, name)))]
    return best


def best_place(qualities: Sequence[float], at: int) -> int:
    """The place of the best quality, or `at` if that is less than GAIN better.

    Each quality is smoothed with both neighbours, which count half.
    """
    padded = [qualities[0], *qualities, qualities[-1]]
    smooth = [(padded[place] + 2 * padded[place + 1] + padded[place + 2]) / 4 for place in range(len(qualities))]
    best = max(range(len(smooth)), key=smooth.__getitem__)
    return best if smooth[best] >= smooth[at] + GAIN else at
