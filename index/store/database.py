"""Open the SQLite file of the records and check its format, without what writes it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from evqa.errors import CorpusError
from index.disk.durable import refusals

APPLICATION = 0x65767161
# Version 1 is read as well; whatever is written makes it 2, whose documents versions before can't read.
FORMAT, READ = 2, (1, 2)


def connected(path: Path) -> sqlite3.Connection:
    """Open the file for reading. Raises CorpusError if it isn't a corpus of this format."""
    with refusals(path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            check_format(path, connection)
        except BaseException:
            connection.close()
            raise
    return connection


def check_format(path: Path, connection: sqlite3.Connection) -> None:
    """Raise CorpusError unless the file says that it is a corpus of this format."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION or version not in READ:
        reason = f"application {application:#x} format {version}, expected {APPLICATION:#x} format {FORMAT}"
        step = "it was written by another program or version: ingest into a new corpus"
        raise CorpusError(path, reason, step)


def revision_of(path: Path) -> int | None:
    """The number of changes that the records have seen; None if they can't be read, as in a read-only folder."""
    try:
        with refusals(path), closing(connected(path)) as connection:
            stored = connection.execute("SELECT value FROM fact WHERE name = 'revision'").fetchone()
            return int(stored[0]) if stored else 0
    except CorpusError:
        return None
