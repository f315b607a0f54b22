"""Token vectors of every passage of a generation, one after the other in a memory-mapped file.

They are kept as 8-bit integers with a scale for each vector: a quarter of the size, and blocks of them are
turned into floats in the processor's cache faster than floats are fetched from memory.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.lib.format import write_array_header_1_0
from numpy.typing import NDArray

from index.embedding import Floats, Halves, Integers

TOKENS, SCALES, OFFSETS = "tokens.npy", "scales.npy", "offsets.npy"
BLOCK = 1024
LANES = 16
LARGEST = 127

Bytes = NDArray[np.int8]


def quantised(vectors: Floats) -> tuple[Bytes, Floats]:
    """Vectors (n, dim) as integers (n, dim) and scales (n,): their product is the vector, to 1/254 of its peak."""
    peaks = np.abs(vectors).max(axis=1, initial=0.0)
    scales: Floats = np.where(peaks > 0, peaks / LARGEST, 1.0).astype(np.float32)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


class TokensWriter:
    """Writes token vectors unit by unit, in order; `counts` tells beforehand how many each unit has."""

    def __init__(self, folder: Path, counts: Sequence[int], dimension: int) -> None:
        self._folder = folder
        self._offsets = offsets_of(np.array(counts, dtype=np.int64))
        self._scales: list[Floats] = []
        # Written as a stream: a memory map of a disk that fills up would end the process.
        self._file = (folder / TOKENS).open("wb")
        shape = (int(self._offsets[-1]), dimension)
        write_array_header_1_0(self._file, {"descr": "|i1", "fortran_order": False, "shape": shape})

    def put(self, tokens: Halves) -> None:
        """Writes the token vectors (n, dim) of the next unit."""
        integers, scales = quantised(tokens.astype(np.float32))
        self._file.write(integers.tobytes())
        self._scales.append(scales)

    def close(self) -> None:
        """Writes what belongs to the vectors, and closes the file."""
        self._file.close()
        np.save(self._folder / SCALES, np.concatenate([np.empty(0, dtype=np.float32), *self._scales]))
        np.save(self._folder / OFFSETS, self._offsets)


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

    def cosines(self, question: Floats, units: Integers) -> tuple[Floats, Integers]:
        """Cosines (t, m) of all tokens of the units (u,), in that order, with question tokens (m, dim).

        The second array (u + 1,) holds the offsets of the units in the first.
        """
        first, last = self._offsets[units], self._offsets[units + 1]
        offsets = offsets_of(last - first)
        places = stretch(first, last) or np.repeat(first - offsets[:-1], last - first) + np.arange(offsets[-1])
        integers, scales = self._file[places], self._scales[places]
        # Products are fastest at whole vector registers, so that columns of zeros are added.
        turned = np.zeros((question.shape[1], -(-len(question) // LANES) * LANES), dtype=np.float32)
        turned[:, : len(question)] = question.T
        found = np.empty((len(integers), turned.shape[1]), dtype=np.float32)
        for start in range(0, len(integers), BLOCK):
            block = slice(start, start + BLOCK)
            np.matmul(integers[block].astype(np.float32), turned, out=found[block])
        return found[:, : len(question)] * scales[:, None], offsets


def stretch(first: Integers, last: Integers) -> slice | None:
    """The one stretch that consecutive ones from `first` to `last` make up, None if there are gaps."""
    if len(first) == 0 or not np.array_equal(first[1:], last[:-1]):
        return None
    return slice(int(first[0]), int(last[-1]))


def offsets_of(counts: Integers) -> Integers:
    """Where each of the counted stretches begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
