"""From responses to figures: which measure is taken of what, and what a missing response scores.

A missing response, and a field missing where others of the run have it, scores the worst possible: no
evidence, no right reference, an answerable question refused, an unanswerable one answered. So leaving
questions out never lifts hits, references, AUROC, refusals or decisions.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from eval import measures
from eval.bootstrap import Figure, figure
from eval.gold import GoldQuestion
from eval.measures import Array
from eval.run import Response

RETRIEVAL = ("hit@1", "hit@3", "hit@5", "in500c", "in1500c", "in3000c", "MRR", "nDCG@10")
REFERENCES: dict[str, Callable[..., float]] = {
    "reference_precision": measures.precision,
    "reference_recall": measures.recall,
    "reference_F1": measures.f1,
}
CONFIDENCE: dict[str, Callable[..., Array]] = {"AUROC": measures.auroc, "refusals_at_5": measures.refusals}
CALIBRATION: dict[str, Callable[..., Array]] = {"ECE": measures.ece, "Brier": measures.brier}
DECISION: dict[str, Callable[..., Array]] = {
    "decision_accuracy": measures.accuracy,
    "true_refusals": measures.true_refusals,
    "false_refusals": measures.false_refusals,
}
Responses = Mapping[str, Response]


def answerable_figures(gold: Sequence[GoldQuestion], responses: Responses) -> dict[str, Figure]:
    """Passage and reference measures over the answerable questions; {} if there are none.

    The reference measures are left out for a system that never gives references.
    """
    asked = [question for question in gold if question.is_answerable]
    if not asked:
        return {}
    found = [retrieval_scores(question, responses.get(question.id)) for question in asked]
    if any(response.references is not None for response in responses.values()):
        found = [
            scores | reference_scores(question, responses.get(question.id))
            for question, scores in zip(asked, found, strict=True)
        ]
    return {name: figure(measures.mean, np.array([scores[name] for scores in found])) for name in found[0]}


def retrieval_scores(question: GoldQuestion, response: Response | None) -> dict[str, float]:
    """The passage measures of one answerable question."""
    texts = response.texts if response else ()
    shown = measures.shown_in(question.anchors, texts)
    hits = [measures.hit(shown, k) for k in (1, 3, 5)]
    read = [measures.within(question.anchors, texts, characters) for characters in (500, 1500, 3000)]
    ranked = [measures.reciprocal_rank(shown), measures.ndcg(shown, len(question.anchors))]
    return dict(zip(RETRIEVAL, hits + read + ranked, strict=True))


def reference_scores(question: GoldQuestion, response: Response | None) -> dict[str, float]:
    """The reference measures of one answerable question; 0 where no list of references was given."""
    given = response.references if response else None
    if given is None:
        return dict.fromkeys(REFERENCES, 0.0)
    return {name: measure(question.references, given) for name, measure in REFERENCES.items()}


def refusal_figures(gold: Sequence[GoldQuestion], responses: Responses) -> dict[str, Figure]:
    """Measures of confidence and of the decision, over answerable against unanswerable questions.

    Empty where one of the two groups is; measures of what the system never gives are left out, and those of
    calibration where a confidence lies outside 0..1.
    """
    groups = _halves(gold)
    if not all(groups):
        return {}
    given = [responses[question.id] for question in gold if question.id in responses]
    chosen = _confidence_figures(groups, responses, [r.confidence for r in given if r.confidence is not None])
    if any(response.status for response in given):
        chosen |= _figures(DECISION, _decisions(groups, responses))
    return chosen


def _halves(gold: Sequence[GoldQuestion]) -> tuple[list[GoldQuestion], list[GoldQuestion]]:
    return [q for q in gold if q.is_answerable], [q for q in gold if not q.is_answerable]


Halves = tuple[list[GoldQuestion], list[GoldQuestion]]


def _confidence_figures(groups: Halves, responses: Responses, given: Sequence[float]) -> dict[str, Figure]:
    if not given:
        return {}
    answerable, unanswerable = _confidences(groups, responses)
    chosen = _figures(CONFIDENCE, (answerable, unanswerable))
    if min(given) >= 0 and max(given) <= 1:
        chosen |= _figures(CALIBRATION, (answerable.clip(0, 1), unanswerable.clip(0, 1)))
    return chosen


def _figures(chosen: Mapping[str, Callable[..., Array]], groups: tuple[Array, Array]) -> dict[str, Figure]:
    return {name: figure(measure, *groups) for name, measure in chosen.items()}


def _confidences(groups: Halves, responses: Responses) -> tuple[Array, Array]:
    return _values(groups[0], responses, _confidence, -np.inf), _values(groups[1], responses, _confidence, np.inf)


def _decisions(groups: Halves, responses: Responses) -> tuple[Array, Array]:
    return _values(groups[0], responses, _answered, 0.0), _values(groups[1], responses, _answered, 1.0)


def _values(
    gold: Sequence[GoldQuestion], responses: Responses, value: Callable[[Response], float | None], worst: float
) -> Array:
    found = (responses.get(question.id) for question in gold)
    values = (value(response) if response else None for response in found)
    return np.array([worst if known is None else known for known in values])


def _confidence(response: Response) -> float | None:
    return response.confidence


def _answered(response: Response) -> float | None:
    return None if response.status is None else float(response.status == "answered")
