"""Whether the best passage hangs on single words."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.answering.ranking import Ranked, Ranking
from evqa.corpus.corpus import Candidate, Term
from evqa.refusal.stability import instability
from tests.evqa.invented import BREAD_PASSAGES

MATCHES = st.floats(0, 1)


def ranking(weights: Sequence[float], *matches: Sequence[float], rerank: float | None = None) -> Ranking:
    """Passages with these matches of words of these weights, best first, as late interaction alone ranks them."""
    total = sum(weights) or 1.0
    scores = [sum(w * m for w, m in zip(weights, each, strict=True)) / total for each in matches]
    ranked = [
        Ranked(Candidate(passage, 0.5, 0.5, score, tuple(each), rerank), score)
        for passage, each, score in zip(BREAD_PASSAGES, matches, scores, strict=False)
    ]
    terms = tuple(Term(f"word{place}", True, weight, 1.0) for place, weight in enumerate(weights))
    return Ranking(tuple(sorted(ranked, key=lambda each: -each.score)), terms)


def test_one_word_decides() -> None:
    """Where another passage is best for want of one word, that word's share of the weight counts."""
    assert instability(ranking([3.0, 1.0, 1.0], [0.9, 0.2, 0.2], [0.1, 0.6, 0.6])) == pytest.approx(0.6)


def test_no_word_decides() -> None:
    """A passage that has all of the words best stays the best without any of them, an equal one takes no lead."""
    assert instability(ranking([2.0, 2.0, 2.0], [0.9, 0.9, 0.9], [0.9, 0.9, 0.9], [0.5, 0.6, 0.7])) == 0


def test_the_last_decimal_decides_nothing() -> None:
    """Passages of one text, whose matches rounding took to two sides, are equal: none leads for want of a word."""
    found = ranking([2.0, 1.0, 1.0], [0.700001, 0.5, 0.6], [0.7, 0.500001, 0.600001])
    assert found.ranked[0].score == pytest.approx(found.ranked[1].score, abs=1e-6)
    assert instability(found) == 0


def test_what_else_is_scored_stays() -> None:
    """What a passage scores beyond its words, as a worth of its kind, stays when a word goes."""
    found = ranking([1.0, 1.0], [0.8, 0.4], [0.4, 0.7])
    lifted = Ranking((found.ranked[0]._replace(score=0.9), found.ranked[1]), found.terms)
    assert (instability(found), instability(lifted)) == (0.5, 0)


@pytest.mark.parametrize("weights", [[0.0, 0.0], [0.0, 3.0], []])
def test_nothing_to_lose(weights: list[float]) -> None:
    """Without two words of weight none can go."""
    assert instability(ranking(weights, [0.9, 0.1][: len(weights)], [0.1, 0.9][: len(weights)])) == 0


def test_read_by_a_cross_encoder() -> None:
    """What a cross-encoder ranked doesn't follow from words."""
    assert instability(ranking([3.0, 1.0], [0.9, 0.2], [0.1, 0.6], rerank=0.7)) == 0


@given(st.lists(st.tuples(st.floats(0, 9), MATCHES, MATCHES, MATCHES), min_size=1, max_size=6))
def test_any_ranking(words: list[tuple[float, float, float, float]]) -> None:
    """It is a share of the weight."""
    weights, *matches = map(list, zip(*words, strict=True))
    assert 0 <= instability(ranking(weights, *matches)) <= 1
