"""Find the nearest passages by the cosine of their pooled vectors, with FAISS."""

import math
from pathlib import Path
from typing import Any

import numpy as np

from index.models.embedding import Floats, Integers
from index.search.arrays import stretches

FLAT_UPTO = 20_000
TRAINING = 100_000
PROBES = 64
BLOCK, BUFFER = 4096, 1 << 20


class FaissDense:
    """A FAISS index of unit vectors under integer ids.

    Exact up to FLAT_UPTO vectors, above that inverted lists of 8-bit codes.
    """

    def __init__(self, index: Any) -> None:
        self._index = index

    def add(self, ids: Integers, vectors: Floats) -> None:
        """Add vectors (n, dim) under ids (n,) that aren't in use."""
        self._index.add_with_ids(np.ascontiguousarray(vectors), ids)

    def search(self, query: Floats, limit: int, within: Integers | None = None) -> tuple[Integers, Floats]:
        """Ids and cosines of at most `limit` vectors nearest to `query` (dim,), nearest first, ties by id.

        `within`: only these ids are looked at.
        """
        limit = min(limit, self._index.ntotal)
        if limit == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        scores, ids = self._index.search(query[None], limit, params=self._parameters(within))
        found = ids[0] >= 0
        return best(ids[0][found], scores[0][found], limit)

    def _parameters(self, within: Integers | None) -> Any:
        import faiss

        chosen: dict[str, Any] = {} if within is None else {"sel": selector(within)}
        if isinstance(faiss.downcast_index(self._index), faiss.IndexIVF):
            # The fewer ids are allowed, the more lists must be searched.
            share = 1 if within is None else self._index.ntotal // max(1, len(within))
            return faiss.SearchParametersIVF(**chosen | {"nprobe": PROBES * max(1, share)})
        return faiss.SearchParameters(**chosen)

    def write(self, path: Path) -> None:
        """Write the index to a file."""
        import faiss

        # Written by Python, so that a full disk raises OSError, and in blocks, so that there is no second copy.
        with path.open("wb") as file:
            writer = faiss.PyCallbackIOWriter(file.write, BUFFER)  # type: ignore[attr-defined]
            faiss.write_index(self._index, writer)


def selector(ids: Integers) -> Any:
    """A FAISS selector that lets only these ids through, with a bit for each id."""
    import faiss

    bitmap: Any = faiss.IDSelectorBitmap  # annotated as it is in C++
    flags = np.zeros(int(ids.max(initial=0)) + 1, dtype=np.bool_)
    flags[ids] = True
    return bitmap(np.packbits(flags, bitorder="little"))


def best(ids: Integers, scores: Floats, limit: int) -> tuple[Integers, Floats]:
    """The `limit` highest scores, highest first, ties by id."""
    order = np.lexsort((ids, -scores))[:limit]
    return ids[order], scores[order]


def faiss_over(path: Path, flat_upto: int = FLAT_UPTO) -> FaissDense:
    """Build a FAISS index of the vectors (n, dim) in a NumPy file, read some at a time, under the ids 0 to n-1."""
    import faiss

    faiss.omp_set_num_threads(1)
    count, dimension = np.load(path, mmap_mode="r").shape
    index: Any
    if count <= flat_upto:
        index = faiss.IndexIDMap(faiss.IndexFlatIP(dimension))
    else:
        lists = max(1, round(2 * math.sqrt(count)))
        index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        index.train(every(path, max(1, count // TRAINING)))
    dense = FaissDense(index)
    first = 0
    for block in stretches(path, BLOCK):
        dense.add(np.arange(first, first + len(block), dtype=np.int64), block)
        first += len(block)
    return dense


def every(path: Path, step: int) -> Floats:
    """Every `step`-th row of the array in a file, from the first on."""
    parts: list[Floats] = []
    first = 0
    for block in stretches(path, BLOCK):
        parts.append(block[-first % step :: step].copy())
        first += len(block)
    return np.concatenate(parts)


def read_faiss(path: Path) -> FaissDense:
    """Read an index from a file."""
    import faiss

    faiss.omp_set_num_threads(1)
    return FaissDense(faiss.read_index(str(path)))
