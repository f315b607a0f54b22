"""Locks: one writer at a time, and readers that keep their generation."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout, lock_descriptor

from evqa.errors import BusyError
from index.disk.durable import refusals

try:
    import fcntl
except ImportError:  # Windows has no shared lock of this kind; there, a file that is open can't be renamed
    fcntl = None  # type: ignore[assignment]

LOCK, HOLDER = "writer.lock", "writer.json"


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Lock a corpus for writing. Raises BusyError at once, naming the holder, if another process has the lock."""
    lock = FileLock(folder / LOCK, timeout=0, mode=0o600)
    with refusals(folder):
        try:
            lock.acquire()
        except Timeout as error:
            writer = f"is being written by {holder(folder)}"
            raise BusyError(f"corpus {folder.name!r}", writer, "try again later") from error
    try:
        with refusals(folder):
            started = datetime.now(UTC).isoformat(timespec="seconds")
            (folder / HOLDER).write_text(json.dumps({"pid": os.getpid(), "since": started}))
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def holder(folder: Path) -> str:
    """Which process writes the corpus, in words."""
    try:
        known = json.loads((folder / HOLDER).read_text())
        return f"process {known['pid']} since {known['since']}"
    except (OSError, ValueError, KeyError):
        return "another process"


def hold_alone(path: Path) -> int | None:
    """Take a file, made where it is missing, for this process until the descriptor returned is closed.

    None if another process has it, or its folder is gone.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:
        return None
    if lock_descriptor(descriptor, blocking=False):
        return descriptor
    os.close(descriptor)
    return None


def hold_shared(path: Path) -> int | None:
    """Lock a file for reading. Returns the descriptor that holds the lock, None if the file is gone."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if os.fstat(descriptor).st_nlink == 0:
            os.close(descriptor)
            return None
    return descriptor


@contextmanager
def is_released(path: Path) -> Iterator[bool]:
    """Whether no reader has locked `path`. If so, none can lock it until the block ends."""
    if fcntl is None:
        yield _is_moved_aside(path)
        return
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield True
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(descriptor)


def _is_moved_aside(path: Path) -> bool:
    """Rename `path`, so that no reader finds it any more; False where Windows refuses, since a reader has it open."""
    try:
        path.rename(path.with_name(f".{path.name}.released"))
    except FileNotFoundError:
        return True
    except PermissionError:
        return False
    return True
