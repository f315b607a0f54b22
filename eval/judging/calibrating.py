"""Fit what turns a judge's relevances into an answer: margins, the model of confidence, and when to refuse.

Everything is fitted on documents that the judge wasn't taught with, and scored on documents left out: they are dealt
into FOLDS parts by name, and each part is scored by what was fitted on the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.fitting.calibrate import logistic
from eval.judging.answers import Outcome, Scores, is_in_reach
from eval.judging.body import BodyQuestion
from eval.judging.candidates import Asked
from eval.judging.examples import ANSWERS
from eval.measures.rounding import below
from evqa.answering.choosing import choose
from evqa.answering.judging import by_verdict
from evqa.answering.ranking import Ranking
from evqa.corpus.judge import Judge
from evqa.fitted import JudgingModel, fitted, using
from evqa.question.understanding import Understanding
from evqa.refusal.relevance import NAMES, SIGNS, judged_confidence, relevance_features

FOLDS = 5
FALSE_REFUSALS = 0.08
MARGINS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
START = JudgingModel(
    margin=0.1,
    source_margin=0.15,
    list_margin=0.4,
    bias=0.0,
    weights=dict.fromkeys(NAMES, 0.0),
    threshold=0.0,
)


@dataclass(frozen=True)
class JudgedQuestion:
    """A question of a document as a judge ranked it, with the confidence by wording alone, the grade of each passage
    that was read, by its id, and which of these hold evidence."""

    document: str
    question: BodyQuestion
    understood: Understanding
    ranking: Ranking
    wording: float
    grades: Mapping[str, int]
    evidence: frozenset[str]

    @property
    def is_answerable(self) -> bool:
        """Whether the document answers it."""
        return self.question.is_answerable

    def shown(self, model: JudgingModel) -> list[str]:
        """The ids of the passages that would be shown with these margins, best first."""
        with using(fitted().model_copy(update={"judging": model})):
            return [each.passage.id for each in choose(self.understood, self.ranking.ranked)]

    def quality(self, model: JudgingModel) -> float:
        """F1 of the passages that would be shown against all that the judge read and that answer."""
        shown = [self.grades.get(each) == ANSWERS for each in self.shown(model)]
        answering = sum(grade == ANSWERS for grade in self.grades.values())
        return 2 * sum(shown) / (len(shown) + answering) if answering else 0.0

    def is_right(self, model: JudgingModel) -> bool:
        """Whether a passage that would be shown answers."""
        return any(self.grades.get(each) == ANSWERS for each in self.shown(model))

    def outcome(self, model: JudgingModel) -> Outcome:
        """What would come of it."""
        with using(fitted().model_copy(update={"judging": model})):
            confidence = judged_confidence(self.ranking, self.wording)
        shown = self.shown(model) if confidence >= model.threshold else []
        order = [each.passage.id in self.evidence for each in self.ranking.ranked[: len(self.grades)]]
        rank = order.index(True) + 1 if True in order else 0
        right = any(each in self.evidence for each in shown)
        read = is_in_reach(self.question, (each.passage.text for each in self.ranking.ranked[: len(self.grades)]))
        return Outcome(self.document, self.question, bool(shown), confidence, rank, read, right)


def judged_questions(document: str, questions: Sequence[Asked], judge: Judge) -> Iterator[JudgedQuestion]:
    """The questions that a judge decides, as it ranks them."""
    for each in questions:
        if each.understood.kind.by == "content" and each.shown:
            ranking = by_verdict(each.ranking, judge.verdict(each.understood.question, each.shown))
            read = {one.passage.id: one.passage.text for one in each.shown}
            grades = {name: each.question.grade(text) for name, text in read.items()}
            evidence = frozenset(name for name, text in read.items() if each.question.is_evidence(text))
            yield JudgedQuestion(document, each.question, each.understood, ranking, each.wording, grades, evidence)


def left_out_measures(questions: Sequence[JudgedQuestion]) -> Iterator[tuple[str, float, float, float]]:
    """(name, value, low, high) of every measure, each document by what was fitted on documents of other folds."""
    outcomes = []
    for fitting, part in folds(questions):
        model = fit_judging(fitting)
        outcomes += [each.outcome(model) for each in part]
    yield from Scores(outcomes).measures()


def fit_judging(questions: Sequence[JudgedQuestion]) -> JudgingModel:
    """Fit everything on these questions; the threshold by the confidence that questions left out were given."""
    margins = margins_for(questions)
    parts = list(folds(questions))
    given = [(each, value) for fitting, part in parts for each, value in _confidences(part, _weighed(fitting, margins))]
    answerable = [value for each, value in given if each.is_answerable]
    threshold = below(float(np.quantile(answerable, FALSE_REFUSALS)), 3)
    return _weighed(questions, margins).model_copy(update={"threshold": threshold})


def folds(questions: Sequence[JudgedQuestion]) -> Iterator[tuple[list[JudgedQuestion], list[JudgedQuestion]]]:
    """FOLDS times (questions to fit on, questions left out), the documents dealt out by name."""
    names = sorted({each.document for each in questions})
    for fold in range(min(FOLDS, len(names))):
        away = set(names[fold::FOLDS])
        yield (
            [each for each in questions if each.document not in away],
            [each for each in questions if each.document in away],
        )


def _confidences(questions: Sequence[JudgedQuestion], model: JudgingModel) -> Iterator[tuple[JudgedQuestion, float]]:
    with using(fitted().model_copy(update={"judging": model})):
        for each in questions:
            yield each, judged_confidence(each.ranking, each.wording)


def margins_for(questions: Sequence[JudgedQuestion]) -> JudgingModel:
    """The margins with the best mean quality over the answerable questions, found one at a time."""
    answerable = [each for each in questions if each.is_answerable]
    best = START
    for name in ("margin", "list_margin", "source_margin"):
        tried = [best.model_copy(update={name: value}) for value in MARGINS]
        best = max(tried, key=lambda model: float(np.mean([each.quality(model) for each in answerable])))
    return best


def _weighed(questions: Sequence[JudgedQuestion], margins: JudgingModel) -> JudgingModel:
    """The margins with a logistic model of the features that tells right answers."""
    values = np.array([relevance_features(each.ranking.ranked, each.wording) for each in questions])
    right = np.array([float(each.is_right(margins)) for each in questions])
    model = logistic(values, right, SIGNS)
    weights = {name: round(float(weight), 4) for name, weight in zip(NAMES, model.weights, strict=True)}
    return margins.model_copy(update={"bias": round(model.bias, 4), "weights": weights})
