"""Two runs are compared measure by measure and question by question."""

import json

import pytest

from eval.measures.measurement import Difference
from eval.report.comparing import Comparison, compare, verdict
from eval.runs.gold import Evidence, GoldQuestion
from eval.runs.run import Hit, Response, SystemRun
from evqa.errors import InputError

GOLD = [
    GoldQuestion(
        id=name, question="Which?", kind="factoid", references=(1,), evidence=(Evidence(anchor=f"{name} is it"),)
    )
    for name in ("one", "two", "three")
] + [GoldQuestion(id="none", question="Who?", kind="unanswerable")]


def run_of(**found: int) -> SystemRun:
    """For each question, the rank of its evidence, 0 for none; `none` is refused where that is 1."""
    responses = []
    for name, rank in found.items():
        texts = ["nothing"] * 6
        if rank and name != "none":
            texts[rank - 1] = f"Here {name} is it."
        refused = rank == 1 if name == "none" else False
        hits = tuple(Hit(score=1, text=text) for text in texts)
        status = "insufficient_evidence" if refused else "answered"
        references = () if name == "none" else (1,) if rank else (9,)
        fields = {"references": references, "confidence": 0.1 if refused else 0.8, "status": status}
        responses.append(Response.model_validate({"id": name, "ms": 2 + rank, "hits": hits} | fields))
    return SystemRun(responses=tuple(responses))


A, B = run_of(one=0, two=1, three=2, none=0), run_of(one=1, two=2, three=2, none=1)


def compared(a: SystemRun = A, b: SystemRun = B) -> Comparison:
    return compare(GOLD, ("old", a), ("new", b), "gold.jsonl")


def test_differences_are_b_minus_a() -> None:
    """By hand: hit@1 1/3 both, hit@3 2/3 to 1, F1 2/3 to 1, the refusal gained."""
    found = compared().differences
    assert [found["hit@1"].a, found["hit@1"].b, found["hit@1"].p] == pytest.approx([1 / 3, 1 / 3, 1])
    assert found["hit@3"].difference == pytest.approx(1 / 3)
    assert found["reference_F1"].difference == pytest.approx(1 / 3)
    assert found["true_refusals"].difference == 1
    assert found["latency_p50"].difference == pytest.approx(1)
    assert {"MRR", "nDCG@10", "AUROC", "AURC", "ECE", "Brier", "decision_accuracy"} <= found.keys()


def test_wins_and_losses_are_listed() -> None:
    """Better and worse questions are named, the clearest first, and the rest counted."""
    found = compared()
    assert [(pair.b.id, pair.gain) for pair in found.wins] == [("one", 3), ("none", 1)]
    assert [(pair.b.id, pair.gain) for pair in found.losses] == [("two", -1)]
    assert found.ties == 1
    lines = found.lines()
    assert "b wins 2 questions, loses 1, ties 1" in lines
    assert any(line.split() == "one +3.00 rank –, F1 0.00 → rank 1, F1 1.00".split() for line in lines)


def test_the_other_way_round_wins_are_losses() -> None:
    """Exchanging the systems exchanges wins and losses and turns every sign."""
    there, back = compared(), compared(B, A)
    assert [pair.b.id for pair in there.wins] == [pair.b.id for pair in back.losses]
    for name, one in there.differences.items():
        assert one.difference == pytest.approx(-back.differences[name].difference), name


def test_a_question_that_one_did_not_answer_is_lost() -> None:
    """A missing response scores the worst on every measure and is told as such."""
    found = compared(B, run_of(one=1, two=2))
    assert found.differences["hit@3"].difference == pytest.approx(-1 / 3)
    assert [pair.b.id for pair in found.losses] == ["three", "none"]
    assert sum("no response" in line for line in found.lines()) == 2


def test_only_what_both_have_is_compared() -> None:
    """Against a run of passages alone there are no reference measures, and no win by them."""
    bare = SystemRun(responses=tuple(Response(id=one.id, ms=1, hits=one.hits) for one in B.responses))
    found = compared(B, bare)
    assert "reference_F1" not in found.differences
    assert found.ties == len(GOLD)


def test_a_comparison_survives_its_json() -> None:
    """The JSON gives back the same comparison."""
    found = compared()
    assert Comparison.model_validate_json(found.model_dump_json()) == found
    assert set(json.loads(found.model_dump_json())["differences"]["MRR"]) >= {
        "a",
        "b",
        "difference",
        "low",
        "high",
        "p",
    }


def test_a_run_of_other_questions_is_refused() -> None:
    """The run at fault is named."""
    with pytest.raises(InputError, match=r"new: answers no question of gold.jsonl"):
        compared(A, run_of(other=1))


@pytest.mark.parametrize(
    ("name", "change", "p", "said"),
    [("MRR", 0.2, 0.01, "better"), ("MRR", -0.2, 0.01, "worse"), ("ECE", -0.2, 0.01, "better"), ("MRR", 0.2, 0.2, "")],
)
def test_a_clear_difference_is_said_in_a_word(name: str, change: float, p: float, said: str) -> None:
    """Better or worse by the measure's own sense, and only where chance would do it in less than 5 %."""
    one = Difference(a=0.5, b=0.5 + change, difference=change, low=0, high=0, p=p, questions=9)
    assert verdict(name, one) == said
