"""Folders that are made once and then found."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from index.disk.durable import make_private, refusals, replace_folder


def made_once(folder: Path, is_there: Callable[[], bool], write: Callable[[Path], None]) -> Path:
    """Returns the folder. Unless it is there, `write` fills an empty one, which takes its place in one step.

    Raises StorageError if the disk refuses, and what `write` raises; then nothing is left of it.
    """
    if is_there():
        return folder
    with refusals(folder):
        make_private(folder.parent)
        # Two processes may want it at once: the second waits, and finds what the first wrote.
        with FileLock(folder.parent / f".{folder.name}.lock", mode=0o600):
            if not is_there():
                _put(folder, write)
    return folder


def _put(folder: Path, write: Callable[[Path], None]) -> None:
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        write(fresh)
        replace_folder(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
