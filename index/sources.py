"""The files that a corpus keeps beside its records, because pages are shown from them: under their SHA-256."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from evqa.model import Source
from index.durable import make_private, refusals, sha256_of, sync

SOURCES = "sources"
# Of other kinds the canonical text says all that there is to see.
SUFFIXES = {"application/pdf": ".pdf"}
_KEPT = re.compile(r"[0-9a-f]{64}\.pdf")
_COPIED = re.compile(rf"\.{_KEPT.pattern}\.new")
_PIECE = 1 << 20


def is_kept(source: Source) -> bool:
    """Whether files of this kind are kept."""
    return source.media_type in SUFFIXES


def source_file(folder: Path, source: Source) -> Path:
    """Where the file of a corpus's document is kept, if it is."""
    return folder / SOURCES / f"{source.sha256}{SUFFIXES[source.media_type]}"


def keep(folder: Path, source: Source, file: Path) -> bool:
    """Keeps a copy of the file, on the disk when it returns, unless it is there; whether it is there then.

    It isn't where the file has changed since it was read. Raises StorageError if the disk refuses.
    """
    kept = source_file(folder, source)
    if kept.exists():
        return True
    fresh = kept.with_name(f".{kept.name}.new")
    with refusals(folder):
        make_private(kept.parent)
        try:
            if _copied(file, fresh) != source.sha256:
                return False
            sync(fresh)
            fresh.replace(kept)
            sync(kept.parent)
        finally:
            fresh.unlink(missing_ok=True)
    return True


def _copied(file: Path, fresh: Path) -> str:
    """SHA-256 of the bytes that were copied; "" where the file can't be read any more."""
    digest = hashlib.sha256()
    with suppress(FileNotFoundError, PermissionError), file.open("rb") as read:
        fresh.touch(mode=0o600)
        with fresh.open("wb") as written:
            while piece := read.read(_PIECE):
                digest.update(piece)
                written.write(piece)
        return digest.hexdigest()
    return ""


def sweep_sources(folder: Path, contents: Iterable[str]) -> None:
    """Deletes what is kept of documents that are gone; `contents`: SHA-256 of each that is there."""
    known = frozenset(contents)
    if (folder / SOURCES).is_dir():
        with refusals(folder):
            for path in (folder / SOURCES).iterdir():
                if not (_KEPT.fullmatch(path.name) and path.stem in known):
                    path.unlink(missing_ok=True)


def source_findings(folder: Path) -> Iterator[str]:
    """Kept files that aren't what their names say; not those that a writer is copying or deletes meanwhile."""
    try:
        paths = sorted((folder / SOURCES).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    for path in paths:
        with suppress(FileNotFoundError):
            if not _COPIED.fullmatch(path.name) and sha256_of(path) != path.stem:
                yield f"{SOURCES}/{path.name} is damaged: delete it and ingest the file again"
