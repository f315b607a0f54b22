"""Stores files in a corpus: read in parallel, stored in order. A bad file is reported and doesn't stop the rest."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from api.intake.file_names import as_text, file_names
from api.intake.found_files import FoundFiles, Refused, found_files
from api.intake.outcome import FileOutcome, FileState, failed
from api.intake.readers import readers_fingerprint
from api.intake.reading import FileReading, reading
from api.intake.workers import OCR_SECONDS, SECONDS, Task, Workers
from api.text.integrity import defects
from evqa.errors import ErrorFacts
from evqa.model import Document, Home, Integrity, LibraryEntry, Outline, Passage, Placement
from index.disk.durable import sha256_of
from index.disk.folder import corpus_folder
from index.models.inference import processors
from index.store.failures import FAILURES, Failure
from index.writer import CorpusWriter, Stage, StoredFile, writing
from ingest.pdf.ocr.tessdata import check_ocr
from ingest.works.entered import entered

# A single file of up to so many bytes is read in this process: starting another takes half a second.
SMALL = 1_000_000
LARGEST = 1 << 30
# Added to the fingerprint of a reader that was to recognise scanned pages.
RECOGNISED = "+ocr"


@dataclass(frozen=True)
class Destination:
    """Where and how files are stored: the corpus and its embedding model.

    `strict` refuses documents that aren't sound. `jobs` is how many files are read at once. With `keeps_failures`
    the corpus remembers files that fail until they are mended. `ocr`: recognise the text of scanned PDF pages.
    """

    home: Path
    corpus: str
    model: str
    strict: bool = False
    jobs: int = field(default_factory=processors)
    keeps_failures: bool = True
    ocr: bool = False


@dataclass(frozen=True)
class IngestReport:
    """What became of every file of a run.

    `others` and `hidden` count the files that were skipped in folders. Of the failures of earlier runs, `standing` are
    those that this run didn't touch and `gone` those whose file no longer exists. `placements` says where every
    document of the corpus belongs now.
    """

    outcomes: Sequence[FileOutcome]
    others: int = 0
    hidden: int = 0
    standing: Sequence[Failure] = ()
    gone: Sequence[Failure] = ()
    placements: Sequence[Placement] = ()


@dataclass(frozen=True)
class Given:
    """What a run is given: the files, their names in the corpus, and what libraries of references say of them.

    `entry_of` gives the entry of a file, or of the document that was read from it; None if no library has one.
    `sources`: source and collection of these libraries (see LibraryEntry). What another one once said of a file stays.
    """

    found: FoundFiles
    names: Mapping[Path, str]
    entry_of: "EntryOf"
    sources: Collection[tuple[str, str | None]] = ()


class EntryOf(Protocol):
    """Finds the entry of a file in libraries of references."""

    def __call__(self, file: Path, outline: Document | Outline) -> LibraryEntry | None:
        """The entry that names the file, or else the work that was read from it; None if there is none."""


def no_entry(file: Path, outline: Document | Outline) -> None:
    """The entry of a file that no library is given for: none."""


class Watch(Protocol):
    """Follows a run."""

    def begin(self, files: int) -> None:
        """Called first, with the number of paths."""

    def turn(self, path: Path) -> None:
        """Called before each path."""

    def done(self, outcome: FileOutcome) -> None:
        """Called after each path."""


def store(
    paths: Sequence[Path], destination: Destination, watch: Watch, stage: Stage = lambda *_: None
) -> IngestReport:
    """Read and store every file at some paths. See `store_given`."""
    found = found_files(paths)
    return store_given(Given(found, file_names(found.files), no_entry), destination, watch, stage)


def store_given(given: Given, destination: Destination, watch: Watch, stage: Stage = lambda *_: None) -> IngestReport:
    """Read and store every file, and publish the corpus at the end.

    A file that the same readers have already stored from the same bytes, with the same entry of a library, isn't read
    again, so an interrupted run resumes. The corpus is opened for writing, and created, only when there may be
    something to write. `watch` follows the files, `stage` what the writer does. Raises ExtraError if OCR is asked for
    and isn't installed.
    """
    if destination.ocr:
        check_ocr()
    found = given.found
    watch.begin(len(found.items))
    with ExitStack() as stack:
        run = _IngestRun(destination, given)
        if found.files or (corpus_folder(destination.home, destination.corpus) / FAILURES).exists():
            run.open(stack.enter_context(writing(destination.home, destination.corpus, destination.model)), stage)
        outcomes = list(run.outcomes(watch))
        standing, gone = run.earlier_failures() if destination.keeps_failures else ([], [])
        placements = {each.document: each for each in run.placements()}
        placed = [each.model_copy(update={"placement": placements.get(each.document or "")}) for each in outcomes]
        return IngestReport(placed, found.others, found.hidden, standing, gone, tuple(placements.values()))


class _IngestRun:
    """One run over files."""

    def __init__(self, destination: Destination, given: Given) -> None:
        self._destination = destination
        self._found = given.found
        self._names = given.names
        self._given = given
        self._kept: dict[Path, StoredFile] = {}
        self._contents: set[str] = set()
        self._stored_before: set[Path] = set()
        self._writer: CorpusWriter
        self._earlier: dict[Path, Failure] = {}

    def open(self, writer: CorpusWriter, stage: Stage) -> None:
        """Take the corpus to write to. Until then no file can be stored and no failure kept."""
        self._writer = writer
        writer.stage = stage
        self._earlier = {failure.path: failure for failure in writer.failures.standing()}

    def outcomes(self, watch: Watch) -> Iterator[FileOutcome]:
        """The outcome of each path, in order."""
        readings = self._readings()
        for item in self._found.items:
            path = item.path if isinstance(item, Refused) else item
            watch.turn(path)
            outcome = self._outcome(item, next(readings))
            if self._destination.keeps_failures:
                self._keep_failure(path, outcome)
            watch.done(outcome)
            yield outcome

    def _readings(self) -> Iterator[FileReading | None]:
        """The reading of each path; None where nothing has to be read."""
        items = self._found.items
        if len(items) == 1 and isinstance(items[0], Path) and _is_small(items[0]):
            task = self._task(items[0])
            yield reading(task.path, task.name, task.ocr) if task else None
            return
        with Workers(self._destination.jobs, OCR_SECONDS if self._destination.ocr else SECONDS) as workers:
            yield from workers.readings(self._task(item) for item in items)

    def _task(self, item: Path | Refused) -> Task | None:
        if isinstance(item, Refused):
            return None
        content, name = sha256_of_file(item), self._names[item]
        kept = self._already_kept(item, name, content) if content else None
        if kept is None or kept.outline.library != self._entry_of(item, kept.outline, kept.outline.library):
            return Task(item, name, self._destination.ocr)
        self._kept[item] = kept
        self._stored_before.add(item)
        return None

    def _entry_of(self, file: Path, outline: Document | Outline, earlier: LibraryEntry | None) -> LibraryEntry | None:
        """The entry of a file now; the earlier one if only a library that isn't given in this run can tell."""
        if entry := self._given.entry_of(file, outline):
            return entry
        is_silent = earlier is not None and (earlier.source, earlier.collection) not in self._given.sources
        return earlier if is_silent else None

    def _already_kept(self, file: Path, name: str, content: str) -> StoredFile | None:
        """What is stored of a file, if reading it again would bring nothing new."""
        reader = readers_fingerprint(self._destination.home)
        # What OCR has read is kept where a later run doesn't ask for it.
        recognised = self._writer.kept(name, content, reader + RECOGNISED) if _may_be_scanned(file) else None
        if recognised or (self._destination.ocr and _may_be_scanned(file)):
            return recognised
        return self._writer.kept(name, content, reader)

    def _outcome(self, item: Path | Refused, reading: FileReading | None) -> FileOutcome:
        if isinstance(item, Refused):
            return failed(item.path, item.error.facts)
        if reading is None:
            return self._unchanged(item, self._kept.pop(item))
        if reading.document is None:
            assert reading.failed
            return reading.failed
        earlier = self._writer.entry_of(reading.document.source.sha256)
        entry = self._entry_of(item, reading.document, earlier)
        read = entered(reading.document, reading.passages, entry) if entry else (reading.document, reading.passages)
        return self._put(item, *read)

    def _unchanged(self, file: Path, kept: StoredFile) -> FileOutcome:
        outline = kept.outline
        outcome = _described(file, outline.document, outline.integrity, self._destination.strict)
        refused = self._refused(outcome, outline.source.sha256)
        if not refused:
            self._writer.keep(outline.source, file)
        return outcome.model_copy(update={"state": refused or "unchanged", "passages": 0 if refused else kept.passages})

    def _put(self, file: Path, document: Document, passages: Sequence[Passage]) -> FileOutcome:
        outcome = _described(file, document, document.integrity, self._destination.strict)
        if refused := self._refused(outcome, document.source.sha256):
            return outcome.model_copy(update={"state": refused})
        # Keep the file first: no document is stored whose pages can't be shown.
        self._writer.keep(document.source, file)
        is_recognised = self._destination.ocr and _may_be_scanned(file)
        reader = readers_fingerprint(self._destination.home) + RECOGNISED * is_recognised
        stored = self._writer.put(document, passages, reader)
        counts = {"state": stored.state, "passages": len(passages), "embedded": stored.embedded}
        return outcome.model_copy(update=counts)

    def _refused(self, outcome: FileOutcome, content: str) -> FileState | None:
        """The state of a file that was read but isn't stored; None if it is to be stored."""
        if content in self._contents:
            return "duplicate"
        if outcome.failure:
            return "unsound"
        self._contents.add(content)
        return None

    def _keep_failure(self, path: Path, outcome: FileOutcome) -> None:
        """Remember a failure, or forget an earlier one."""
        where = _place(path)
        earlier = self._earlier.pop(where, None)
        is_out = outcome.state in ("failed", "unsound") and path not in self._stored_before
        if is_out and not _is_gone(where):
            name = self._names.get(path) or as_text(str(path))
            why = outcome.failure.about("").line() if outcome.failure else ""
            failure = Failure(where, name, sha256_of_file(path), outcome.state, why)
            if failure != earlier:
                self._writer.failures.record(failure)
        elif earlier:
            self._writer.failures.clear(where)

    def placements(self) -> Sequence[Placement]:
        """Where every document of the corpus belongs; nothing if no corpus is open."""
        return self._writer.placements() if self._found.files else ()

    def earlier_failures(self) -> tuple[list[Failure], list[Failure]]:
        """The failures of earlier runs that this one didn't touch: those that stand, and those whose file is gone."""
        for folder in self._found.listed:
            if self._earlier.pop(where := _place(folder), None):
                self._writer.failures.clear(where)
        gone = [failure for failure in self._earlier.values() if _is_gone(failure.path)]
        for failure in gone:
            self._writer.failures.clear(failure.path)
        return [failure for failure in self._earlier.values() if failure not in gone], gone


def _described(file: Path, home: Document | Home, counted: Integrity, strict: bool) -> FileOutcome:
    why = defects(counted) if strict else ""
    return FileOutcome(
        file=as_text(str(file)),
        state="unchanged",
        document=home.id,
        title=home.title,
        references=counted.references,
        citations=counted.citations,
        integrity=counted,
        failure=ErrorFacts("", why) if why else None,
    )


def _place(path: Path) -> Path:
    """The absolute path by which a failure is known. A link stands for itself, not for its target."""
    return path.parent.resolve() / path.name


def _may_be_scanned(file: Path) -> bool:
    return file.suffix.lower() == ".pdf"


def _is_small(file: Path) -> bool:
    try:
        return file.stat().st_size <= SMALL
    except OSError:
        return True


def _is_gone(path: Path) -> bool:
    """Whether there is no such file or link. Where that can't be seen, the file counts as there."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def sha256_of_file(file: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes; "" if it isn't a file, can't be read or is larger than 1 GiB."""
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            return ""
        return sha256_of(file)
    except OSError:
        return ""
