"""Worth of a stage: differences are those computed by hand, means go over sets, and what is idle is said to be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.fitting.worth import IDLE, Ablation, Worth, changed, is_same, mean_of, means, verdict_of, worths
from eval.measures.measurement import Difference, Measurement, Measurements, estimate
from eval.measures.measures import auroc, mean
from eval.runs.run import Hit, Response


def hits(*values: float) -> Measurements:
    """Hits of a set's questions."""
    return {"hit@1": Measurement(mean, (np.array(values),))}


def response(name: str, *texts: str, confidence: float = 0.9, ms: float = 1) -> Response:
    """What came for a question."""
    return Response(id=name, ms=ms, hits=tuple(Hit(score=1, text=text) for text in texts), confidence=confidence)


def between(low: float, high: float) -> Difference:
    """A difference with such an interval."""
    return Difference(a=0, b=0, difference=(low + high) / 2, low=low, high=high, p=0.5, questions=9)


def test_difference_by_hand() -> None:
    """Three of four right with everything and one without is worth one half; the interval holds it."""
    found = worths(hits(1, 0, 0, 0), hits(1, 1, 1, 0))["hit@1"]
    assert (found.a, found.b, found.difference) == (0.25, 0.75, 0.5)
    assert found.low <= 0.5 <= found.high
    assert found.questions == 4


def test_mean_is_plain() -> None:
    """A set of two questions counts as much as one of eight; each measure is taken within its set."""
    small, large = hits(1, 1), hits(*[0] * 8)
    assert means([small, large])["hit@1"].estimate.value == 0.5
    parted = Measurement(auroc, (np.array([0.9, 0.8]), np.array([0.1])))
    shifted = Measurement(auroc, (np.array([0.3, 0.2]), np.array([0.25])))
    assert mean_of([parted, shifted]).estimate.value == 0.75


def test_sets_without_a_measure() -> None:
    """The mean of a measure goes over the sets that have it."""
    refused = {"AUROC": Measurement(auroc, (np.array([0.9]), np.array([0.1])))}
    found = means([hits(1, 0) | refused, hits(0, 0)])
    assert found["AUROC"].estimate.value == 1
    assert found["hit@1"].estimate.value == 0.25


def test_questions_are_drawn_within_sets() -> None:
    """Sets are resampled each on its own: one that is always right adds no width, and sizes never mix."""
    wavering = Measurement(mean, (np.array([0.0, 1.0] * 10),))
    steady = Measurement(mean, (np.ones(20),))
    alone, both = wavering.estimate, mean_of([wavering, steady]).estimate
    assert both.high - both.low == pytest.approx((alone.high - alone.low) / 2, abs=0.03)
    assert mean_of([wavering, wavering]).estimate.high < alone.high


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=30))
def test_interval_holds_the_difference(pairs: list[tuple[bool, bool]]) -> None:
    """Whatever the runs, the interval of the mean difference holds it, and equal runs have none."""
    without, everything = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    found = Measurement(mean, (without,)).against(Measurement(mean, (everything,)))
    assert found.low - 1e-9 <= found.difference <= found.high + 1e-9
    same = Measurement(mean, (without,)).against(Measurement(mean, (without,)))
    assert same.difference == same.low == same.high == 0


def test_changed() -> None:
    """Time, confidence and what stands below the fifth passage aren't seen; another order, or silence, is."""
    full = {"a": response("a", *"abcdef"), "b": response("b", "x")}
    later = {"a": response("a", *"abcdeg", ms=7), "b": response("b", "x", confidence=0.1)}
    turned = {"a": response("a", *"bacdef")}
    assert (changed(full, full), changed(later, full), changed(turned, full)) == (0, 0, 2)


def test_idle() -> None:
    """Answers are the same only when their confidences and all passages are."""
    full = {"a": response("a", *"abcdef")}
    assert is_same({"a": response("a", *"abcdef", ms=9)}, full)
    assert not is_same({"a": response("a", *"abcdef", confidence=0.8)}, full)
    assert not is_same({"a": response("a", *"abcdeg")}, full)
    assert not is_same({}, full)


@pytest.mark.parametrize(
    ("intervals", "word"),
    [
        ([(-0.1, 0.1)], ""),
        ([(0.0, 0.1)], ""),
        ([(0.01, 0.1)], "gains"),
        ([(-0.2, -0.1)], "costs"),
        ([(0.1, 0.2), (-0.2, -0.1)], "gains, costs"),
    ],
)
def test_verdict(intervals: list[tuple[float, float]], word: str) -> None:
    """A stage gains or costs where an interval leaves 0 out."""
    assert verdict_of([between(*each) for each in intervals]) == word


def ablated() -> Ablation:
    """Two sets; one stage that costs in the second, and one that does nothing."""
    figures = {name: estimate(mean, np.array([1.0, 0.0])) for name in ("hit@1", "AUROC")}
    nothing = {name: between(0, 0) for name in figures}
    loss = nothing | {"hit@1": between(-0.2, -0.1)}
    bold = Worth(
        stage="bold",
        is_idle=False,
        changed={"x": 1, "y": 2},
        overall=nothing,
        by_set={"x": nothing, "y": loss},
    )
    idle = Worth(
        stage="idle",
        is_idle=True,
        changed={"x": 0, "y": 0},
        overall=nothing,
        by_set={"x": nothing, "y": nothing},
    )
    return Ablation(
        questions={"x": 9, "y": 8}, overall=figures, by_set={"x": figures, "y": figures}, stages=(bold, idle)
    )


def test_tables() -> None:
    """Answers and confidence have a table each, over all and for every set; what is idle is flagged, 0 is a point."""
    lines = ablated().lines()
    assert [line for line in lines if line.startswith("x (9)")] == ["x (9), y (8)"] * 2
    assert [line.split() for line in lines if line.startswith("bold")] == [["bold", "·", "3"]] * 2
    assert [line for line in lines if line.startswith("idle")] == [line for line in lines if line.endswith(IDLE)]
    every = ablated().lines(each=True)
    assert every[: len(lines)] == lines
    losses = [line.split() for line in every if line.startswith("bold") and line.endswith("costs")]
    assert losses == [["bold", "-15.0", "[-20.0,", "-10.0]", "2", "costs"]]


def test_lines_fit_a_terminal() -> None:
    """No line of wide figures is longer than 120 characters."""
    names = ("hit@1", "hit@5", "in1500c", "reference_F1")
    figures = dict.fromkeys(names, estimate(mean, np.ones(9)))
    wide = {name: between(-0.3, 0.4) for name in names}
    one = Worth(stage="abbreviations-indexed", is_idle=False, changed={"x": 330}, overall=wide, by_set={})
    found = Ablation(questions={"x": 330}, overall=figures, by_set={}, stages=(one,))
    assert max(map(len, found.lines())) <= 120


def test_survives_its_json() -> None:
    """Everything is in the JSON."""
    assert Ablation.model_validate_json(ablated().model_dump_json()) == ablated()
