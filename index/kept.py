"""Remove corpora that evqa built from given files, and can build again, once they are out of use.

Such a corpus has a note beside its records: the fingerprint of the readers that read its files. The note's modification
time is the time of the last use.
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from evqa.errors import BusyError, StorageError
from index.disk.durable import refusals
from index.disk.lock import HOLDER, LOCK, is_released, write_lock
from index.generation.layout import GENERATIONS, MANIFEST

NOTE = "kept.json"
SWEPT = ".swept-"
HOUR = 3600
# Seconds without use after which a corpus is removed. Reading and embedding a paper again takes a minute at most.
UNUSED = 30 * 24 * HOUR
# The number of corpora that stay, the last used ones. A paper takes 10 to 20 MB.
MOST = 100


@dataclass(frozen=True)
class KeptCorpus:
    """A corpus that can be built again: the readers of its files, "" if unknown, and when it was last used."""

    folder: Path
    readers: str
    used: float


def note_use(folder: Path, readers: str) -> None:
    """Record that a corpus is used now, and which readers read its files."""
    note = folder / NOTE
    # On a read-only or full disk the corpus can be used without it.
    with suppress(OSError):
        if _readers_in(note) != readers:
            note.write_text(json.dumps({"readers": readers}))
        os.utime(note)


def sweep_kept(home: Path, is_kept: Callable[[str], bool], readers: str, most: int = MOST) -> tuple[str, ...]:
    """Remove corpora that can't be found any more, or are out of use. Returns their names.

    Only corpora whose name `is_kept` are considered. Removed are those of other `readers`, which are never looked for
    again, those unused for UNUSED seconds, and all but the `most` last used. A corpus that is open, being written, or
    was used within the last hour stays.
    """
    corpora, now = home / "corpora", time.time()
    if not os.access(corpora, os.W_OK):
        return ()
    for left in corpora.glob(f"{SWEPT}*"):
        shutil.rmtree(left, ignore_errors=True)  # left by a sweep that was killed
    kept = sorted(_kept(corpora, is_kept), key=lambda each: -each.used)
    stay = [each for each in kept if each.readers == readers and now - each.used < UNUSED][:most]
    gone = [each.folder for each in kept if each not in stay and now - each.used > HOUR]
    return tuple(folder.name for folder in gone if remove_corpus(folder))


def _kept(corpora: Path, is_kept: Callable[[str], bool]) -> Iterator[KeptCorpus]:
    for folder in corpora.iterdir():
        if is_kept(folder.name):
            note = folder / NOTE
            # Without a note it is unfinished, or an earlier version built it.
            with suppress(FileNotFoundError):
                used = (note if note.exists() else folder).stat().st_mtime
                yield KeptCorpus(folder, _readers_in(note), used)


def _readers_in(note: Path) -> str:
    try:
        return str(json.loads(note.read_text())["readers"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def remove_corpus(folder: Path) -> bool:
    """Remove a corpus unless it is being read or written. Returns whether a corpus was removed."""
    try:
        return take_away(folder)
    except (BusyError, StorageError, OSError):
        # Another process is using or removing it, or the disk refuses: a later sweep tries again.
        return False


def take_away(folder: Path) -> bool:
    """Remove a corpus. Returns whether the folder held one.

    It is first renamed, in one step: other processes find the whole corpus or none, and so does the next one if this
    process is killed. Raises BusyError if another process reads or writes it, StorageError if the disk refuses.
    """
    aside = folder.with_name(f"{SWEPT}{folder.name}-{uuid4().hex}")
    with refusals(folder), write_lock(folder), ExitStack() as held:
        manifests = list((folder / GENERATIONS).glob(f"*/{MANIFEST}"))
        if not all(held.enter_context(is_released(manifest)) for manifest in manifests):
            reader = "is being read by another process, such as `evqa serve`"
            raise BusyError(f"corpus {folder.name!r}", reader, "end that process, then try again")
        is_corpus = any(path.name not in (LOCK, HOLDER) for path in folder.iterdir())
        folder.rename(aside)
        # Under the locks, so that a reader waiting for one sees that the file is gone. What can't be deleted now
        # is left to the next sweep.
        shutil.rmtree(aside, ignore_errors=True)
    # If another sweep has just removed the folder, taking the lock made an empty one.
    return is_corpus
