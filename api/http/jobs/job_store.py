"""Stores jobs and their events in one SQLite file of the home, so that they outlast the server."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from api.http.jobs.job import Job, progress
from index.disk.durable import make_private, refusals

FILE = "jobs.sqlite"
# Number of ended jobs that are remembered.
MOST_ENDED = 500
ENDED = ", ".join(f"'{state}'" for state in ("done", "failed", "cancelled"))
SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS event (
    job TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    is_last INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (job, number)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Event:
    """An event of a job: its number and, as JSON, the fields that change; the last event has the whole job."""

    number: int
    body: str
    is_last: bool


class JobStore:
    """The jobs of a home. The file is created with the first job. Any thread and several processes may use it.

    Raises StorageError if the disk refuses, CorpusError if the file is damaged.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            if self._connection:
                self._connection.close()
                self._connection = None

    def add(self, job: Job) -> None:
        """Store a new job, and forget the oldest ended ones."""
        with self._writing() as connection:
            row = (job.id, job.state, job.model_dump_json())
            connection.execute("INSERT INTO job (id, state, body) VALUES (?, ?, ?)", row)
            _note(connection, job)
            connection.execute(
                f"DELETE FROM job WHERE place IN (SELECT place FROM job WHERE state IN ({ENDED})"  # noqa: S608
                " ORDER BY place DESC LIMIT -1 OFFSET ?)",
                (MOST_ENDED,),
            )

    def update(self, job: Job, **changed: Any) -> Job:
        """Change these fields of a job and store it with an event. Returns the changed job."""
        fresh = job.model_copy(update={**changed, "updated": now()})
        with self._writing() as connection:
            row = (fresh.state, fresh.model_dump_json(), fresh.id)
            connection.execute("UPDATE job SET state = ?, body = ? WHERE id = ?", row)
            _note(connection, fresh)
        return fresh

    def job(self, identity: str) -> Job | None:
        """The job with this id; None if there is none."""
        rows = self._select("SELECT body FROM job WHERE id = ?", (identity,))
        return Job.model_validate_json(rows[0][0]) if rows else None

    def recent(self, most: int) -> list[Job]:
        """The most recent jobs, newest first."""
        rows = self._select("SELECT body FROM job ORDER BY place DESC LIMIT ?", (most,))
        return [Job.model_validate_json(body) for (body,) in rows]

    def unfinished(self) -> list[Job]:
        """The jobs that haven't ended, oldest first."""
        rows = self._select(f"SELECT body FROM job WHERE state NOT IN ({ENDED}) ORDER BY place")  # noqa: S608
        return [Job.model_validate_json(body) for (body,) in rows]

    def states(self) -> Mapping[str, int]:
        """How many jobs there are, by state."""
        return dict(self._select("SELECT state, count(*) FROM job GROUP BY state"))

    def events(self, identity: str, after: int) -> list[Event]:
        """The events of a job after that number, in order."""
        query = "SELECT number, body, is_last FROM event WHERE job = ? AND number > ? ORDER BY number"
        return [Event(number, body, bool(is_last)) for number, body, is_last in self._select(query, (identity, after))]

    def _select(self, query: str, parameters: Sequence[object] = ()) -> list[Any]:
        with self._lock, refusals(self._path):
            if self._connection is None and not self._path.exists():
                return []
            return self._opened().execute(query, parameters).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, refusals(self._path):
            make_private(self._path.parent)
            connection = self._opened()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.touch(mode=0o600, exist_ok=True)
            connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, timeout=30)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.executescript(SCHEMA)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection


def now() -> str:
    """The current time in UTC, in ISO format with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _note(connection: sqlite3.Connection, job: Job) -> None:
    record = job if job.has_ended else progress(job)
    connection.execute(
        "INSERT INTO event SELECT ?, coalesce(max(number), 0) + 1, ?, ? FROM event WHERE job = ?",
        (job.id, job.has_ended, record.model_dump_json(), job.id),
    )
