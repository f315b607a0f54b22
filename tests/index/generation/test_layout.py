"""Files of a published generation, opened."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.generation.layout import opened_published


def test_it_is_read_and_never_written(tmp_path: Path) -> None:
    """What is in it is found, a write is refused, and no file comes beside it."""
    path = tmp_path / "records.sqlite"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE one (value INTEGER)")
        made.execute("INSERT INTO one VALUES (7)")
    with closing(opened_published(path)) as found:
        assert found.execute("SELECT value FROM one").fetchall() == [(7,)]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            found.execute("DELETE FROM one")
    assert [each.name for each in tmp_path.iterdir()] == ["records.sqlite"]
