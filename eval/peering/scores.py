"""The measures of one system over several documents: the mean of the documents, with an interval by document."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from eval.measures.measurement import estimate
from eval.measures.measures import mean
from eval.measures.scoring import Responses, measurements, reference_scores
from eval.peering.questions import AskedSet
from eval.runs.gold import GoldQuestion
from eval.runs.run import SystemRun
from evqa.model import Record

PRINTED = "reference_F1_printed"
MEASURES = ("hit@1", "hit@5", "in1500c", "reference_F1", PRINTED, "AUROC")


class Spread(Record):
    """The mean of a measure over `documents` documents, each measured on its own, with the bounds of a 95 % interval.

    The interval comes from drawing documents, not questions. A document that doesn't allow the measure isn't counted.
    """

    value: float
    low: float
    high: float
    documents: int


class Scored(NamedTuple):
    """A row's measures over all documents, and those of each document by its name."""

    overall: dict[str, Spread]
    by_document: dict[str, dict[str, float]]


def scored(sets: Sequence[AskedSet], runs: Mapping[str, SystemRun]) -> Scored:
    """The measures of a system, from its run on each document."""
    by_document = {each.name: document_scores(each.questions, runs[each.name].by_id()) for each in sets}
    overall = {}
    for name in MEASURES:
        values = [scores[name] for scores in by_document.values() if name in scores]
        if values:
            overall[name] = _spread(values)
    return Scored(overall, by_document)


def document_scores(questions: Sequence[GoldQuestion], responses: Responses) -> dict[str, float]:
    """The measures of one document's questions, as `evqa eval` has them.

    `reference_F1_printed` is reference F1 over the questions whose evidence prints a number: over all of them, a system
    that never names a number is right wherever none is printed.
    """
    found = {name: float(each.measure(*each.groups)) for name, each in measurements(questions, responses).items()}
    printed = [question for question in questions if question.references]
    if printed:
        values = [reference_scores(question, responses.get(question.id))["reference_F1"] for question in printed]
        found[PRINTED] = sum(values) / len(values)
    return {name: found[name] for name in MEASURES if name in found}


def _spread(values: Sequence[float]) -> Spread:
    drawn = estimate(mean, np.array(values))
    return Spread(value=drawn.value, low=drawn.low, high=drawn.high, documents=drawn.questions)
