"""Scores become one relevance whose weights follow from the length of the candidates."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evqa.answering.fusion import LONG, USUAL, relevances
from evqa.corpus.corpus import Candidate
from evqa.fitted import Fitted, shipped, using
from evqa.model import Home, Passage

SCORE = st.floats(0.0, 1.0)


def candidate(length: int, dense: float = 0.0, lexical: float = 0.0, late: float = 0.0) -> Candidate:
    """A candidate of a length in characters with its scores."""
    home = Home(id="d", title="t")
    passage = Passage(id=f"p-{length}", kind="prose", document=home, start=7, end=7 + length, text="x" * length)
    return Candidate(passage, dense, lexical, late)


def costing(length_cost: float) -> Fitted:
    """What is shipped, with another cost of length."""
    ranking = shipped().ranking.model_copy(update={"length_cost": length_cost})
    return shipped().model_copy(update={"ranking": ranking})


@pytest.fixture(autouse=True)
def _free() -> Iterator[None]:
    """Length costs nothing unless a test says so."""
    with using(costing(0.0)):
        yield


def test_length_costs() -> None:
    """Of two passages that match alike the shorter one wins, by the cost for each doubling."""
    with using(costing(0.02)):
        usual, double = relevances([candidate(USUAL, late=0.5), candidate(2 * USUAL, late=0.5)])
    assert (usual, double) == pytest.approx((0.5, 0.48))


def test_sentences_by_late_interaction_alone() -> None:
    """Among sentences neither vector nor shared words count."""
    found = [candidate(200, dense=0.9, lexical=1.0, late=0.3), candidate(300, late=0.4)]
    assert relevances(found) == [0.3, 0.4]


def test_abstracts_by_all_three() -> None:
    """Among long texts a better vector and more shared words outweigh a little better late interaction."""
    found = [candidate(4 * LONG, dense=0.9, lexical=1.0, late=0.5), candidate(4 * LONG, late=0.6)]
    first, second = relevances(found)
    assert first > second


def test_one_length_for_all() -> None:
    """One long row among sentences is measured as they are."""
    found = [candidate(100, late=0.4), candidate(120, late=0.3), candidate(9 * LONG, dense=1.0, lexical=1.0, late=0.2)]
    assert relevances(found) == [0.4, 0.3, 0.2]


def test_nothing_to_rank() -> None:
    """No candidates, no relevances; candidates without text don't fail."""
    assert relevances([]) == []
    assert relevances([candidate(0, late=0.5)]) == [0.5]


def test_what_a_cross_encoder_read_keeps_its_score() -> None:
    """Where a cross-encoder has read candidates, nothing is mixed into its scores."""
    read = Candidate(candidate(4 * LONG).passage, 0.9, 1.0, 0.5, rerank=0.2)
    assert relevances([read, candidate(4 * LONG, late=0.5)]) == [0.2, 0.5]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5000), SCORE, SCORE, SCORE), max_size=8))
def test_in_range_whatever_the_order(given_scores: list[tuple[int, float, float, float]]) -> None:
    """Each relevance lies between the least and the greatest of its scores and doesn't depend on the order."""
    found = [candidate(*each) for each in given_scores]
    straight = relevances(found)
    assert all(
        min(c.dense, c.lexical, c.late) - 1e-9 <= r <= max(c.dense, c.lexical, c.late) + 1e-9
        for c, r in zip(found, straight, strict=True)
    )
    assert relevances(found[::-1]) == pytest.approx(straight[::-1])
