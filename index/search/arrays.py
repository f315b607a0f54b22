"""Arrays of many rows in NumPy's file format, written and read a stretch at a time."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.lib.format import read_array_header_1_0, read_magic, write_array_header_1_0
from numpy.typing import DTypeLike, NDArray


class ArrayWriter:
    """Rows of one type and shape, appended to a file; how many there are need not be known before.

    Written as a stream: a memory map of a disk that fills up would end the process.
    """

    def __init__(self, path: Path, kind: DTypeLike, shape: tuple[int, ...] = ()) -> None:
        self.rows = 0
        self._kind = np.dtype(kind)
        self._shape = shape
        self._file = path.open("wb")
        self._head()

    def _head(self) -> None:
        # NumPy leaves room in the header for any number of rows, so that it keeps its length.
        shape = (self.rows, *self._shape)
        write_array_header_1_0(self._file, {"descr": self._kind.str, "fortran_order": False, "shape": shape})

    def put(self, rows: NDArray[Any]) -> None:
        """Appends rows (n, …)."""
        self._file.write(np.ascontiguousarray(rows, dtype=self._kind).tobytes())
        self.rows += len(rows)

    def __enter__(self) -> "ArrayWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Says in the header how many rows there are, and closes the file."""
        with self._file:
            if error is None:
                self._file.seek(0)
                self._head()


def stretches(path: Path, rows: int) -> Iterator[NDArray[Any]]:
    """The array in a file, at most so many rows at a time."""
    with path.open("rb") as file:
        read_magic(file)
        (count, *rest), _, kind = read_array_header_1_0(file)
        width = int(np.prod(rest, dtype=np.int64))
        for first in range(0, count, rows):
            part = min(rows, count - first)
            yield np.fromfile(file, kind, part * width).reshape(part, *rest)
