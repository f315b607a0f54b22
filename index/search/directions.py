"""Remove from token vectors what all of a corpus's share: it doesn't distinguish them.

Contextual vectors lie in a narrow cone: their mean and a few main directions say what the texts are about as a whole.
Mu and Viswanath, All-but-the-Top: Simple and Effective Postprocessing for Word Representations, ICLR 2018, remove one
direction for every hundred dimensions.
"""

from pathlib import Path

import numpy as np

from index.models.embedding import Doubles, Floats, Halves, unit

DIRECTIONS = "directions.npy"
PER_DIRECTION = 100


class Directions:
    """The mean (dim,) and the main directions (k, dim), orthonormal, of a corpus's token vectors."""

    def __init__(self, mean: Floats, main: Floats) -> None:
        self._mean = mean
        self._main = main

    def without(self, vectors: Floats) -> Floats:
        """Vectors (n, dim) without the mean and their parts along the main directions, scaled to length 1."""
        moved = vectors - self._mean
        rest: Floats = (moved - (moved @ self._main.T) @ self._main).astype(np.float32)
        return unit(rest)

    def write(self, folder: Path) -> None:
        """Write them into a generation's folder."""
        np.save(folder / DIRECTIONS, np.concatenate([self._mean[None], self._main]))


def read_directions(folder: Path) -> Directions:
    """Read them from a generation's folder."""
    rows: Floats = np.load(folder / DIRECTIONS)
    return Directions(rows[0], rows[1:])


class Spread:
    """Collects the mean and covariance of token vectors of dimension `dim`, in any order."""

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self._count = 0
        self._sum: Doubles = np.zeros(dim)
        self._products: Doubles = np.zeros((dim, dim))

    def put(self, tokens: Floats | Halves) -> None:
        """Add vectors (n, dim)."""
        exact = tokens.astype(np.float64)
        self._count += len(exact)
        self._sum += exact.sum(axis=0)
        self._products += exact.T @ exact

    def directions(self) -> Directions:
        """Mean and main directions of the vectors; none if there are fewer vectors than dimensions."""
        dim = len(self._sum)
        if self._count < dim:
            return Directions(np.zeros(dim, dtype=np.float32), np.zeros((0, dim), dtype=np.float32))
        mean = self._sum / self._count
        main = np.linalg.eigh(self._products / self._count - np.outer(mean, mean))[1][:, ::-1].T
        return Directions(mean.astype(np.float32), main[: round(dim / PER_DIRECTION)].astype(np.float32))
