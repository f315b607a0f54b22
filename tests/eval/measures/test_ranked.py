"""Measures of a ranking are those of ir_measures, of what the passages show."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.ranked import JudgedRanking, calculated, passage_scores, shown_in
from evqa.language.words import squeeze

ANCHORS = 3
SHOWN = st.lists(st.frozensets(st.integers(0, ANCHORS - 1)), max_size=15)


def scores(shown: list[set[int]] | list[frozenset[int]], anchors: int = ANCHORS) -> dict[str, float]:
    return passage_scores([(anchors, [frozenset(found) for found in shown])])[0]


def test_an_anchor_is_found_by_its_squeezed_form() -> None:
    """Print that differs in case, Greek and hyphens still shows the anchor, in the passage that holds it."""
    anchors = [squeeze("TGF-β secretion"), squeeze("T cells")]
    shown = shown_in(anchors, ["None here.", "TGF-beta\nSecretion by T-cells", "t cells"])
    assert shown == [frozenset(), frozenset({0, 1}), frozenset({1})]


@given(SHOWN)
def test_hit_and_reciprocal_rank_keep_to_their_definitions(shown: list[frozenset[int]]) -> None:
    """hit@k: an anchor in the first k passages; MRR: 1 / rank of the first passage with one, 0 without."""
    found = scores(shown)
    rank = next((place for place, anchors in enumerate(shown, start=1) if anchors), None)
    assert [found[f"hit@{k}"] for k in (1, 3, 5)] == [float(rank is not None and rank <= k) for k in (1, 3, 5)]
    assert found["MRR"] == pytest.approx(1 / rank if rank else 0)


@given(SHOWN)
def test_ndcg_keeps_to_its_definition(shown: list[frozenset[int]]) -> None:
    """Each anchor gains 1 where it is first shown, discounted by the logarithm of its place, over the best possible."""
    seen: set[int] = set()
    gains: list[int] = []
    for anchors in shown:
        gains += [1] * len(anchors - seen) or [0]
        seen |= anchors
    discounts = [1 / math.log2(place + 1) for place in range(1, 11)]
    expected = sum(gain * by for gain, by in zip(gains[:10], discounts, strict=False)) / sum(discounts[:ANCHORS])
    assert scores(shown)["nDCG@10"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ([{0, 1}], 1.0),
        ([{0}, {1}], 1.0),
        ([{0}, {0}, {1}], 1.5 / (1 + 1 / math.log2(3))),
        ([set(), {0}], 1 / math.log2(3) / (1 + 1 / math.log2(3))),
        ([], 0.0),
    ],
)
def test_ndcg_favours_neither_long_nor_repeated_passages(shown: list[set[int]], expected: float) -> None:
    """Two anchors in one passage or in two first ones are both perfect; a repeated one costs a place."""
    assert scores(shown, 2)["nDCG@10"] == pytest.approx(expected)


@given(st.lists(SHOWN, min_size=2, max_size=4))
def test_questions_are_scored_each_on_its_own(several: list[list[frozenset[int]]]) -> None:
    """Scores lie in 0..1 and don't depend on which questions stand beside one, or in which order."""
    together = passage_scores([(ANCHORS, shown) for shown in several])
    assert together == [scores(shown) for shown in several]
    assert together[::-1] == passage_scores([(ANCHORS, shown) for shown in several[::-1]])
    assert all(0 <= value <= 1 + 1e-12 for one in together for value in one.values())


def test_long_rankings_keep_their_order() -> None:
    """The hundredth document is at place 100, whatever its name."""
    from ir_measures import RR

    names = [str(9999 - place) for place in range(100)]
    assert calculated({"MRR": RR}, [JudgedRanking({names[99]: 1}, names)]) == [{"MRR": pytest.approx(0.01)}]
