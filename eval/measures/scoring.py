"""From responses to measurements: which measures a run allows, and what a missing response scores.

A missing response scores the worst possible: no evidence, no right reference or citation, an answerable question
refused, an unanswerable one answered. The same goes for a field that other responses of the run have. So leaving
questions out never improves hits, references, citations, AUROC, refusals, AURC or decisions.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from eval.measures import measures
from eval.measures.citing import citation_precision, citation_recall
from eval.measures.confidence import aurc
from eval.measures.measurement import Measurement, Measurements
from eval.measures.measures import Array
from eval.measures.ranked import Scores, passage_scores, shown_in
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
# Lower is better for these.
FALLING = frozenset({"AURC", "ECE", "Brier", "false_refusals", "latency_p50", "latency_p95", "latency_p99"})
Responses = Mapping[str, Response]


def measurements(gold: Sequence[GoldQuestion], responses: Responses) -> Measurements:
    """Every measure that the responses allow, by name."""
    return answerable_measurements(gold, responses) | refusal_measurements(gold, responses)


def answerable_measurements(gold: Sequence[GoldQuestion], responses: Responses) -> Measurements:
    """Passage, reference and citation measures over the answerable questions; {} if there are none."""
    by_question = list(question_scores(gold, responses).values())
    names = by_question[0] if by_question else {}
    return {name: Measurement(measures.mean, (np.array([scores[name] for scores in by_question]),)) for name in names}


def question_scores(gold: Sequence[GoldQuestion], responses: Responses) -> dict[str, Scores]:
    """The scores of each answerable question, by its id; all questions have the same measures.

    Reference measures are left out if the system never gives references, citation measures if it never gives claims.
    """
    answerable = [question for question in gold if question.is_answerable]
    gives_references = any(response.references is not None for response in responses.values())
    gives_claims = any(response.claims is not None for response in responses.values())
    scores = retrieval_scores(answerable, responses)
    for question in answerable:
        response = responses.get(question.id)
        scores[question.id] |= reference_scores(question, response) if gives_references else {}
        scores[question.id] |= citation_scores(question, response) if gives_claims else {}
    return scores


def retrieval_scores(answerable: Sequence[GoldQuestion], responses: Responses) -> dict[str, Scores]:
    """The passage measures of answerable questions, by id."""
    if not answerable:
        return {}
    texts = [response.texts if (response := responses.get(question.id)) else () for question in answerable]
    shown = [shown_in(question.anchors, passages) for question, passages in zip(answerable, texts, strict=True)]
    ranked = passage_scores([(len(question.anchors), one) for question, one in zip(answerable, shown, strict=True)])
    scores = {}
    for question, passages, ranked_scores in zip(answerable, texts, ranked, strict=True):
        read = {name: measures.within(question.anchors, passages, characters) for name, characters in READ.items()}
        scores[question.id] = {name: (ranked_scores | read)[name] for name in RETRIEVAL}
    return scores


def reference_scores(question: GoldQuestion, response: Response | None) -> Scores:
    """The reference measures of one answerable question; 0 if no list of references was given."""
    given = response.references if response else None
    if given is None:
        return dict.fromkeys(REFERENCES, 0.0)
    return {name: measure(question.references, given) for name, measure in REFERENCES.items()}


def citation_scores(question: GoldQuestion, response: Response | None) -> Scores:
    """The citation measures of one answerable question; 0 if no claims were given."""
    given = (response.claims if response else None) or ()
    return {name: measure(question, given) for name, measure in CITATIONS.items()}


def refusal_measurements(gold: Sequence[GoldQuestion], responses: Responses) -> Measurements:
    """Measures of confidence and of the decision to answer, over answerable and unanswerable questions.

    Empty if one of the two groups is empty. Measures of something that the system never gives are left out. Calibration
    is left out if a confidence lies outside 0..1.
    """
    groups = _halves(gold)
    if not all(groups):
        return {}
    known = [responses[question.id] for question in gold if question.id in responses]
    measured = _confidence_measurements(groups, responses, [r.confidence for r in known if r.confidence is not None])
    if any(response.status for response in known):
        measured |= _measurements_of(DECISION, _decisions(groups, responses))
    return measured


Halves = tuple[list[GoldQuestion], list[GoldQuestion]]


def _halves(gold: Sequence[GoldQuestion]) -> Halves:
    return [q for q in gold if q.is_answerable], [q for q in gold if not q.is_answerable]


def _confidence_measurements(groups: Halves, responses: Responses, confidences: Sequence[float]) -> Measurements:
    """The measures of confidence; `confidences` are those that the system gave."""
    if not confidences:
        return {}
    answerable = _values(groups[0], responses, _confidence, -np.inf)
    unanswerable = _values(groups[1], responses, _confidence, np.inf)
    measured = _measurements_of(CONFIDENCE, (answerable, unanswerable))
    measured |= _measurements_of(SELECTIVE, _confidence_and_loss(groups, responses))
    if min(confidences) >= 0 and max(confidences) <= 1:
        measured |= _measurements_of(CALIBRATION, (answerable.clip(0, 1), unanswerable.clip(0, 1)))
    return measured


def _measurements_of(chosen: Mapping[str, Callable[..., Array]], groups: tuple[Array, ...]) -> Measurements:
    return {name: Measurement(measure, groups) for name, measure in chosen.items()}


def _confidence_and_loss(groups: Halves, responses: Responses) -> tuple[Array, Array]:
    """Confidence and loss of each question, for `eval.measures.confidence`.

    A question without response counts as lost with full confidence.
    """
    scores = retrieval_scores(groups[0], responses)
    lost = [
        1 - scores[question.id]["hit@1"] if _known(responses.get(question.id), _confidence) else 1.0
        for question in groups[0]
    ]
    sure = [_values(group, responses, _confidence, np.inf) for group in groups]
    return np.stack([sure[0], np.array(lost)], axis=1), np.stack([sure[1], np.ones(len(sure[1]))], axis=1)


def _decisions(groups: Halves, responses: Responses) -> tuple[Array, Array]:
    return _values(groups[0], responses, _answered, 0.0), _values(groups[1], responses, _answered, 1.0)


Value = Callable[[Response], float | None]


def _values(gold: Sequence[GoldQuestion], responses: Responses, value: Value, worst: float) -> Array:
    """A value of each question's response; `worst` if there is none."""
    own = [responses.get(question.id) for question in gold]
    return np.array(
        [value(response) if response and _known(response, value) else worst for response in own], dtype=float
    )


def _known(response: Response | None, value: Value) -> bool:
    return response is not None and value(response) is not None


def _confidence(response: Response) -> float | None:
    return response.confidence


def _answered(response: Response) -> float | None:
    return None if response.status is None else float(response.status == "answered")
