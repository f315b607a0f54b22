"""Files into a corpus, one after the other: a bad file is named and doesn't stop the rest."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from api.file_names import file_names
from api.integrity_text import defects
from evqa.errors import InputError
from evqa.model import Document, Integrity
from index.writer import Writer, writing
from ingest.passages import passages
from ingest.reader import READERS, find_files, read

State = Literal["new", "changed", "unchanged", "duplicate", "unsound", "failed"]


@dataclass(frozen=True)
class Outcome:
    """What became of one file. `citations` counts (statement, reference) pairs, `embedded` the passages whose
    text was new. `error` says why the file failed or isn't sound; then it is stored only if that was allowed.
    A "duplicate" has the same bytes as a file before it, which was stored."""

    file: str
    state: State
    document: str | None = None
    title: str | None = None
    references: int = 0
    citations: int = 0
    passages: int = 0
    embedded: int = 0
    integrity: Integrity | None = None
    error: str | None = None


@dataclass(frozen=True)
class Shelf:
    """Where files are stored: the corpus, its embedding model, and whether unsound documents may go in."""

    home: Path
    corpus: str
    model: str
    allow_partial: bool = False


def store(paths: Sequence[Path], shelf: Shelf, tell: Callable[[Outcome], None]) -> list[Outcome]:
    """Read and store every file and tell of each as it is done; what was stored is published at the end.

    The corpus is opened for writing, and created, only when there is something to store.
    """
    outcomes: list[Outcome] = []
    found = list(_files(paths))
    names = file_names(item for item in found if isinstance(item, Path))
    with ExitStack() as stack:
        run = _Run(shelf, stack, names)
        for item in found:
            outcome = item if isinstance(item, Outcome) else run.stored(item)
            tell(outcome)
            outcomes.append(outcome)
    return outcomes


def _files(paths: Iterable[Path]) -> Iterator[Path | Outcome]:
    """Every file once; where a path can't be followed, what became of it."""
    seen: set[Path] = set()
    for path in paths:
        try:
            found = _inside(path) or find_files([path])
        except InputError as error:
            yield Outcome(str(path), "failed", error=str(error))
            continue
        yield from (file for file in found if file.resolve() not in seen)
        seen.update(file.resolve() for file in found)


def _inside(path: Path) -> list[Path]:
    """Files of a known format in a folder, unchecked, so that a bad one doesn't hide the others."""
    if not path.is_dir():
        return []
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in READERS and file.is_file())


class _Run:
    """One run over files: their names, what of them is stored already, and the writer, once one is needed."""

    def __init__(self, shelf: Shelf, stack: ExitStack, names: Mapping[Path, str]) -> None:
        self._shelf = shelf
        self._stack = stack
        self._names = names
        self._contents: set[str] = set()

    @cached_property
    def _writer(self) -> Writer:
        return self._stack.enter_context(writing(self._shelf.home, self._shelf.corpus, self._shelf.model))

    def stored(self, file: Path) -> Outcome:
        """Reads and stores a file and says what became of it."""
        try:
            document = read(file, self._names[file])
        except InputError as error:
            return Outcome(str(file), "failed", error=str(error))
        if document.source.sha256 in self._contents:
            return _described(file, "duplicate", document)
        if not (document.integrity.is_sound or self._shelf.allow_partial):
            return _described(file, "unsound", document)
        found = passages(document)
        stored = self._writer.put(document, found)
        self._contents.add(document.source.sha256)
        return replace(_described(file, stored.state, document), passages=len(found), embedded=stored.embedded)


def _described(file: Path, state: State, document: Document) -> Outcome:
    counted = document.integrity
    return Outcome(
        file=str(file),
        state=state,
        document=document.id,
        title=document.title,
        references=counted.references,
        citations=counted.citations,
        integrity=counted,
        error=defects(counted) or None,
    )
