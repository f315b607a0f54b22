"""Files that survive a crash: written, flushed to the disk, then put in place in one step."""

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


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turns a disk's refusal to read or write `path` into StorageError, damaged SQLite into CorpusError, and a lock
    that another process keeps for long into BusyError."""
    try:
        yield
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        raise StorageError(f"{error.filename or path}: {error.strerror}; what was stored before is kept") from error
    except sqlite3.OperationalError as error:
        if "locked" in str(error).lower():
            raise BusyError(f"{path}: another process holds it for long; try again later") from error
        if not any(word in str(error).lower() for word in SQLITE_REFUSED):
            raise
        raise StorageError(f"{path}: {error}; what was stored before is kept") from error
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise CorpusError(f"{path}: damaged ({error}); restore it from a copy or ingest into a new corpus") from error


def sync(path: Path) -> None:
    """Flushes a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Flushes every file and folder below, then the folder itself."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


def make_private(folder: Path) -> Path:
    """Makes the folder, and those above it that are missing, for its owner alone. Returns it."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def replace_file(path: Path, content: bytes) -> None:
    """Puts `content` at `path` so that a reader sees the old or the new, never a part."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    sync(fresh)
    fresh.replace(path)
    sync(path.parent)


def replace_folder(fresh: Path, folder: Path) -> None:
    """Puts a finished folder in place of `folder`, flushed to the disk."""
    sync_tree(fresh)
    if folder.exists():
        shutil.rmtree(folder)
    fresh.rename(folder)
    sync(folder.parent)


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
