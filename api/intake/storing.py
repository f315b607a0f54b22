"""Files into a corpus: read side by side, stored one after the other; a bad file is named and doesn't stop the rest."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from api.intake.file_names import as_text, file_names
from api.intake.found_files import Found, Refused, found_files
from api.intake.readers import readers_fingerprint
from api.intake.reading import Reading, reading
from api.intake.workers import Task, Workers, processors
from api.text.integrity import defects
from evqa.model import Document, Home, Integrity, Passage, Placement
from index.disk.durable import sha256_of
from index.disk.folder import corpus_folder
from index.store.failures import FAILURES, Failure
from index.writer import Kept, Stage, Writer, writing

State = Literal["new", "changed", "unchanged", "duplicate", "unsound", "failed"]
# A single file up to this size is read at once, without the half second that a process takes to start.
SMALL = 1_000_000
LARGEST = 1 << 30


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
    """Where files are stored: the corpus, its embedding model, whether unsound documents may go in; `jobs`: how many
    files are read at once; `keeps_failures`: whether files that fail are named until they are mended."""

    home: Path
    corpus: str
    model: str
    allow_partial: bool = False
    jobs: int = field(default_factory=processors)
    keeps_failures: bool = True


@dataclass(frozen=True)
class Report:
    """What became of every file of a run, what was left alone in folders, and of earlier failures those of other files
    that still stand and those whose file is gone. `placements`: where every document of the corpus belongs now."""

    outcomes: Sequence[Outcome]
    others: int = 0
    hidden: int = 0
    standing: Sequence[Failure] = ()
    gone: Sequence[Failure] = ()
    placements: Sequence[Placement] = ()


class Watch(Protocol):
    """Is told how a run goes."""

    def begin(self, files: int) -> None:
        """So many paths are to be worked on."""

    def turn(self, path: Path) -> None:
        """It is this path's turn."""

    def done(self, outcome: Outcome) -> None:
        """What became of it."""


def store(paths: Sequence[Path], shelf: Shelf, watch: Watch, stage: Stage = lambda *_: None) -> Report:
    """Read and store every file, tell of each, and publish what is stored at the end.

    What is stored of a file already, made by the same readers of the same bytes, isn't read again: so an interrupted
    run goes on where it ended. The corpus is opened for writing, and created, only when there may be something to
    write. `stage` is told of what the writer does.
    """
    found = found_files(paths)
    watch.begin(len(found.items))
    with ExitStack() as stack:
        run = _Run(shelf, found)
        if found.files or (corpus_folder(shelf.home, shelf.corpus) / FAILURES).exists():
            run.open(stack.enter_context(writing(shelf.home, shelf.corpus, shelf.model)), stage)
        outcomes = list(run.outcomes(watch))
        standing, gone = run.earlier_failures() if shelf.keeps_failures else ([], [])
        return Report(outcomes, found.others, found.hidden, standing, gone, run.placements())


class _Run:
    """One run over files: what is stored of them already, and what becomes of each."""

    def __init__(self, shelf: Shelf, found: Found) -> None:
        self._shelf = shelf
        self._found = found
        self._names: Mapping[Path, str] = file_names(found.files)
        self._kept: dict[Path, Kept] = {}
        self._contents: set[str] = set()
        self._writer: Writer
        self._earlier: dict[Path, Failure] = {}

    def open(self, writer: Writer, stage: Stage) -> None:
        """Takes the corpus to write to; before, no file can be stored and no failure kept."""
        self._writer = writer
        writer.stage = stage
        self._earlier = {failure.path: failure for failure in writer.failures.standing()}

    def outcomes(self, watch: Watch) -> Iterator[Outcome]:
        """What becomes of each path, in order, told as it is done."""
        readings = self._readings()
        for item in self._found.items:
            path = item.path if isinstance(item, Refused) else item
            watch.turn(path)
            outcome = self._outcome(item, next(readings))
            if self._shelf.keeps_failures:
                self._keep_failure(path, outcome)
            watch.done(outcome)
            yield outcome

    def _readings(self) -> Iterator[Reading | None]:
        """What was read of each path; None where nothing had to be."""
        items = self._found.items
        if len(items) == 1 and isinstance(items[0], Path) and _is_small(items[0]):
            task = self._task(items[0])
            yield reading(task.path, task.name) if task else None
            return
        with Workers(self._shelf.jobs) as workers:
            yield from workers.readings(self._task(item) for item in items)

    def _task(self, item: Path | Refused) -> Task | None:
        if isinstance(item, Refused):
            return None
        content, name = sha256_of_file(item), self._names[item]
        kept = self._writer.kept(name, content, readers_fingerprint()) if content else None
        if kept is None:
            return Task(item, name)
        self._kept[item] = kept
        return None

    def _outcome(self, item: Path | Refused, found: Reading | None) -> Outcome:
        if isinstance(item, Refused):
            return Outcome(as_text(str(item.path)), "failed", error=as_text(item.error))
        if found is None:
            return self._unchanged(item, self._kept.pop(item))
        if found.document is None:
            return Outcome(as_text(str(item)), "failed", error=_with_folder(found.error, item))
        return self._put(item, found.document, found.passages)

    def _unchanged(self, file: Path, kept: Kept) -> Outcome:
        outline = kept.outline
        found = _described(file, outline.document, outline.integrity)
        refused = self._refused(found, outline.source.sha256)
        if not refused:
            self._writer.keep(outline.source, file)
        return replace(found, state=refused or "unchanged", passages=0 if refused else kept.passages)

    def _put(self, file: Path, document: Document, passages: Sequence[Passage]) -> Outcome:
        found = _described(file, document, document.integrity)
        if refused := self._refused(found, document.source.sha256):
            return replace(found, state=refused)
        # First, so that no document is stored whose pages can't be shown.
        self._writer.keep(document.source, file)
        stored = self._writer.put(document, passages, readers_fingerprint())
        return replace(found, state=stored.state, passages=len(passages), embedded=stored.embedded)

    def _refused(self, found: Outcome, content: str) -> State | None:
        """Why a file that was read isn't to be stored; None if it is."""
        if content in self._contents:
            return "duplicate"
        if found.error and not self._shelf.allow_partial:
            return "unsound"
        self._contents.add(content)
        return None

    def _keep_failure(self, path: Path, outcome: Outcome) -> None:
        """Notes a failure, or forgets the one that there was."""
        where = _place(path)
        earlier = self._earlier.pop(where, None)
        if outcome.state in ("failed", "unsound") and not _is_gone(where):
            name = self._names.get(path) or as_text(str(path))
            reason = (outcome.error or "").removeprefix(f"{outcome.file}: ")
            failure = Failure(where, name, sha256_of_file(path), outcome.state, reason)
            if failure != earlier:
                self._writer.failures.record(failure)
        elif earlier:
            self._writer.failures.clear(where)

    def placements(self) -> Sequence[Placement]:
        """Where every document of the corpus belongs, papers under the references of reviews; none if none is open."""
        return self._writer.placements() if self._found.files else ()

    def earlier_failures(self) -> tuple[list[Failure], list[Failure]]:
        """Failures of earlier runs that this one didn't touch: those that stand, and those whose file is gone."""
        for folder in self._found.listed:
            if self._earlier.pop(where := _place(folder), None):
                self._writer.failures.clear(where)
        gone = [failure for failure in self._earlier.values() if _is_gone(failure.path)]
        for failure in gone:
            self._writer.failures.clear(failure.path)
        return [failure for failure in self._earlier.values() if failure not in gone], gone


def _described(file: Path, home: Document | Home, counted: Integrity) -> Outcome:
    return Outcome(
        file=as_text(str(file)),
        state="unchanged",
        document=home.id,
        title=home.title,
        references=counted.references,
        citations=counted.citations,
        integrity=counted,
        error=defects(counted) or None,
    )


def _place(path: Path) -> Path:
    """What a path is known by, however it is given: absolute, but a link is itself, not what it leads to."""
    return path.parent.resolve() / path.name


def _with_folder(error: str, file: Path) -> str:
    """The error, with the whole path where a reader names only the file."""
    is_short = error.startswith(f"{as_text(file.name)}: ") and file.parent.name
    return f"{as_text(str(file.parent))}/{error}" if is_short else error


def _is_small(file: Path) -> bool:
    try:
        return file.stat().st_size <= SMALL
    except OSError:
        return True


def _is_gone(path: Path) -> bool:
    """Whether there is no such file or link; where that can't be seen, it is taken to be there."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def sha256_of_file(file: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes; "" for what isn't a file, can't be read or is too large to be a text."""
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            return ""
        return sha256_of(file)
    except OSError:
        return ""
