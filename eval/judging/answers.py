"""How well whole answers do on documents of the body: finding, deciding, refusing and what is shown.

Means over questions; intervals by drawing whole documents with replacement, since questions of one document are alike.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from eval.judging.body import BodyQuestion
from eval.measures.measurement import BOUNDS, RESAMPLES, SEED
from eval.measures.measures import BINS, Array, auroc
from evqa.answer import ask
from evqa.corpus.corpus import Corpus
from evqa.model import Filters

DEPTH = 20
CHARACTERS = 1_500
# In "shown and right" two answerable questions stand to one unanswerable, whatever the body holds.
ANSWERABLE_TO_UNANSWERABLE = 2.0


@dataclass(frozen=True)
class Outcome:
    """What came of a question. `rank`: of the first passage with evidence, 0 for none among DEPTH. `in_reach`: evidence
    in the first 1,500 characters. `right`: a claim holds evidence. `asks_which`: it was asked back which document is
    meant. `is_foreign`: it was answered, and not from the document that it was written for."""

    document: str
    question: BodyQuestion
    is_answered: bool
    confidence: float
    rank: int
    in_reach: bool
    right: bool
    asks_which: bool = False
    is_foreign: bool = False


def outcome(
    document: str, question: BodyQuestion, corpus: Corpus, file: str = "", filters: Filters | None = None
) -> Outcome:
    """Ask the question and look where its evidence is. `file`: the name of the document's, where there are several."""
    answer = ask(question.question, corpus, DEPTH, filters)
    homes = {passage.id: passage.document.id for passage in answer.passages}
    own = {outline.document.id for outline in corpus.outlines() if file in ("", outline.source.name)}
    holding = [question.is_evidence(passage.text) for passage in answer.passages]
    return Outcome(
        document=document,
        question=question,
        is_answered=answer.status == "answered",
        confidence=answer.confidence,
        rank=holding.index(True) + 1 if True in holding else 0,
        in_reach=is_in_reach(question, [passage.text for passage in answer.passages]),
        right=any(question.is_evidence(claim.text) for claim in answer.claims),
        asks_which=answer.reason == "which_document",
        is_foreign=bool(answer.claims) and not own & {homes[claim.passage] for claim in answer.claims},
    )


def is_in_reach(question: BodyQuestion, texts: Iterable[str]) -> bool:
    """Whether evidence lies within the first CHARACTERS of the texts."""
    return question.is_evidence("\n".join(texts)[:CHARACTERS])


Value: TypeAlias = Callable[[Outcome], float]


class Scores:
    """Measures over outcomes with 95 % intervals by document."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.outcomes = outcomes
        self.names = sorted({each.document for each in outcomes})
        place = {name: at for at, name in enumerate(self.names)}
        self._places = np.array([place[each.document] for each in outcomes])
        generator = np.random.default_rng(SEED)
        share = np.full(len(self.names), 1 / len(self.names))
        # How often each document is drawn, first each once.
        self._drawn = np.vstack([np.ones(len(self.names)), generator.multinomial(len(self.names), share, RESAMPLES)])

    def measures(self) -> Iterator[tuple[str, float, float, float]]:
        """(name, value, low, high) of every measure."""
        for depth in (1, 5, DEPTH):
            yield f"hit@{depth}", *self._mean(_within(depth), answerable=True)
        yield "in1500c", *self._mean(lambda each: each.in_reach, answerable=True)
        yield "AUROC", *self._bounds(self._auroc)
        yield "answerable refused", *self._mean(lambda each: not each.is_answered, answerable=True)
        yield "unanswerable refused", *self._mean(lambda each: not each.is_answered, answerable=False)
        yield "shown and right", *self._bounds(self._shown_and_right)
        yield "ECE of what is shown", *self._bounds(self._ece)

    def _mean(self, value: Value, answerable: bool) -> tuple[float, float, float]:
        chosen = np.array([each.question.is_answerable == answerable for each in self.outcomes], dtype=np.float64)
        values = np.array([float(value(each)) for each in self.outcomes])
        return self._bounds(lambda weights: _share(weights * chosen, values))

    def _bounds(self, measure: Callable[[Array], float]) -> tuple[float, float, float]:
        """The measure with its bounds; it takes the weight of each outcome."""
        found = np.array([measure(drawn[self._places]) for drawn in self._drawn])
        low, high = np.nanpercentile(found[1:], BOUNDS)
        return float(found[0]), float(low), float(high)

    def _auroc(self, weights: Array) -> float:
        confidence = np.array([each.confidence for each in self.outcomes])
        answerable = np.array([each.question.is_answerable for each in self.outcomes])
        times = weights.astype(int)
        return float(auroc(*(np.repeat(confidence[side], times[side]) for side in (answerable, ~answerable))))

    def _shown_and_right(self, weights: Array) -> float:
        weighted = self._balanced(weights)
        return _share(weighted * self._shown, np.array([float(each.right) for each in self.outcomes]))

    def _ece(self, weights: Array) -> float:
        """Expected calibration error over ten bins: confidence against claims that hold evidence."""
        weighted = self._balanced(weights) * self._shown
        confidence = np.array([each.confidence for each in self.outcomes])
        right = np.array([float(each.right) for each in self.outcomes])
        bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
        total = weighted.sum()
        gaps = [abs((weighted * (confidence - right))[bins == each].sum()) for each in range(BINS)]
        return float(sum(gaps) / total) if total else float("nan")

    @property
    def _shown(self) -> Array:
        return np.array([float(each.is_answered) for each in self.outcomes])

    def _balanced(self, weights: Array) -> Array:
        """The weights with two answerable questions to one unanswerable."""
        answerable = np.array([each.question.is_answerable for each in self.outcomes])
        yes, no = weights[answerable].sum(), weights[~answerable].sum()
        factor = yes / no / ANSWERABLE_TO_UNANSWERABLE if no else 1.0
        return np.where(answerable, weights, weights * factor)


def _within(depth: int) -> Value:
    return lambda each: 0 < each.rank <= depth


def _share(weights: Array, values: Array) -> float:
    total = weights.sum()
    return float((weights * values).sum() / total) if total else float("nan")
