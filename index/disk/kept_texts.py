"""Keep short texts by their keys in a file of the home, so that what a model said once is found again, offline too."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from evqa.errors import BusyError, CorpusError, EvqaError, StorageError
from index.disk.durable import make_private, refusals

# What SQLite keeps beside its file.
BESIDE = ("", "-wal", "-shm")
MOST = 100_000
PATIENCE = 10
Warn = Callable[[str], None]
IsSound = Callable[[str], bool]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Place:
    """Where texts are kept: a file of the home, its table and the column of the texts. `what` messages call them."""

    file: str
    table: str
    column: str
    what: str

    @property
    def lock(self) -> str:
        """The file that is locked while the other one is begun or put aside."""
        return f"{self.file.removesuffix('.sqlite')}.lock"

    @property
    def schema(self) -> str:
        """The table."""
        return (
            f"CREATE TABLE IF NOT EXISTS {self.table} "
            f"(place INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, {self.column} TEXT NOT NULL) STRICT"
        )


class KeptTexts:
    """The newest `most` texts of a home. Any thread and several processes may use it.

    A damaged file is put aside and begun anew; where the disk refuses, nothing is kept. Either is told to `warn`.
    """

    def __init__(self, home: Path, place: Place, warn: Warn, most: int = MOST) -> None:
        self._place = place
        self._path = home / place.file
        self._warn = warn
        self._most = most
        self._has_warned = False

    def get(self, key: str, is_sound: IsSound) -> str | None:
        """The text under the key; None if none is kept. One that isn't sound is damage."""
        if _identity(self._path) is None:
            return None
        return self._done(lambda connection: self._text(connection, key, is_sound))

    def put(self, key: str, text: str, is_sound: IsSound) -> str:
        """Keep the text. Returns what is kept from now on: the first, if another process was faster."""
        table, column = self._place.table, self._place.column

        def kept(connection: sqlite3.Connection) -> str:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"INSERT OR IGNORE INTO {table} (key, {column}) VALUES (?, ?)", (key, text))  # noqa: S608
            oldest = f"DELETE FROM {table} WHERE place <= (SELECT max(place) FROM {table}) - ?"  # noqa: S608
            connection.execute(oldest, (self._most,))
            found = self._text(connection, key, is_sound) or text
            connection.execute("COMMIT")
            return found

        return self._done(kept) or text

    def _text(self, connection: sqlite3.Connection, key: str, is_sound: IsSound) -> str | None:
        select = f"SELECT {self._place.column} FROM {self._place.table} WHERE key = ?"  # noqa: S608
        row = connection.execute(select, (key,)).fetchone()
        if row is None:
            return None
        if not is_sound(row[0]):
            raise sqlite3.DatabaseError("a text that is none")
        return str(row[0])

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
            self._warn_once(f"the language model's {self._place.what} can't be kept: {error}")
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
                if str(error).startswith(("no such", f"table {self._place.table} has no")):
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
        fresh = self._path.with_name(f".{self._place.file}.new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(self._place.schema)
        # What an earlier file has left would be read into this one.
        for end in BESIDE[1:]:
            self._path.with_name(f"{self._place.file}{end}").unlink(missing_ok=True)
        fresh.replace(self._path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with FileLock(self._path.with_name(self._place.lock), timeout=PATIENCE, mode=0o600):
                yield
        except Timeout as error:
            raise BusyError(self._path, "another process has kept it locked for long", "try again later") from error

    def _put_aside(self, met: int | None) -> None:
        """Rename the file that was met, and what SQLite keeps beside it, unless another process has done so."""
        with refusals(self._path), self._locked():
            if met is None or _identity(self._path) != met:
                return
            for end in BESIDE:
                path = self._path.with_name(f"{self._place.file}{end}")
                if path.exists():
                    path.replace(path.with_name(f"damaged-{path.name}"))
        self._warn(
            f"{self._path} was damaged; it is now damaged-{self._place.file}, and {self._place.what} are kept anew"
        )


def _identity(path: Path) -> int | None:
    """What tells a file from the one that takes its place; None where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return None
