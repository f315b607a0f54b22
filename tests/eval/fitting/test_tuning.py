"""Weights are found by a search that moves only for a real gain, over a corpus that is searched once a query."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.fitting.tuning import (
    DOUBT_GRID,
    DOUBT_START,
    GAIN,
    PASSES,
    RANKING_GRID,
    RANKING_START,
    Grid,
    Remembering,
    best_place,
    searched,
)
from evqa.corpus.corpus import Query, Retrieved
from evqa.fitted import RankingWeights
from evqa.model import Record
from tests.evqa.invented import BREAD_OUTLINE, BREAD_PASSAGES, BREAD_REFERENCES
from tests.evqa.shelf import Shelf

QUALITIES = st.lists(st.floats(0, 1), min_size=1, max_size=8)


def peaked(**wanted: float) -> Callable[[RankingWeights], float]:
    """A quality that falls with the distance from wanted weights."""
    return lambda weights: 1.0 - sum(abs(getattr(weights, name) - value) for name, value in wanted.items())


def test_the_best_values_are_found() -> None:
    """The search goes to where quality is best, in every weight of the grid."""
    found = searched(RANKING_START, RANKING_GRID, peaked(entry=0.0, listed_entry=0.2))
    # At the edge a value and its one neighbour count, so that the last but one is as far as the search goes.
    assert found.entry >= -0.05
    assert found.listed_entry >= 0.15
    assert found.margin == RANKING_START.margin


def test_nothing_moves_for_little() -> None:
    """Where no value gains as much as it must, the start stays."""
    assert searched(RANKING_START, RANKING_GRID, lambda weights: weights.entry * GAIN) == RANKING_START


def test_few_tries() -> None:
    """Each value is tried once a pass, no more."""
    tried: list[RankingWeights] = []
    searched(RANKING_START, RANKING_GRID, lambda weights: tried.append(weights) or 0.0)  # type: ignore[func-returns-value]
    assert len(tried) == PASSES * sum(map(len, RANKING_GRID.values()))


def test_a_spike_isnt_chosen() -> None:
    """A value whose neighbours are bad loses against one among good ones."""
    assert best_place([0.5, 0.5, 0.8, 0.5, 0.7, 0.7, 0.7, 0.5], 0) == 5


@given(QUALITIES, st.data())
def test_a_place_of_the_list(qualities: list[float], data: st.DataObject) -> None:
    """Whatever the qualities, the place is in the list, and it is the old one if all are alike."""
    at = data.draw(st.integers(0, len(qualities) - 1))
    assert 0 <= best_place(qualities, at) < len(qualities)
    assert best_place([0.5] * len(qualities), at) == at


@pytest.mark.parametrize(("start", "grid"), [(RANKING_START, RANKING_GRID), (DOUBT_START, DOUBT_GRID)])
def test_grids_hold_their_start(start: Record, grid: Grid) -> None:
    """Every list names a weight and holds its start, in ascending order."""
    for name, values in grid.items():
        assert getattr(start, name) in values
        assert list(values) == sorted(values)


class Counting(Shelf):
    """A shelf that counts what it is asked."""

    asked = 0

    def retrieve(self, query: Query) -> Retrieved:
        """See Corpus."""
        self.asked += 1
        return super().retrieve(query)


def test_asked_once() -> None:
    """The same query is put to the corpus once, another one again; what is found is the corpus's."""
    whole = Counting([BREAD_OUTLINE], BREAD_PASSAGES, BREAD_REFERENCES)
    corpus = Remembering(whole)
    first, again = corpus.retrieve(Query("moss")), corpus.retrieve(Query("moss"))
    other = corpus.retrieve(Query("fern"))
    assert first is again
    assert other is corpus.retrieve(Query("fern"))
    assert whole.asked == 2
