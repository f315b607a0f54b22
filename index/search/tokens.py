"""Token vectors of every passage of a generation, in a memory-mapped file.

Each is stored as 8-bit integers and a scale: a quarter of the size of floats, and multiplied without conversion.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

import numpy as np

from index.models.embedding import Floats, Integers
from index.search.arrays import ArrayWriter
from index.search.product import SHIFT, Bytes, products

TOKENS, SCALES, OFFSETS = "tokens.npy", "scales.npy", "offsets.npy"
SMALLEST = np.finfo(np.float32).tiny * 1_000
LARGEST = 127


def quantised(vectors: Floats) -> tuple[Bytes, Floats]:
    """Vectors (n, dim) as integers (n, dim), each increased by SHIFT, and scales (n,).

    The integers less SHIFT, times the scale, give the vector to 1/254 of its largest number.
    """
    peaks = np.abs(vectors).max(axis=1, initial=0.0)
    # A peak too small to divide by counts as zero.
    scales: Floats = np.where(peaks >= SMALLEST, peaks / LARGEST, 1.0).astype(np.float32)
    return (np.rint(vectors / scales[:, None]) + SHIFT).astype(np.uint8), scales


class TokensWriter:
    """Writes token vectors of dimension `dim`, unit by unit; a context that completes the files when it ends."""

    def __init__(self, folder: Path, dimension: int) -> None:
        with ExitStack() as files:
            self._tokens = files.enter_context(ArrayWriter(folder / TOKENS, np.uint8, (dimension,)))
            self._scales = files.enter_context(ArrayWriter(folder / SCALES, np.float32))
            self._offsets = files.enter_context(ArrayWriter(folder / OFFSETS, np.int64))
            self._offsets.put(np.zeros(1))
            self._files = files.pop_all()

    def __enter__(self) -> "TokensWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.__exit__(kind, error, trace)

    @property
    def count(self) -> int:
        """The number of vectors written."""
        return self._tokens.rows

    def put(self, tokens: Floats) -> None:
        """Write the token vectors (n, dim) of the next unit."""
        integers, scales = quantised(tokens)
        self._tokens.put(integers)
        self._scales.put(scales)
        self._offsets.put(np.array([self._tokens.rows]))


@dataclass(frozen=True)
class Taken:
    """Token vectors of some units: integers (t, dim), scales (t,), and where each unit begins, `offsets` (u + 1,)."""

    integers: Bytes
    scales: Floats
    offsets: Integers

    def cosines(self, question: Floats) -> Floats:
        """Cosines (t, m) of the vectors with question tokens (m, dim)."""
        return products(self.integers, self.scales, question)


class Tokens:
    """The token vectors in a generation's folder."""

    def __init__(self, folder: Path) -> None:
        self._offsets: Integers = np.load(folder / OFFSETS)
        self._scales: Floats = np.load(folder / SCALES)
        # An empty file can't be mapped.
        mode: Literal["r"] | None = "r" if self._offsets[-1] else None
        self._file: Bytes = np.asarray(np.load(folder / TOKENS, mmap_mode=mode))

    def lengths(self, units: Integers) -> Integers:
        """The number of tokens of each of the units (u,)."""
        return self._offsets[units + 1] - self._offsets[units]

    def of(self, units: Integers) -> Taken:
        """The vectors of the units (u,), in that order. Those of consecutive units aren't copied from the disk."""
        first, last = self._offsets[units], self._offsets[units + 1]
        offsets = offsets_of(last - first)
        if whole := stretch(first, last):
            return Taken(self._file[whole], self._scales[whole], offsets)
        places = np.repeat(first - offsets[:-1], last - first) + np.arange(offsets[-1])
        return Taken(self._file.take(places, axis=0), self._scales.take(places), offsets)


def stretch(first: Integers, last: Integers) -> slice | None:
    """The slice that the ranges `first` to `last` make up together; None if there are gaps between them."""
    if len(first) == 0 or not np.array_equal(first[1:], last[:-1]):
        return None
    return slice(int(first[0]), int(last[-1]))


def offsets_of(counts: Integers) -> Integers:
    """Where each of several ranges of these lengths begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
