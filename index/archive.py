"""A corpus as one file: its records and the copies of its PDFs, with checksums; and back again.

The file is a ZIP archive that begins with a manifest. What a generation holds is derived from the records, so it isn't
in it and is made anew on import. Nor is the list of files that couldn't be taken, which names paths of one machine.
"""

import errno
import hashlib
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Literal

from pydantic import ConfigDict, Field, ValidationError

from evqa.errors import BusyError, CorpusError, InputError, UsageError
from evqa.model import Record
from evqa.settings import DEFAULT_MODEL
from index.disk.durable import make_private, refusals, sha256_of, sync, sync_tree
from index.disk.folder import RECORDS, corpus_folder, existing_folder
from index.disk.lock import HOLDER, write_lock
from index.store.sources import is_copy, source_copies
from index.store.store import opened
from index.verify import record_findings
from index.writer import published

FORMAT = 1
MANIFEST = "manifest.json"
IMPORTING = ".importing-"
# A time that every archive carries, so that the same corpus gives the same bytes; ZIP knows none before it.
_WRITTEN = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20
_LONGEST_MANIFEST = 1 << 26


class ArchivedFile(Record):
    """A file of the archive: its path in the corpus's folder, bytes and hexadecimal SHA-256."""

    path: str
    bytes: int = Field(ge=0)
    sha256: str


class ArchiveManifest(Record):
    """What the archive holds. `format`: of the archive, not of the records in it."""

    kind: Literal["evqa corpus"] = "evqa corpus"
    format: int = FORMAT
    corpus: str
    model: str
    documents: int
    passages: int
    references: int
    files: tuple[ArchivedFile, ...]


def export_corpus(home: Path, name: str, file: Path) -> ArchiveManifest:
    """Write a corpus, as its records are at this moment, to a file that isn't there yet.

    The same records give the same bytes. Raises CorpusError if the corpus doesn't exist or is damaged, InputError if
    the file is there, StorageError if the disk refuses; nothing is left of it then.
    """
    folder = existing_folder(home, name)
    if file.exists():
        raise InputError(file, "is there already", "name another file, or delete it first")
    if not file.absolute().parent.is_dir():
        raise InputError(file.parent, "no such folder", "make it first, or name another")
    with refusals(file), tempfile.TemporaryDirectory(prefix=".evqa-", dir=file.absolute().parent) as aside:
        copied = Path(aside, RECORDS)
        _copy_records(folder / RECORDS, copied)
        manifest = _manifest(name, folder, copied)
        fresh = Path(aside, "archive")
        fresh.touch(mode=0o600)
        _write(fresh, manifest, {RECORDS: copied}, folder)
        sync(fresh)
        fresh.rename(file)
        sync(file.absolute().parent)
    return manifest


def _copy_records(path: Path, copied: Path) -> None:
    """Copy the records as of one moment, packed, whatever a writer does meanwhile."""
    if found := record_findings(path):
        raise CorpusError(path, found[0], "see `evqa verify`; what is damaged isn't exported")
    copied.touch(mode=0o600)
    with closing(opened(path)) as store, refusals(copied):
        store.connection.execute("VACUUM INTO ?", (str(copied),))
    with refusals(copied), closing(sqlite3.connect(copied, isolation_level=None)) as fresh:
        # SQLite counts how often a file was packed, which is nothing of the corpus.
        fresh.execute("PRAGMA schema_version = 1")


def _manifest(name: str, folder: Path, copied: Path) -> ArchiveManifest:
    with closing(opened(copied)) as store:
        counts = [store.count(table) for table in ("document", "passage", "reference")]
        model, contents = store.fact("model"), store.contents()
    copies = [path for path in source_copies(folder) if path.stem in contents]
    files = [_archived(RECORDS, copied), *(_archived(path.relative_to(folder).as_posix(), path) for path in copies)]
    return ArchiveManifest(
        corpus=name,
        model=model,
        documents=counts[0],
        passages=counts[1],
        references=counts[2],
        files=tuple(files),
    )


def _archived(path: str, file: Path) -> ArchivedFile:
    found = sha256_of(file)
    if is_copy(path) and found != file.stem:
        raise CorpusError(file, "is damaged", "delete it and ingest the file again; what is damaged isn't exported")
    return ArchivedFile(path=path, bytes=file.stat().st_size, sha256=found)


def _write(archive: Path, manifest: ArchiveManifest, aside: dict[str, Path], folder: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
        written.writestr(_entry(MANIFEST), manifest.model_dump_json(indent=1))
        for each in manifest.files:
            source = aside.get(each.path, folder / each.path)
            with source.open("rb") as read, written.open(_entry(each.path), "w", force_zip64=True) as into:
                shutil.copyfileobj(read, into, _PIECE)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _WRITTEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def import_corpus(
    home: Path, file: Path, model: str, name: str | None = None, checked: Callable[[str], object] = lambda _: None
) -> tuple[str, ArchiveManifest]:
    """Make a corpus of an archive, under its own name or another, and publish it. Returns the name and the manifest.

    Every byte is checked first; a corpus that is there is never touched. `model`: the embedding model that is set; an
    archive never makes evqa load another, but the packaged one. `checked` may refuse a name. Raises InputError if the
    file is no archive, damaged, or of a newer version, CorpusError if there is a corpus of that name, UsageError if
    there can't be one or the model isn't set, StorageError if the disk refuses.
    """
    with _opened(file) as archive:
        manifest = _read_manifest(file, archive)
        if manifest.model not in (DEFAULT_MODEL, model):
            step = f"set EVQA_MODEL={manifest.model} if you trust that model"
            raise UsageError(file, f"was made with the model {manifest.model!r}, which isn't set", step)
        name = name or manifest.corpus
        checked(name)
        folder = corpus_folder(home, name)
        _check_free(folder)
        with refusals(home):
            _sweep(make_private(folder.parent))
            aside = Path(tempfile.mkdtemp(prefix=IMPORTING, dir=folder.parent))
        try:
            with write_lock(aside), refusals(aside):
                _unpack(file, archive, manifest, aside)
                published(home, aside, manifest.model)
                sync_tree(aside)
                _put(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return name, manifest


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive; whatever shows in the block that its bytes can't be unpacked is told as InputError."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise _damaged(file, str(error) or type(error).__name__) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place before the file's beginning, as a damaged end names it
            raise _damaged(file, "its directory is damaged") from error
        if Path(error.filename or "") != file:
            raise
        raise InputError(file, "can't be read", "check the path", error.strerror) from error


def _damaged(file: Path, what: str) -> InputError:
    return InputError(file, f"no archive of a corpus, or damaged: {what}", "export it again, or take another copy")


def _read_manifest(file: Path, archive: zipfile.ZipFile) -> ArchiveManifest:
    with _entry_of(file, archive, MANIFEST) as entry:
        body = entry.read(_LONGEST_MANIFEST + 1)
    try:
        version = _Version.model_validate_json(body).format
        if version > FORMAT:
            reason = f"has format {version}, and this version reads up to {FORMAT}"
            raise InputError(file, reason, "import it with a newer version of evqa")
        manifest = ArchiveManifest.model_validate_json(body)
    except ValidationError as error:
        raise _damaged(file, f"{MANIFEST}: {error.errors()[0]['msg']}") from error
    paths = [each.path for each in manifest.files]
    odd = [path for path in paths if path != RECORDS and not is_copy(path)]
    if odd or RECORDS not in paths or len(set(paths)) < len(paths):
        raise _damaged(file, f"it names {odd[0]!r}, which no corpus has" if odd else f"it doesn't name {RECORDS} once")
    return manifest


class _Version(Record):
    """What is read of a manifest before anything else, since a newer version may have other fields."""

    model_config = ConfigDict(extra="ignore")
    kind: Literal["evqa corpus"]
    format: int = Field(ge=1)


def _entry_of(file: Path, archive: zipfile.ZipFile, path: str) -> IO[bytes]:
    entry = next((each for each in archive.infolist() if each.filename == path), None)
    if entry is None:
        raise _damaged(file, f"{path} is missing")
    if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _damaged(file, f"{path} is encrypted, or packed in a way that no export uses")
    return archive.open(entry)


def _unpack(file: Path, archive: zipfile.ZipFile, manifest: ArchiveManifest, aside: Path) -> None:
    """Write the files of the archive and check each against the manifest, then the records as `verify` does."""
    for each in manifest.files:
        target = aside / each.path
        make_private(target.parent)
        target.touch(mode=0o600)
        digest, size = hashlib.sha256(), 0
        with _entry_of(file, archive, each.path) as read, target.open("wb") as written:
            # Not a byte more than the manifest names is unpacked, whatever the archive's own sizes say.
            while size <= each.bytes and (piece := read.read(min(_PIECE, each.bytes - size + 1))):
                size += len(piece)
                digest.update(piece)
                written.write(piece)
        if size != each.bytes or digest.hexdigest() != each.sha256:
            raise _damaged(file, f"{each.path} isn't what was exported")
        if is_copy(each.path) and each.sha256 != target.stem:
            raise _damaged(file, f"{each.path} isn't the file that it is called after")
    _check_records(file, aside / RECORDS, manifest.model)


def _check_records(file: Path, records: Path, model: str) -> None:
    """Raise InputError unless the records are sound and hold tables and indexes alone."""
    try:
        with closing(opened(records)) as store:
            if store.fact("model") != model:
                raise _damaged(file, f"{RECORDS} names another model than {MANIFEST}")
            programs = store.select("SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index')")
        found = record_findings(records) if not programs else [f"{RECORDS} holds programs: {programs[0][0]}"]
    except (CorpusError, sqlite3.Error) as error:
        raise _damaged(file, str(error)) from error
    if found:
        raise _damaged(file, found[0])


def _check_free(folder: Path) -> None:
    if folder.exists():
        reason, step = "there is one of that name already", "import it under another name with --as NAME"
        raise CorpusError(f"corpus {folder.name!r}", reason, step)


def _put(aside: Path, folder: Path) -> None:
    """Put the finished folder in its place in one step, which fails where another process was faster."""
    (aside / HOLDER).unlink(missing_ok=True)
    try:
        aside.rename(folder)
    except OSError:
        _check_free(folder)
        raise
    sync(folder.parent)


def _sweep(corpora: Path) -> None:
    """Delete what imports left behind that were killed; one that is under way holds its lock."""
    for left in corpora.glob(f"{IMPORTING}*"):
        try:
            with write_lock(left):
                shutil.rmtree(left, ignore_errors=True)
        except (BusyError, FileNotFoundError):
            continue
