"""Corpora that evqa makes for itself from given files, and can make again: which of them stay on the disk.

Beside its records such a corpus has a note, which says which readers its documents come from; the note's time of change
is that of the last use.
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
from index.disk.lock import HOLDER, LOCK, is_released, write_lock
from index.generation.layout import GENERATIONS, MANIFEST

NOTE = "kept.json"
SWEPT = ".swept-"
HOUR = 3600
# Seconds after which an unused corpus goes: to read and embed a paper again takes a minute at most.
UNUSED = 30 * 24 * HOUR
# So many stay, the last used: papers take 10 to 20 MB each.
MOST = 100


@dataclass(frozen=True)
class KeptCorpus:
    """A corpus of evqa's own: the readers its documents come from, "" if not known, and when it was last used."""

    folder: Path
    readers: str
    used: float


def note_use(folder: Path, readers: str) -> None:
    """Note that a corpus of evqa's own is used now, its documents made by those readers."""
    note = folder / NOTE
    # Where the disk is read-only or full the corpus is used all the same.
    with suppress(OSError):
        if _readers_in(note) != readers:
            note.write_text(json.dumps({"readers": readers}))
        os.utime(note)


def sweep_kept(home: Path, is_kept: Callable[[str], bool], readers: str, most: int = MOST) -> tuple[str, ...]:
    """Remove those of evqa's own corpora that nothing finds any more or that nobody has used for long; their names.

    `is_kept` tells its own by their names. One that was made by other `readers` is never found again. Of the others go
    those that haven't been used for UNUSED seconds, and all but the `most` last used. One that is open, being written,
    or was used within the last hour stays.
    """
    corpora, now = home / "corpora", time.time()
    if not os.access(corpora, os.W_OK):
        return ()
    for left in corpora.glob(f"{SWEPT}*"):
        shutil.rmtree(left, ignore_errors=True)  # of a sweep that was killed; another one may be deleting it, too
    kept = sorted(_kept(corpora, is_kept), key=lambda each: -each.used)
    stay = [each for each in kept if each.readers == readers and now - each.used < UNUSED][:most]
    gone = [each.folder for each in kept if each not in stay and now - each.used > HOUR]
    return tuple(folder.name for folder in gone if remove_corpus(folder))


def _kept(corpora: Path, is_kept: Callable[[str], bool]) -> Iterator[KeptCorpus]:
    for folder in corpora.iterdir():
        if is_kept(folder.name):
            note = folder / NOTE
            # Without a note it was made by an earlier version, or not finished.
            with suppress(FileNotFoundError):
                used = (note if note.exists() else folder).stat().st_mtime
                yield KeptCorpus(folder, _readers_in(note), used)


def _readers_in(note: Path) -> str:
    try:
        return str(json.loads(note.read_text())["readers"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def remove_corpus(folder: Path) -> bool:
    """Remove a corpus unless it is being read or written; whether one was there and was removed.

    It is moved aside in one step: whoever looks for it meanwhile finds the whole corpus or none, and what a killed
    process leaves of it is no corpus.
    """
    aside = folder.with_name(f"{SWEPT}{folder.name}-{uuid4().hex}")
    try:
        with write_lock(folder), ExitStack() as held:
            manifests = list((folder / GENERATIONS).glob(f"*/{MANIFEST}"))
            if not all(held.enter_context(is_released(manifest)) for manifest in manifests):
                return False
            is_corpus = any(path.name not in (LOCK, HOLDER) for path in folder.iterdir())
            folder.rename(aside)
            # While the locks are held, so that a reader who waits for one sees that the file is gone. What can't be
            # deleted now, or is being deleted by another sweep already, is left to the next one.
            shutil.rmtree(aside, ignore_errors=True)
    except (BusyError, StorageError, OSError):
        # Another process is writing or removing it, or the disk refuses: a later sweep tries again.
        return False
    # Taking the lock makes the folder anew where another sweep has just removed it.
    return is_corpus
