"""Fit ranking and confidence by wording on many documents, and score them on documents left out.

Questions of the body name every sentence that answers, not reference numbers. So the ranking is judged by what a judge
and a reader need: the first passage, all evidence among the passages that a judge reads, and what would be shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from eval.command_line import say
from eval.fitting.calibrate import FeatureTable, table_of
from eval.fitting.tuning import FOLDS, Remembering, fit_all
from eval.judging.answers import Outcome, Scores, outcome
from eval.judging.body import BodyDocument, BodyQuestion, Split, documents
from eval.judging.candidates import loaded, stored
from eval.judging.examples import ANSWERS
from evqa.answering.choosing import choose
from evqa.answering.ranking import Ranking, rank
from evqa.corpus.corpus import Corpus
from evqa.corpus.judge import MOST_READ
from evqa.fitted import Fitted, RankingWeights, fitted, using
from evqa.language.words import squeeze
from evqa.model import Passage
from evqa.question.understanding import Understanding, understand
from evqa.refusal.confidence import observed

# By split: (value, low, high) of each measure.
Report = Mapping[str, Mapping[str, tuple[float, float, float]]]


class BodySet:
    """A document of the body with its corpus; what no weight changes is computed once."""

    def __init__(self, document: BodyDocument, corpus: Corpus) -> None:
        self.name = document.name
        self._corpus = corpus
        self._remembering = Remembering(corpus)
        self._questions = [(each, understand(each.question, corpus)) for each in document.questions]
        self._qualities: dict[RankingWeights, float] = {}
        self._rankings: tuple[RankingWeights, list[Ranking]] | None = None
        self._held: dict[tuple[str, str], tuple[frozenset[str], bool]] = {}

    def quality(self, weights: RankingWeights) -> float:
        """Mean over the answerable questions of hit@1, the share of the evidence among the passages that a judge reads,
        and F1 of the passages that would be shown."""
        if weights not in self._qualities:
            with using(fitted().model_copy(update={"ranking": weights})):
                values = [self._quality(*each) for each in self._questions if each[0].is_answerable]
            self._qualities[weights] = float(np.mean(values)) if values else 0.0
        return self._qualities[weights]

    def _quality(self, question: BodyQuestion, asked: Understanding) -> float:
        ranked = rank(asked, self._remembering).ranked
        read = [self._holding(question, each.passage) for each in ranked[:MOST_READ]]
        shown = [answers for _, answers in (self._holding(question, each.passage) for each in choose(asked, ranked))]
        first = bool(read and read[0][0])
        evidence = len(frozenset().union(*(anchors for anchors, _ in read))) / len(question.anchors)
        answering = sum(answers for _, answers in read)
        f1 = 2 * sum(shown) / (len(shown) + answering) if answering else 0.0
        return (first + evidence + min(f1, 1.0)) / 3

    def _holding(self, question: BodyQuestion, passage: Passage) -> tuple[frozenset[str], bool]:
        """The anchors that the passage holds, and whether it answers."""
        key = (question.id, passage.id)
        if key not in self._held:
            anchors = frozenset(each for each in question.anchors if each in squeeze(passage.text))
            self._held[key] = anchors, question.grade(passage.text) == ANSWERS
        return self._held[key]

    def table(self, chosen: Fitted) -> FeatureTable:
        """The features of the questions, with the fitted values given."""
        with using(chosen):
            if self._rankings is None or self._rankings[0] != chosen.ranking:
                ranked = [loaded(rank(asked, self._remembering), MOST_READ) for _, asked in self._questions]
                self._rankings = (chosen.ranking, ranked)
            rankings = self._rankings[1]
            rows = [
                observed(asked, ranking, self._corpus)
                for (_, asked), ranking in zip(self._questions, rankings, strict=True)
            ]
        return table_of(self.name, [question for question, _ in self._questions], rows)

    def outcomes(self, chosen: Fitted) -> Iterator[Outcome]:
        """What comes of each question without a judge, with the fitted values given."""
        with using(chosen):
            for question, _ in self._questions:
                yield outcome(self.name, question, self._corpus)


def fit_on_body(shared: Path, home: Path, model: str) -> tuple[Fitted, Report]:
    """Fit on the documents of the split `fit`; the scores of its documents, each by what was fitted on documents of
    other folds, and of the split `choose`."""
    with ExitStack() as stack:
        chosen = [each for each in documents(shared) if each.split != "report"]
        sets: dict[Split, list[BodySet]] = {"fit": [], "choose": []}
        for document in chosen:
            say(f"{document.name}: {len(document.questions)} questions")
            corpus = stack.enter_context(stored([document.path], home, f"body-{document.name}", model))
            sets[document.split].append(BodySet(document, corpus))
        report = {"left out of fit": _measures(_left_out(sets["fit"]))}
        found = fit_all(sets["fit"])
        say(f"all of fit: {values(found)}")
        report["choose"] = _measures([each for one in sets["choose"] for each in one.outcomes(found)])
        return found, report


def _left_out(sets: Sequence[BodySet]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for fold in range(min(FOLDS, len(sets))):
        away = sets[fold::FOLDS]
        found = fit_all([each for each in sets if each not in away])
        say(f"fold {fold + 1} left out: {values(found)}")
        outcomes += [each for one in away for each in one.outcomes(found)]
    return outcomes


def _measures(outcomes: Sequence[Outcome]) -> dict[str, tuple[float, float, float]]:
    return {name: (value, low, high) for name, value, low, high in Scores(outcomes).measures()}


def values(chosen: Fitted) -> str:
    """The fitted values in one line."""
    found = {**chosen.ranking.model_dump(), **chosen.confidence.doubt.model_dump()}
    return ", ".join(f"{name} {value}" for name, value in found.items())
