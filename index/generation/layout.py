"""What both readers and writers of a generation need: the names of its files, and how to open one.

It imports nothing of evqa, so that asking a question doesn't load what only publishing needs.
"""

import sqlite3
from pathlib import Path

GENERATIONS = "generations"
MANIFEST = "manifest.json"
RECORDS, AUDITS = "records.sqlite", "audits.sqlite"
DENSE, LEXICAL, VECTORS, BACKGROUND = "dense.faiss", "lexical", "vectors.npy", "background.npy"


def opened_published(path: Path) -> sqlite3.Connection:
    """Open an SQLite file of a published generation, for any thread. It never changes, so SQLite needn't lock it."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
