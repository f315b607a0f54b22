"""Write files so that a crash leaves the old or the new one: write aside, flush to the disk, then rename."""

import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evqa.errors import BusyError, CorpusError, StorageError

REFUSED = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO),
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST),
}
SQLITE_REFUSED = ("full", "readonly", "read-only", "unable to open", "disk i/o")
KEPT = "what was stored before is kept; make room or allow access, and try again"


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn a disk's refusal to read or write `path` into StorageError, a damaged SQLite file into CorpusError, and a
    lock that another process keeps for long into BusyError."""
    try:
        yield
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        raise StorageError(Path(error.filename or path), error.strerror or type(error).__name__, KEPT) from error
    except sqlite3.OperationalError as error:
        if "locked" in str(error).lower():
            raise BusyError(path, "another process has kept it locked for long", "try again later") from error
        if "could not decode" in str(error).lower():
            raise damaged(path, str(error)) from error
        if not any(word in str(error).lower() for word in SQLITE_REFUSED):
            raise
        raise StorageError(path, str(error), KEPT) from error
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, cause: str) -> CorpusError:
    """What is said of a SQLite file that can't be read."""
    return CorpusError(
        path, "damaged", "restore it from a copy or ingest into a new corpus", cause.splitlines()[0][:200]
    )


def sync(path: Path) -> None:
    """Flush a file or folder to the disk; on Windows a file alone, which must be writable for that."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below, then the folder itself."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


def make_private(folder: Path) -> Path:
    """Make a folder, and those above it that are missing, accessible to its owner alone. Returns the folder."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, flushed to the disk. A reader sees the old or the new content, never a part."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    sync(fresh)
    fresh.replace(path)
    sync(path.parent)


def replace_folder(fresh: Path, folder: Path) -> None:
    """Put a finished folder in place of `folder`, flushed to the disk."""
    sync_tree(fresh)
    if folder.exists():
        shutil.rmtree(folder)
    fresh.rename(folder)
    sync(folder.parent)


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
