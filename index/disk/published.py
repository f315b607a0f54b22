"""SQLite files of a published generation, which never change."""

import sqlite3
from pathlib import Path


def opened_published(path: Path) -> sqlite3.Connection:
    """Such a file, to be read from any thread; SQLite need not lock or watch it."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
