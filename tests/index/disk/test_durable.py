"""Files put in place in one step, and what a disk refuses."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evqa.errors import BusyError, CorpusError, StorageError
from index.disk.durable import make_private, refusals, replace_file, replace_folder


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The new content stands in place of the old and nothing else is left."""
    for content in (b"old", b"new"):
        replace_file(tmp_path / "current", content)
    assert [path.name for path in tmp_path.iterdir()] == ["current"]
    assert (tmp_path / "current").read_bytes() == b"new"


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    """What the old folder held is gone, what the new one holds is there."""
    for name in ("old", "new"):
        (tmp_path / "fresh").mkdir()
        (tmp_path / "fresh" / name).touch()
        replace_folder(tmp_path / "fresh", tmp_path / "model")
    assert [path.name for path in tmp_path.rglob("*")] == ["model", "new"]


def test_folders_are_private(tmp_path: Path) -> None:
    """New folders are for their owner alone."""
    folder = make_private(tmp_path / "a" / "b")
    assert [path.stat().st_mode & 0o777 for path in (folder, folder.parent)] == [0o700, 0o700]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_refusal_is_one_line(tmp_path: Path, code: int) -> None:
    """A disk that is full or not writable is a StorageError of one line with the path."""
    with pytest.raises(StorageError) as caught, refusals(tmp_path):
        raise OSError(code, "refused", str(tmp_path))
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_failures_pass(tmp_path: Path) -> None:
    """A failure that isn't the disk's keeps its own kind."""
    with pytest.raises(FileNotFoundError), refusals(tmp_path):
        (tmp_path / "missing").read_bytes()


def test_sqlite_that_another_process_holds(tmp_path: Path) -> None:
    """A database that another one doesn't let go of is a BusyError with the path."""
    path = tmp_path / "held.sqlite"
    with closing(sqlite3.connect(path)) as holder, closing(sqlite3.connect(path, timeout=0)) as other:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError, match=r"held\.sqlite: another process holds it"), refusals(path):
            other.execute("SELECT * FROM sqlite_master")


def test_sqlite_full_and_damaged(tmp_path: Path) -> None:
    """A database that may not grow is a StorageError; a file that is no database is a CorpusError."""
    connection = sqlite3.connect(tmp_path / "small.sqlite")
    connection.execute("PRAGMA max_page_count = 3")
    connection.execute("CREATE TABLE filler (body BLOB)")
    with pytest.raises(StorageError, match="full"), refusals(tmp_path):
        connection.execute("INSERT INTO filler VALUES (zeroblob(100000))")
    connection.close()
    (tmp_path / "broken.sqlite").write_bytes(b"no database at all" * 100)
    broken = sqlite3.connect(tmp_path / "broken.sqlite")
    with pytest.raises(CorpusError, match="damaged"), refusals(tmp_path / "broken.sqlite"):
        broken.execute("SELECT * FROM sqlite_master")
    broken.close()
