"""Which corpora there are."""

import os
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from evqa.errors import CorpusError
from index.disk.folder import RECORDS, corpus_folder, corpus_names, current_of
from index.generation.generation import open_generation
from index.store.failures import failures_in
from index.store.store import opened

PASSING = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class CorpusSummary:
    """A corpus with its size; `bytes` on the disk. `state`: "ready", "unpublished" or "damaged: …". `failed`: files
    that it was given and couldn't take, and that are neither mended nor gone."""

    name: str
    documents: int
    passages: int
    references: int
    bytes: int
    generation: int | None
    state: str
    failed: int = 0


def corpora(home: Path) -> tuple[CorpusSummary, ...]:
    """Every corpus, by name. One that goes while it is looked at isn't among them."""
    found = [summary(home, name) for name in corpus_names(home)]
    left = corpus_names(home)
    return tuple(each for each in found if each.name in left)


def summary(home: Path, name: str) -> CorpusSummary:
    """Size and state of a corpus that exists."""
    folder = corpus_folder(home, name)
    size = size_of(folder)
    number = current_of(folder)
    generation = int(number) if number else None
    try:
        with closing(opened(folder / RECORDS)) as store, store.snapshot():
            documents, passages, references = map(store.count, ("document", "passage", "reference"))
            state = state_of(folder, store.revision)
        failed = len(failures_in(folder))
    except CorpusError as error:
        return CorpusSummary(name, 0, 0, 0, size, generation, f"damaged: {error}")
    return CorpusSummary(name, documents, passages, references, size, generation, state, failed)


def model_of(home: Path, name: str) -> str:
    """The embedding model, as EVQA_MODEL named it, of a corpus's live generation; "" if there is none."""
    generation = open_generation(corpus_folder(home, name))
    if isinstance(generation, str):
        return ""
    with closing(generation):
        return generation.manifest.model


def size_of(folder: Path) -> int:
    """Bytes of all that lasts in a folder: SQLite's own files beside a database come and go with who reads it.

    A writer makes and deletes files meanwhile; what is gone when its turn comes counts nothing.
    """
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            if not name.endswith(PASSING):
                with suppress(FileNotFoundError):
                    size += Path(place, name).stat().st_size
    return size


def state_of(folder: Path, revision: int) -> str:
    """Whether the live generation can be used and holds everything that is stored."""
    generation = open_generation(folder)
    if isinstance(generation, str):
        return f"damaged: {generation}" if current_of(folder) else "unpublished"
    with closing(generation):
        return "ready" if generation.manifest.revision == revision else "unpublished"
