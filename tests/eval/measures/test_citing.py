"""Citation precision and recall, claim by claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.citing import citation_precision, citation_recall
from eval.runs.gold import Evidence, GoldQuestion
from eval.runs.run import AnswerStatement

RIGHT, OTHER, WRONG = "Here one is the anchor.", "There TWO is the anchor", "Something else."


def asked(references: tuple[int, ...], *anchors: str) -> GoldQuestion:
    evidence = tuple(Evidence(anchor=f"{anchor} is the anchor") for anchor in anchors or ("one",))
    return GoldQuestion(id="q", question="?", kind="factoid", references=references, evidence=evidence)


def claims(*given: tuple[str, tuple[int, ...]]) -> list[AnswerStatement]:
    return [AnswerStatement(text=text, references=numbers) for text, numbers in given]


@pytest.mark.parametrize(
    ("question", "answer", "precision", "recall"),
    [
        (asked((3, 4)), claims((RIGHT, (3, 4))), 1, 1),
        (asked((3, 4)), claims((RIGHT, (3,))), 1, 0),
        (asked((3,)), claims((RIGHT, (3, 9))), 1 / 2, 1),
        (asked((3,)), claims((RIGHT, (3,)), (WRONG, (3,))), 1 / 2, 1 / 2),
        (asked((3,)), claims((WRONG, (3,))), 0, 0),
        (asked((3,)), claims((RIGHT, ())), 0, 0),
        (asked((3, 4), "one", "two"), claims((RIGHT, (3,)), (OTHER, (4,))), 1, 1),
        (asked((3, 4), "one", "two"), claims((RIGHT, (3,)), (OTHER, (5,))), 1 / 2, 1 / 2),
        (asked(()), claims((RIGHT, ())), 1, 1),
        (asked(()), claims((RIGHT, (7,))), 0, 0),
        (asked(()), claims((WRONG, ())), 0, 0),
        (asked(()), claims((RIGHT, ()), (WRONG, ())), 1, 1 / 2),
        (asked((3,)), [], 0, 0),
        (asked(()), [], 0, 0),
    ],
)
def test_citations_by_hand(
    question: GoldQuestion, answer: list[AnswerStatement], precision: float, recall: float
) -> None:
    """A citation is right where its claim is evidence and its number gold; a claim is to cite all it should."""
    assert citation_precision(question, answer) == pytest.approx(precision)
    assert citation_recall(question, answer) == pytest.approx(recall)


CLAIMS = st.lists(
    st.builds(
        AnswerStatement, text=st.sampled_from([RIGHT, OTHER, WRONG]), references=st.lists(st.integers(1, 5)).map(tuple)
    ),
    max_size=4,
)


@given(CLAIMS, st.frozensets(st.integers(1, 5)).map(tuple))
def test_citations_stay_in_range_and_have_no_order(answer: list[AnswerStatement], gold: tuple[int, ...]) -> None:
    """Both lie in 0..1, whatever the order of claims, and an answer without evidence has neither."""
    question = asked(gold)
    for measure in (citation_precision, citation_recall):
        assert 0 <= measure(question, answer) <= 1
        assert measure(question, answer) == pytest.approx(measure(question, answer[::-1]))
        assert measure(question, [claim for claim in answer if claim.text != RIGHT]) == 0
