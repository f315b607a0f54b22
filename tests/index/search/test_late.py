"""Late interaction on vectors made by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.models.embedding import Floats
from index.search.late import by_word, late, similarities, weights

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
    words = by_word(np.zeros((0, 3), dtype=np.float32), np.zeros(0, dtype=np.int64), 0)
    assert late(words, weighed(words)).tolist() == [0.0, 0.0, 0.0]


def weighed(background: Floats, *function_words: int) -> Floats:
    """Weights of words of one piece each."""
    informative = np.array([place not in function_words for place in range(len(background))], dtype=np.bool_)
    return weights(background, np.ones(len(background), dtype=np.int64), informative)


def test_a_word_is_the_mean_of_its_pieces() -> None:
    """Pieces of one word are averaged; the order of words is kept, and a word without pieces is near to nothing."""
    similarity = np.array([[0.2, 0.4], [0.6, 0.8], [0.5, 0.1]], dtype=np.float32)
    expected = np.array([[0.0, 0.0], [0.4, 0.6], [0.0, 0.0], [0.5, 0.1]])
    assert by_word(similarity, np.array([1, 1, 3]), 4) == pytest.approx(expected)


def test_what_nothing_comes_close_to_weighs_more() -> None:
    """A word with a counterpart in few units outweighs one that all units have; a function word weighs nothing."""
    background = np.array([[0.9, 0.3, 0.3, 0.3], [0.8, 0.8, 0.8, 0.8], [0.9, 0.3, 0.3, 0.3]], dtype=np.float32)
    rare, common, function = weighed(background, 2)
    assert rare > 2 * common > 0
    assert function == 0
    assert weighed(background, 0, 1, 2).tolist() == [1, 1, 1]


def test_the_rare_word_decides() -> None:
    """Between two units, the one that has the rare word wins."""
    similarity = np.array([[0.9, 0.3], [0.5, 0.9]], dtype=np.float32)
    first, second = late(similarity, np.array([3.0, 1.0], dtype=np.float32))
    assert first > second


@given(similarity=UNITS)
def test_scores_stay_in_range(similarity: Floats) -> None:
    """Late scores lie in 0..1, and units don't influence each other."""
    weight = weighed(similarity)
    found = late(similarity, weight)
    assert ((found >= 0) & (found <= 1)).all()
    alone = [float(late(similarity[:, [u]], weight)[0]) for u in range(similarity.shape[1])]
    assert found.tolist() == pytest.approx(alone, abs=1e-6)
