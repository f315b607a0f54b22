"""Late interaction on vectors made by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.embedding import Floats
from index.late import late, similarities, weakest, weights

UNITS = arrays(np.float32, st.tuples(st.integers(1, 6), st.integers(1, 8)), elements=st.floats(-1, 1, width=32))


def test_similarity_is_the_best_in_the_unit() -> None:
    """A question token's similarity to a unit is its best cosine there; a unit without tokens has 0."""
    cosines = np.array([[0.1, 0.9], [0.4, 0.2], [0.3, 0.5]], dtype=np.float32)
    found = similarities(cosines, np.array([0, 2, 2, 3]))
    assert found == pytest.approx(np.array([[0.4, 0.0, 0.3], [0.9, 0.0, 0.5]]))


def test_no_tokens_at_all() -> None:
    """Units without any token, and a question without any, score 0."""
    empty = similarities(np.zeros((0, 2), dtype=np.float32), np.array([0, 0, 0]))
    assert empty.tolist() == [[0.0, 0.0], [0.0, 0.0]]
    nothing = np.zeros((0, 3), dtype=np.float32)
    assert late(nothing, weights(nothing)).tolist() == [0.0, 0.0, 0.0]
    assert weakest(nothing, weights(nothing)).tolist() == [0.0, 0.0, 0.0]


def test_what_nothing_comes_close_to_weighs_more() -> None:
    """A token with a counterpart in few units outweighs one that all units have."""
    rare, common = weights(np.array([[0.9, 0.2, 0.2, 0.2], [0.9, 0.9, 0.9, 0.9]], dtype=np.float32))
    assert rare > 2 * common > 0


def test_the_rare_token_decides() -> None:
    """Between a unit with the rare token and one with the common token, the first wins, and `weakest` shows why."""
    similarity = np.array([[0.9, 0.3], [0.5, 0.9]], dtype=np.float32)
    weight = np.array([3.0, 1.0], dtype=np.float32)
    first, second = late(similarity, weight)
    assert first > second
    assert weakest(similarity, weight) == pytest.approx([0.9, 0.3])


@given(similarity=UNITS)
def test_scores_stay_in_range(similarity: Floats) -> None:
    """Late and weakest lie in 0..1, and units don't influence each other."""
    weight = weights(similarity)
    for score in (late, weakest):
        found = score(similarity, weight)
        assert ((found >= 0) & (found <= 1)).all()
        alone = [float(score(similarity[:, [unit]], weight)[0]) for unit in range(similarity.shape[1])]
        assert found.tolist() == pytest.approx(alone, abs=1e-6)
