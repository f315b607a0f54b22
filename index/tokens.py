"""Token vectors of every passage of a generation, one after the other in a memory-mapped file."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap

from index.embedding import Floats, Halves, Integers

TOKENS, OFFSETS = "tokens.npy", "offsets.npy"
# Up to this many tokens the vectors are kept in memory as float32: 100 MB at 384 dimensions.
RESIDENT = 65_536


class TokensWriter:
    """Writes token vectors unit by unit; `counts` tells beforehand how many each unit has."""

    def __init__(self, folder: Path, counts: Sequence[int], dimension: int) -> None:
        offsets = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)
        np.save(folder / OFFSETS, offsets)
        self._offsets = offsets
        # A memory map can't be empty, so a corpus without tokens holds one null vector that no unit owns.
        shape = (max(1, int(offsets[-1])), dimension)
        self._file = open_memmap(folder / TOKENS, mode="w+", dtype=np.float16, shape=shape)

    def put(self, unit: int, tokens: Halves) -> None:
        """Writes the token vectors (n, dim) of one unit."""
        self._file[self._offsets[unit] : self._offsets[unit + 1]] = tokens

    def flush(self) -> None:
        """Hands what was written to the system."""
        self._file.flush()


class Tokens:
    """The token vectors in a generation's folder."""

    def __init__(self, folder: Path) -> None:
        self.offsets: Integers = np.load(folder / OFFSETS)
        self._file: Halves = np.load(folder / TOKENS, mmap_mode="r")

    @cached_property
    def _resident(self) -> Floats:
        return self._file.astype(np.float32)

    def of(self, units: Integers) -> tuple[Floats, Integers]:
        """Token vectors (t, dim) of the units (u,), in that order, and their offsets (u + 1,)."""
        counts = self.offsets[units + 1] - self.offsets[units]
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        everything = self._resident if len(self._file) <= RESIDENT else self._file
        if len(units) == len(self.offsets) - 1 and np.array_equal(units, np.arange(len(units))):
            return everything[: int(offsets[-1])].astype(np.float32, copy=False), offsets
        places = np.repeat(self.offsets[units] - offsets[:-1], counts) + np.arange(int(offsets[-1]))
        return everything[places].astype(np.float32, copy=False), offsets
