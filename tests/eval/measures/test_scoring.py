"""Responses become figures: right ones score, missing ones never help."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.measures.measurement import estimates
from eval.measures.scoring import (
    CALIBRATION,
    FALLING,
    answerable_measurements,
    measurements,
    reference_scores,
    refusal_measurements,
    retrieval_scores,
)
from eval.runs.gold import Evidence, GoldQuestion
from eval.runs.run import Hit, Response

GOLD = [
    GoldQuestion(
        id=name,
        question="Which?",
        kind="factoid",
        references=references,
        evidence=(Evidence(anchor=f"{name} is the anchor"),),
    )
    for name, references in [("one", (1,)), ("two", ()), ("three", (2, 3))]
] + [GoldQuestion(id=name, question="Who?", kind="unanswerable") for name in ("four", "five")]


def response(name: str, texts: Sequence[str] = (), **fields: object) -> Response:
    hits = [Hit(score=1, text=text) for text in texts]
    return Response.model_validate({"id": name, "ms": 1, "hits": hits} | fields)


def run_of(confidences: Sequence[float]) -> dict[str, Response]:
    """A run that refuses below .5 and otherwise shows the evidence and the right references."""
    run = {}
    for question, confidence in zip(GOLD, confidences, strict=True):
        status = "answered" if confidence >= 0.5 else "insufficient_evidence"
        given_numbers = question.references if status == "answered" else ()
        texts = [f"Here {question.id} is the anchor."] if confidence > 0.2 else ["Something else."]
        run[question.id] = response(question.id, texts, references=given_numbers, confidence=confidence, status=status)
    return run


def test_a_question_scores_where_its_evidence_stands() -> None:
    """Evidence in the third passage: no hit at 1, a hit at 3, a third of a rank."""
    run = {"one": response("one", ["a" * 600, "b", "So one is the anchor", "c"])}
    scores = retrieval_scores(GOLD[:1], run)["one"]
    assert [scores[name] for name in ("hit@1", "hit@3", "hit@5", "MRR")] == [0, 1, 1, pytest.approx(1 / 3)]
    assert [scores[name] for name in ("in500c", "in1500c", "in3000c")] == [0, 1, 1]
    assert scores["nDCG@10"] == pytest.approx(0.5)


def test_a_question_without_response_scores_nothing() -> None:
    """No response is no hit; no list of references is no empty list."""
    assert set(retrieval_scores(GOLD[:1], {})["one"].values()) == {0}
    assert set(reference_scores(GOLD[1], None).values()) == {0}
    assert set(reference_scores(GOLD[1], response("two")).values()) == {0}
    assert set(reference_scores(GOLD[1], response("two", references=())).values()) == {1}


def test_a_refused_answerable_question_keeps_its_passages() -> None:
    """Its passages count as hits, its empty references as wrong, the refusal as false."""
    run = run_of([0.4, 0.9, 0.9, 0.1, 0.1])
    figures = estimates(measurements(GOLD, run))
    assert figures["hit@1"].value == 1
    assert figures["reference_F1"].value == pytest.approx(2 / 3)
    assert figures["false_refusals"].value == pytest.approx(1 / 3)
    assert figures["decision_accuracy"].value == pytest.approx(4 / 5)


def test_measures_of_what_a_system_never_gives_are_left_out() -> None:
    """Passages alone give retrieval figures; a score outside 0..1 gives AUROC and no calibration."""
    bare = {question.id: response(question.id) for question in GOLD}
    assert "reference_F1" not in answerable_measurements(GOLD, bare)
    assert refusal_measurements(GOLD, bare) == {}
    scored = {question.id: response(question.id, confidence=17.5) for question in GOLD}
    assert list(refusal_measurements(GOLD, scored)) == ["AUROC", "refusals_at_5", "AURC"]


def test_one_sort_of_question_alone_is_measured() -> None:
    """Without unanswerable questions there are no refusal figures, without answerable ones no others."""
    run = run_of([0.9] * 5)
    assert refusal_measurements(GOLD[:3], run) == {}
    assert answerable_measurements(GOLD[3:], run) == {}


@pytest.mark.slow
@settings(max_examples=20)
@given(st.lists(st.floats(0, 1), min_size=5, max_size=5), st.sets(st.sampled_from([q.id for q in GOLD]), max_size=4))
def test_leaving_responses_out_lifts_no_figure(confidences: list[float], left_out: set[str]) -> None:
    """Hits, references, AUROC, refusals and decisions never gain by silence."""
    whole = run_of(confidences)
    part = {name: given_response for name, given_response in whole.items() if name not in left_out}
    before = estimates(measurements(GOLD, whole))
    after = estimates(measurements(GOLD, part))
    for name in after.keys() - CALIBRATION.keys():
        better = -1 if name in FALLING else 1
        assert better * after[name].value <= better * before[name].value + 1e-12, name


@settings(max_examples=20)
@given(st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_all_figures_stay_in_range(confidences: list[float]) -> None:
    """Values and bounds of every figure lie in 0..1, and each counts the questions that it is over."""
    run = run_of(confidences)
    figures = estimates(measurements(GOLD, run))
    bounds = np.array([(found.low, found.value, found.high) for found in figures.values()])
    assert bounds.min() >= 0
    assert bounds.max() <= 1 + 1e-12
    assert (figures["hit@1"].questions, figures["AUROC"].questions) == (3, 5)


def whole_run(is_right: bool) -> dict[str, Response]:
    """A run that is right, or wrong, in all that is measured, and quite sure of it."""
    run = {}
    for question in GOLD:
        answers = question.is_answerable == is_right
        texts = [f"Here {question.id} is the anchor." if is_right else "Something else."]
        numbers = question.references if is_right else (9,)
        claims = [{"text": texts[0], "references": numbers}] if answers else []
        status = "answered" if answers else "insufficient_evidence"
        fields = {"references": numbers, "confidence": float(answers), "status": status, "claims": claims}
        run[question.id] = response(question.id, texts, **fields)
    return run


@pytest.mark.parametrize("is_right", [True, False])
def test_a_perfect_run_and_the_worst(is_right: bool) -> None:
    """Each measure is at the best end of its range for the one and at the worst for the other."""
    found = {name: one.estimate.value for name, one in measurements(GOLD, whole_run(is_right)).items()}
    assert len(found) == 21
    ends = {name: float(is_right != (name in FALLING)) for name in found}
    # Two of five questions have no answer: some risk remains at full coverage even for the best order.
    ends["AURC"] = (0 + 0 + 0 + 1 / 4 + 2 / 5) / 5 if is_right else 1.0
    assert found == pytest.approx(ends)


@given(st.permutations(range(5)), st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_the_order_of_questions_is_nothing(order: list[int], confidences: list[float]) -> None:
    """Every measure has the same value however gold set and run are ordered."""
    run = run_of(confidences)
    other = {GOLD[place].id: run[GOLD[place].id] for place in order}
    before, after = measurements(GOLD, run), measurements([GOLD[place] for place in order], other)
    values = [{name: float(one.measure(*one.groups)) for name, one in each.items()} for each in (before, after)]
    assert values[1] == pytest.approx(values[0])
