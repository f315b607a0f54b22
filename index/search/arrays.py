"""Write and read large arrays in NumPy's file format, some rows at a time."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.lib.format import read_array_header_1_0, read_magic, write_array_header_1_0
from numpy.typing import DTypeLike, NDArray


class ArrayWriter:
    """Appends rows of one type and shape to a file, without knowing their number beforehand.

    A stream, not a memory map: if the disk fills up, a memory map would kill the process.
    """

    def __init__(self, path: Path, kind: DTypeLike, shape: tuple[int, ...] = ()) -> None:
        self.rows = 0
        self._kind = np.dtype(kind)
        self._shape = shape
        self._file = path.open("wb")
        self._head()

    def _head(self) -> None:
        # NumPy pads the header for any number of rows, so its length doesn't change.
        shape = (self.rows, *self._shape)
        write_array_header_1_0(self._file, {"descr": self._kind.str, "fortran_order": False, "shape": shape})

    def put(self, rows: NDArray[Any]) -> None:
        """Append rows (n, …)."""
        self._file.write(np.ascontiguousarray(rows, dtype=self._kind).tobytes())
        self.rows += len(rows)

    def __enter__(self) -> "ArrayWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the number of rows into the header and close the file."""
        with self._file:
            if error is None:
                self._file.seek(0)
                self._head()


def stretches(path: Path, rows: int) -> Iterator[NDArray[Any]]:
    """Read the array in a file, at most `rows` rows at a time."""
    with path.open("rb") as file:
        read_magic(file)
        (count, *rest), _, kind = read_array_header_1_0(file)
        width = int(np.prod(rest, dtype=np.int64))
        for first in range(0, count, rows):
            part = min(rows, count - first)
            yield np.fromfile(file, kind, part * width).reshape(part, *rest)
