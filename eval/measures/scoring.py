"""From responses to measurements: which measure is taken of what, and what a missing response scores.

A missing response, and a field missing where others of the run have it, scores the worst possible: no evidence, no
right reference or citation, an answerable question refused, an unanswerable one answered. So leaving questions out
never lifts hits, references, citations, AUROC, refusals, AURC or decisions.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from eval.measures import measures
from eval.measures.bootstrap import Figure
from eval.measures.citing import citation_precision, citation_recall
from eval.measures.measurement import Measurement, Measurements, figures
from eval.measures.measures import Array
from eval.measures.ranked import Scores, passage_scores, shown_in
from eval.measures.selective import aurc
from eval.runs.gold import GoldQuestion
from eval.runs.run import Response

RETRIEVAL = ("hit@1", "hit@3", "hit@5", "in500c", "in1500c", "in3000c", "MRR", "nDCG@10")
READ = {"in500c": 500, "in1500c": 1500, "in3000c": 3000}
REFERENCES: dict[str, Callable[..., float]] = {
    "reference_precision": measures.precision,
    "reference_recall": measures.recall,
    "reference_F1": measures.f1,
}
CITATIONS: dict[str, Callable[..., float]] = {
    "citation_precision": citation_precision,
    "citation_recall": citation_recall,
}
CONFIDENCE: dict[str, Callable[..., Array]] = {"AUROC": measures.auroc, "refusals_at_5": measures.refusals}
SELECTIVE: dict[str, Callable[..., Array]] = {"AURC": aurc}
CALIBRATION: dict[str, Callable[..., Array]] = {"ECE": measures.ece, "Brier": measures.brier}
DECISION: dict[str, Callable[..., Array]] = {
    "decision_accuracy": measures.accuracy,
    "true_refusals": measures.true_refusals,
    "false_refusals": measures.false_refusals,
}
# Of these, less is better.
FALLING = frozenset({"AURC", "ECE", "Brier", "false_refusals", "latency_p50", "latency_p95", "latency_p99"})
Responses = Mapping[str, Response]


def measurements(gold: Sequence[GoldQuestion], responses: Responses) -> Measurements:
    """Every measure that the responses allow, by its name."""
    return answerable_measurements(gold, responses) | refusal_measurements(gold, responses)


def answerable_figures(gold: Sequence[GoldQuestion], responses: Responses) -> dict[str, Figure]:
    """The figures of `answerable_measurements`."""
    return figures(answerable_measurements(gold, responses))


def refusal_figures(gold: Sequence[GoldQuestion], responses: Responses) -> dict[str, Figure]:
    """The figures of `refusal_measurements`."""
    return figures(refusal_measurements(gold, responses))


def answerable_measurements(gold: Sequence[GoldQuestion], responses: Responses) -> Measurements:
    """Passage, reference and citation measures over the answerable questions; {} if there are none."""
    found = list(question_scores(gold, responses).values())
    names = found[0] if found else {}
    return {name: Measurement(measures.mean, (np.array([scores[name] for scores in found]),)) for name in names}


def question_scores(gold: Sequence[GoldQuestion], responses: Responses) -> dict[str, Scores]:
    """The scores of each answerable question, by its id; all have the same names.

    The reference measures are left out for a system that never gives references, those of citations for one that
    never gives claims.
    """
    asked = [question for question in gold if question.is_answerable]
    gives_references = any(response.references is not None for response in responses.values())
    gives_claims = any(response.claims is not None for response in responses.values())
    found = retrieval_scores(asked, responses)
    for question in asked:
        response = responses.get(question.id)
        found[question.id] |= reference_scores(question, response) if gives_references else {}
        found[question.id] |= citation_scores(question, response) if gives_claims else {}
    return found


def retrieval_scores(asked: Sequence[GoldQuestion], responses: Responses) -> dict[str, Scores]:
    """The passage measures of answerable questions, by id."""
    if not asked:
        return {}
    texts = [response.texts if (response := responses.get(question.id)) else () for question in asked]
    shown = [shown_in(question.anchors, passages) for question, passages in zip(asked, texts, strict=True)]
    ranked = passage_scores([(len(question.anchors), one) for question, one in zip(asked, shown, strict=True)])
    read = [_read(question, passages) for question, passages in zip(asked, texts, strict=True)]
    both = [one | other for one, other in zip(ranked, read, strict=True)]
    return {question.id: {name: one[name] for name in RETRIEVAL} for question, one in zip(asked, both, strict=True)}


def _read(question: GoldQuestion, texts: Sequence[str]) -> Scores:
    return {name: measures.within(question.anchors, texts, characters) for name, characters in READ.items()}


def reference_scores(question: GoldQuestion, response: Response | None) -> Scores:
    """The reference measures of one answerable question; 0 where no list of references was given."""
    given = response.references if response else None
    if given is None:
        return dict.fromkeys(REFERENCES, 0.0)
    return {name: measure(question.references, given) for name, measure in REFERENCES.items()}


def citation_scores(question: GoldQuestion, response: Response | None) -> Scores:
    """The citation measures of one answerable question; 0 where no claims were given."""
    given = (response.claims if response else None) or ()
    return {name: measure(question, given) for name, measure in CITATIONS.items()}


def refusal_measurements(gold: Sequence[GoldQuestion], responses: Responses) -> Measurements:
    """Measures of confidence and of the decision, over answerable against unanswerable questions.

    Empty where one of the two groups is; measures of what the system never gives are left out, and those of
    calibration where a confidence lies outside 0..1.
    """
    groups = _halves(gold)
    if not all(groups):
        return {}
    given = [responses[question.id] for question in gold if question.id in responses]
    chosen = _of_confidence(groups, responses, [r.confidence for r in given if r.confidence is not None])
    if any(response.status for response in given):
        chosen |= _taken(DECISION, _decisions(groups, responses))
    return chosen


Halves = tuple[list[GoldQuestion], list[GoldQuestion]]


def _halves(gold: Sequence[GoldQuestion]) -> Halves:
    return [q for q in gold if q.is_answerable], [q for q in gold if not q.is_answerable]


def _of_confidence(groups: Halves, responses: Responses, given: Sequence[float]) -> Measurements:
    if not given:
        return {}
    answerable, unanswerable = _confidences(groups, responses)
    chosen = _taken(CONFIDENCE, (answerable, unanswerable)) | _taken(SELECTIVE, _stakes(groups, responses))
    if min(given) >= 0 and max(given) <= 1:
        chosen |= _taken(CALIBRATION, (answerable.clip(0, 1), unanswerable.clip(0, 1)))
    return chosen


def _taken(chosen: Mapping[str, Callable[..., Array]], groups: tuple[Array, ...]) -> Measurements:
    return {name: Measurement(measure, groups) for name, measure in chosen.items()}


def _confidences(groups: Halves, responses: Responses) -> tuple[Array, Array]:
    return _values(groups[0], responses, _confidence, -np.inf), _values(groups[1], responses, _confidence, np.inf)


def _stakes(groups: Halves, responses: Responses) -> tuple[Array, Array]:
    """Confidence and loss of each question, for `eval.measures.selective`; what is missing is lost, and surely."""
    found = retrieval_scores(groups[0], responses)
    lost = [
        1 - found[question.id]["hit@1"] if _known(responses.get(question.id), _confidence) else 1.0
        for question in groups[0]
    ]
    sure = [_values(group, responses, _confidence, np.inf) for group in groups]
    return np.stack([sure[0], np.array(lost)], axis=1), np.stack([sure[1], np.ones(len(sure[1]))], axis=1)


def _decisions(groups: Halves, responses: Responses) -> tuple[Array, Array]:
    return _values(groups[0], responses, _answered, 0.0), _values(groups[1], responses, _answered, 1.0)


Value = Callable[[Response], float | None]


def _values(gold: Sequence[GoldQuestion], responses: Responses, value: Value, worst: float) -> Array:
    found = [responses.get(question.id) for question in gold]
    return np.array([value(one) if one and _known(one, value) else worst for one in found], dtype=float)


def _known(response: Response | None, value: Value) -> bool:
    return response is not None and value(response) is not None


def _confidence(response: Response) -> float | None:
    return response.confidence


def _answered(response: Response) -> float | None:
    return None if response.status is None else float(response.status == "answered")
