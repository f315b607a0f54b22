"""Give a corpus another name: its folder is renamed in one step."""

from contextlib import ExitStack
from pathlib import Path

from evqa.errors import BusyError, UsageError
from index.disk.durable import refusals
from index.disk.folder import corpus_folder, corpus_names
from index.disk.lock import HOLDER, is_released, write_lock
from index.generation.layout import GENERATIONS, MANIFEST


def rename_corpus(home: Path, name: str, to: str) -> None:
    """Rename a corpus that exists, unless it is being written or read: those who do would lose it.

    Raises UsageError if a corpus has that name already, BusyError if the corpus is in use, StorageError if the disk
    refuses.
    """
    folder, target = corpus_folder(home, name), corpus_folder(home, to)
    with write_lock(folder), ExitStack() as held:
        if to in corpus_names(home) or target.exists():
            raise UsageError(f"corpus name {to!r}", "another corpus has it", "choose another, or remove that one first")
        manifests = list((folder / GENERATIONS).glob(f"*/{MANIFEST}"))
        if not all(held.enter_context(is_released(manifest)) for manifest in manifests):
            raise BusyError(f"corpus {name!r}", "is being read", "try again in a few seconds")
        with refusals(folder):
            folder.rename(target)
            (target / HOLDER).unlink(missing_ok=True)
