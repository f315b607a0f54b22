"""What all token vectors share is taken out of each, and nothing else."""

from pathlib import Path

import numpy as np
import pytest

from index.models.embedding import Floats, unit
from index.search.directions import Spread, read_directions

DIM = 200


def cone(count: int, seed: int = 3) -> Floats:
    """Vectors of length 1 that share a mean and vary most along two directions."""
    source = np.random.default_rng(seed)
    shared = np.zeros(DIM)
    shared[0] = 3.0
    wide = np.zeros((count, DIM))
    wide[:, 1:3] = source.normal(scale=4.0, size=(count, 2))
    return unit((source.normal(size=(count, DIM)) * 0.1 + shared + wide).astype(np.float32))


def spread(vectors: Floats) -> Spread:
    """What was gathered from the vectors, put in two parts."""
    gathered = Spread(DIM)
    gathered.put(vectors[:150])
    gathered.put(vectors[150:])
    return gathered


def test_mean_and_main_directions_are_gone() -> None:
    """One direction for each hundred dimensions, and the mean, leave no trace; vectors have length 1."""
    vectors = cone(500)
    found = spread(vectors).directions().without(vectors)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.abs(found[:, 1:3]).mean() < 0.2 < np.abs(vectors[:, 1:3]).mean()
    assert abs(float((vectors @ vectors.T).mean())) > 5 * abs(float((found @ found.T).mean()))


@pytest.mark.slow
def test_order_of_vectors_is_all_one() -> None:
    """Gathered in another order the same vectors show the same directions, signs aside."""
    vectors = cone(500)
    one, other = spread(vectors).directions(), spread(vectors[::-1].copy()).directions()
    assert one.without(vectors) == pytest.approx(other.without(vectors), abs=1e-4)


def test_few_vectors_show_no_directions() -> None:
    """Of fewer vectors than dimensions nothing is taken."""
    vectors = cone(DIM - 1)
    assert spread(vectors).directions().without(vectors) == pytest.approx(vectors, abs=1e-6)


def test_written_and_read(tmp_path: Path) -> None:
    """What is read back takes out the same, bit by bit; of few vectors, too."""
    vectors = cone(500)
    for count in (500, 20):
        found = spread(vectors[:count]).directions()
        found.write(tmp_path)
        assert np.array_equal(read_directions(tmp_path).without(vectors), found.without(vectors))
