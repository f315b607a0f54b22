"""Dense search: FAISS against the plain matrix product."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.models.embedding import Floats, unit
from index.search.dense import FLAT_UPTO, FaissDense, faiss_over, read_faiss
from tests.index.search.exact import ExactDense

DIMENSION = 16
Dense = ExactDense | FaissDense


def vectors(count: int, seed: int = 1) -> Floats:
    """Unit vectors (count, DIMENSION)."""
    return unit(np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32))


def exact(of: Floats) -> Dense:
    """The reference over vectors."""
    return ExactDense(of)


def flat(of: Floats, upto: int = FLAT_UPTO) -> FaissDense:
    """FAISS over vectors that lie in a file, as it is used up to the bound."""
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder, "vectors.npy"), of)
        return faiss_over(Path(folder, "vectors.npy"), upto)


def compressed(of: Floats) -> Dense:
    """FAISS as it is used above the bound."""
    return flat(of, upto=10)


EXACT = [exact, flat]


@pytest.mark.parametrize("make", EXACT)
def test_finds_the_nearest(make: Callable[[Floats], Dense]) -> None:
    """Ids and cosines are those of the matrix product, nearest first."""
    stored, query = vectors(50), vectors(1, seed=2)[0]
    ids, scores = make(stored).search(query, 5)
    order = np.argsort(-(stored @ query))[:5]
    assert ids.tolist() == order.tolist()
    assert scores == pytest.approx(stored[order] @ query, abs=1e-6)


@pytest.mark.parametrize("make", [*EXACT, compressed])
def test_looks_only_within(make: Callable[[Floats], Dense]) -> None:
    """With `within`, only those ids are found, and as many as there are."""
    within = np.array([3, 14, 15, 40])
    ids, _ = make(vectors(50)).search(vectors(1, seed=2)[0], 10, within)
    assert sorted(ids.tolist()) == within.tolist()


@pytest.mark.parametrize("make", EXACT)
def test_empty(make: Callable[[Floats], Dense]) -> None:
    """An index without vectors finds nothing."""
    ids, scores = make(vectors(0)).search(vectors(1)[0], 3)
    assert (ids.tolist(), scores.tolist()) == ([], [])


@pytest.mark.parametrize("make", EXACT)
def test_ties_go_by_id(make: Callable[[Floats], Dense]) -> None:
    """Equal cosines are ordered by id."""
    same = np.repeat(vectors(1), 6, axis=0)
    assert make(same).search(same[0], 6)[0].tolist() == [0, 1, 2, 3, 4, 5]


def test_compressed_recall() -> None:
    """The compressed index finds most of the true nearest among 2,000 vectors."""
    stored = vectors(2000)
    dense, hits = compressed(stored), 0
    for query in vectors(20, seed=5):
        hits += len(np.intersect1d(dense.search(query, 10)[0], exact(stored).search(query, 10)[0]))
    assert hits / 200 >= 0.9


def test_written_and_read(tmp_path: Path) -> None:
    """An index read from its file gives the same hits."""
    dense, query = flat(vectors(30)), vectors(1, seed=2)[0]
    dense.write(tmp_path / "dense.faiss")
    again = read_faiss(tmp_path / "dense.faiss")
    assert again.search(query, 7)[0].tolist() == dense.search(query, 7)[0].tolist()


def test_compressed_finds_the_few_allowed() -> None:
    """However few ids are allowed, the compressed index finds them all, wherever they lie."""
    allowed = np.arange(0, 2000, 100)
    ids, _ = compressed(vectors(2000)).search(vectors(1, seed=5)[0], 20, within=allowed)
    assert sorted(ids.tolist()) == allowed.tolist()
