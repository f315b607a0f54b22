"""Token vectors on the disk."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models.embedding import Halves, unit
from index.search.product import SHIFT
from index.search.tokens import Tokens, TokensWriter, quantised


def units(counts: list[int]) -> list[Halves]:
    """Token vectors for units of so many tokens."""
    random = np.random.default_rng(7)
    return [unit(random.standard_normal((count, 8)).astype(np.float32)).astype(np.float16) for count in counts]


def written(folder: Path, stored: list[Halves]) -> Tokens:
    """The units, written and opened again."""
    with TokensWriter(folder, 8) as writer:
        for tokens in stored:
            writer.put(tokens.astype(np.float32))
    assert writer.count == sum(map(len, stored))
    return Tokens(folder)


@pytest.mark.parametrize("chosen", [[0, 1, 2, 3, 4], [4, 0, 2], [1], []])
def test_cosines_are_those_of_the_units(tmp_path: Path, chosen: list[int]) -> None:
    """Cosines come unit by unit in the order asked for, within the error of eight bits."""
    stored, question = units([3, 0, 5, 1200, 2]), units([4])[0].astype(np.float32)
    taken = written(tmp_path, stored).of(np.array(chosen, dtype=np.int64))
    expected = np.concatenate([np.zeros((0, 8), dtype=np.float16), *(stored[place] for place in chosen)])
    assert np.diff(taken.offsets).tolist() == [len(stored[place]) for place in chosen]
    assert taken.cosines(question) == pytest.approx(expected.astype(np.float32) @ question.T, abs=0.01)


def test_no_tokens(tmp_path: Path) -> None:
    """A corpus whose units have no tokens can be written and asked."""
    taken = written(tmp_path, units([0, 0])).of(np.array([0, 1]))
    assert taken.cosines(np.zeros((2, 8), dtype=np.float32)).shape == (0, 2)
    assert taken.offsets.tolist() == [0, 0, 0]


@given(values=st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=20))
def test_quantised_is_close(values: list[float]) -> None:
    """Integers less their shift, times scale, give the vector back to half a step."""
    vectors = np.array([values], dtype=np.float32)
    integers, scales = quantised(vectors)
    meant = (integers.astype(np.float32) - SHIFT) * scales[:, None]
    assert meant == pytest.approx(vectors, abs=float(np.abs(vectors).max()) / 250 + 1e-9)
