"""Keep the grades that a language model gave, so that the same question has the same answer again, offline too.

The file holds hashes and grades, neither questions nor passages.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from evqa.errors import BusyError, CorpusError, EvqaError, StorageError
from index.disk.durable import make_private, refusals
from index.judging.grades import GRADES, Grades

FILE, LOCK = "verdicts.sqlite", "verdicts.lock"
# What SQLite keeps beside its file.
BESIDE = ("", "-wal", "-shm")
MOST = 100_000
PATIENCE = 10
# `grades`: a digit a passage.
SCHEMA = """
CREATE TABLE IF NOT EXISTS verdict (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    grades TEXT NOT NULL
) STRICT
"""
Warn = Callable[[str], None]
Result = TypeVar("Result")


class Verdicts:
    """The verdicts of a home, the newest `most` of them. Any thread and several processes may use it.

    A damaged file is put aside and begun anew; where the disk refuses, nothing is kept. Either is told to `warn`.
    """

    def __init__(self, home: Path, warn: Warn, most: int = MOST) -> None:
        self._path = home / FILE
        self._warn = warn
        self._most = most
        self._has_warned = False

    def get(self, key: str, count: int) -> Grades | None:
        """The grades of so many passages under the key; None if none are kept."""
        if _identity(self._path) is None:
            return None
        return self._done(lambda connection: _grades(connection, key, count))

    def put(self, key: str, grades: Grades) -> Grades:
        """Keep the grades. Returns those that are kept from now on: the first, if another process was faster."""

        def kept(connection: sqlite3.Connection) -> Grades:
            connection.execute("BEGIN IMMEDIATE")
            row = (key, "".join(map(str, grades)))
            connection.execute("INSERT OR IGNORE INTO verdict (key, grades) VALUES (?, ?)", row)
            connection.execute("DELETE FROM verdict WHERE place <= (SELECT max(place) FROM verdict) - ?", (self._most,))
            found = _grades(connection, key, len(grades)) or grades
            connection.execute("COMMIT")
            return found

        return self._done(kept) or grades

    def _done(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """The result of the work, once more on a new file where the first is damaged; None where it can't be done."""
        met = _identity(self._path)
        try:
            try:
                return self._tried(work)
            except CorpusError as error:
                if isinstance(error, BusyError | StorageError):
                    raise
                self._put_aside(met)
                return self._tried(work)
        except EvqaError as error:
            self._warn_once(f"the language model's verdicts can't be kept: {error}")
            return None

    def _warn_once(self, message: str) -> None:
        if not self._has_warned:
            self._has_warned = True
            self._warn(message)

    def _tried(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        with refusals(self._path), closing(self._connected()) as connection:
            try:
                return work(connection)
            except sqlite3.OperationalError as error:
                if str(error).startswith(("no such", "table verdict has no")):
                    raise sqlite3.DatabaseError(str(error)) from error  # a file of another make
                raise

    def _connected(self) -> sqlite3.Connection:
        if not self._is_begun:
            make_private(self._path.parent)
            with self._locked():
                if not self._is_begun:
                    self._begin()
        return sqlite3.connect(self._path, isolation_level=None, timeout=PATIENCE)

    @property
    def _is_begun(self) -> bool:
        return self._path.exists() and self._path.stat().st_size > 0

    def _begin(self) -> None:
        """Make the file aside and put it in place: who finds it finds its table."""
        fresh = self._path.with_name(f".{FILE}.new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(SCHEMA)
        # What an earlier file has left would be read into this one.
        for end in BESIDE[1:]:
            self._path.with_name(f"{FILE}{end}").unlink(missing_ok=True)
        fresh.replace(self._path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with FileLock(self._path.with_name(LOCK), timeout=PATIENCE, mode=0o600):
                yield
        except Timeout as error:
            raise BusyError(self._path, "another process has kept it locked for long", "try again later") from error

    def _put_aside(self, met: int | None) -> None:
        """Rename the file that was met, and what SQLite keeps beside it, unless another process has done so."""
        with refusals(self._path), self._locked():
            if met is None or _identity(self._path) != met:
                return
            for end in BESIDE:
                path = self._path.with_name(f"{FILE}{end}")
                if path.exists():
                    path.replace(path.with_name(f"damaged-{path.name}"))
        self._warn(f"{self._path} was damaged; it is now damaged-{FILE}, and verdicts are kept anew")


def _grades(connection: sqlite3.Connection, key: str, count: int) -> Grades | None:
    """The grades under a key. Raises DatabaseError if they are none of so many passages."""
    row = connection.execute("SELECT grades FROM verdict WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    found = tuple(int(digit) if digit.isascii() and digit.isdigit() else -1 for digit in row[0])
    if len(found) != count or not set(found) <= GRADES.keys():
        raise sqlite3.DatabaseError("grades that are none")
    return found


def _identity(path: Path) -> int | None:
    """What tells a file from the one that takes its place; None where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return None
