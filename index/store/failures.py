"""Remember files that couldn't be stored in a corpus, until they are mended, deleted or dropped.

They have a file of their own, because a corpus that never held a document has no records.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.disk.durable import refusals

FAILURES = "failures.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS failure (
    path BLOB PRIMARY KEY,
    source TEXT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL,
    error TEXT NOT NULL
) STRICT
"""


@dataclass(frozen=True)
class Failure:
    """A file that isn't stored: its absolute path, source name, SHA-256 ("" if it couldn't be read), and why.

    `state`: "failed" or "unsound".
    """

    path: Path
    source: str
    content: str
    state: str
    error: str


class Failures:
    """The failures of the corpus in a folder. Each change is on the disk when the call returns. For the writer only."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FAILURES

    def standing(self) -> list[Failure]:
        """Every failure, by path."""
        return failures_in(self._path.parent)

    def record(self, failure: Failure) -> None:
        """Add a failure; it replaces an earlier one of the same path."""
        row = (os.fsencode(failure.path), failure.source, failure.content, failure.state, failure.error)
        self._path.touch(mode=0o600, exist_ok=True)
        self._change("INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?)", row)

    def clear(self, path: Path) -> None:
        """Forget the failure of a path, if there is one."""
        if self._path.exists():
            self._change("DELETE FROM failure WHERE path = ?", (os.fsencode(path),))

    def drop(self, name: str) -> list[Failure]:
        """Forget the failures of files with that source name or path, and return them."""
        found = [failure for failure in self.standing() if name in (failure.source, str(failure.path))]
        for failure in found:
            self.clear(failure.path)
        return found

    def _change(self, query: str, parameters: Sequence[object]) -> None:
        with refusals(self._path), closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            connection.execute(SCHEMA)
            connection.execute(query, parameters)


def failures_in(folder: Path) -> list[Failure]:
    """The failures of the corpus in a folder, by path. Raises CorpusError if their file is damaged."""
    path = folder / FAILURES
    try:
        is_empty = not path.stat().st_size
    except FileNotFoundError:
        is_empty = True
    if is_empty:
        return []
    with refusals(path), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        rows: list[Any] = connection.execute("SELECT * FROM failure ORDER BY path").fetchall()
    return [Failure(Path(os.fsdecode(where)), *rest) for where, *rest in rows]
