"""Token vectors of every passage of a generation, one after the other in a memory-mapped file.

They are kept as 8-bit integers with a scale for each vector: a quarter of the size, and multiplied as such.
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
    """Vectors (n, dim) as integers (n, dim) and scales (n,): the vector is their product, to 1/254 of its peak, once
    SHIFT is taken from the integers.
    """
    peaks = np.abs(vectors).max(axis=1, initial=0.0)
    # A peak too small to be divided counts as nothing.
    scales: Floats = np.where(peaks >= SMALLEST, peaks / LARGEST, 1.0).astype(np.float32)
    return (np.rint(vectors / scales[:, None]) + SHIFT).astype(np.uint8), scales


class TokensWriter:
    """Writes token vectors of dimension `dim` unit by unit, in order; a context, done when it ends."""

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
        """How many vectors were written."""
        return self._tokens.rows

    def put(self, tokens: Floats) -> None:
        """Writes the token vectors (n, dim) of the next unit."""
        integers, scales = quantised(tokens)
        self._tokens.put(integers)
        self._scales.put(scales)
        self._offsets.put(np.array([self._tokens.rows]))


@dataclass(frozen=True)
class Taken:
    """Token vectors of some units, one after the other: integers (t, dim), scales (t,), and offsets (u + 1,)."""

    integers: Bytes
    scales: Floats
    offsets: Integers

    def cosines(self, question: Floats) -> Floats:
        """Cosines (t, m) of all of them with question tokens (m, dim)."""
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
        """How many tokens each of the units (u,) has."""
        return self._offsets[units + 1] - self._offsets[units]

    def of(self, units: Integers) -> Taken:
        """The vectors of the units (u,), in that order; those of consecutive units stay on the disk."""
        first, last = self._offsets[units], self._offsets[units + 1]
        offsets = offsets_of(last - first)
        if whole := stretch(first, last):
            return Taken(self._file[whole], self._scales[whole], offsets)
        places = np.repeat(first - offsets[:-1], last - first) + np.arange(offsets[-1])
        return Taken(self._file.take(places, axis=0), self._scales.take(places), offsets)


def stretch(first: Integers, last: Integers) -> slice | None:
    """The one stretch that consecutive ones from `first` to `last` make up, None if there are gaps."""
    if len(first) == 0 or not np.array_equal(first[1:], last[:-1]):
        return None
    return slice(int(first[0]), int(last[-1]))


def offsets_of(counts: Integers) -> Integers:
    """Where each of the counted stretches begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
