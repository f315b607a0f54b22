"""Copies of files that a corpus keeps beside its records, named by SHA-256, to show their pages."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from evqa.model import Source
from index.disk.durable import make_private, refusals, sha256_of, sync

SOURCES = "sources"
# For other kinds the canonical text is all there is to see.
SUFFIXES = {"application/pdf": ".pdf"}
_KEPT = re.compile(r"[0-9a-f]{64}\.pdf")
_COPIED = re.compile(rf"\.{_KEPT.pattern}\.new")
_PIECE = 1 << 20


def is_kept(source: Source) -> bool:
    """Whether a copy of such a file is kept."""
    return source.media_type in SUFFIXES


def source_file(folder: Path, source: Source) -> Path:
    """The path of the copy of a document's file, which need not exist."""
    return folder / SOURCES / f"{source.sha256}{SUFFIXES[source.media_type]}"


def is_copy(path: str) -> bool:
    """Whether a path in a corpus's folder is that of such a copy."""
    return bool(re.fullmatch(rf"{SOURCES}/{_KEPT.pattern}", path))


def source_copies(folder: Path) -> list[Path]:
    """The copies that a corpus keeps, by name."""
    return sorted(path for path in (folder / SOURCES).glob("*.pdf") if _KEPT.fullmatch(path.name))


def keep(folder: Path, source: Source, file: Path) -> bool:
    """Keep a copy of the file; it is on the disk when this returns. Returns whether there is a copy.

    There is none if the file has changed since it was read. Raises StorageError if the disk refuses.
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
    """SHA-256 of the copied bytes; "" if the file can't be read any more."""
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
    """Delete the copies of removed documents. `contents`: SHA-256 of each document that is stored."""
    known = frozenset(contents)
    if (folder / SOURCES).is_dir():
        with refusals(folder):
            for path in (folder / SOURCES).iterdir():
                if not (_KEPT.fullmatch(path.name) and path.stem in known):
                    path.unlink(missing_ok=True)


def source_findings(folder: Path) -> Iterator[str]:
    """Copies whose content doesn't match their name, one finding each; not those that a writer copies or deletes."""
    try:
        paths = sorted((folder / SOURCES).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    for path in paths:
        with suppress(FileNotFoundError):
            if not _COPIED.fullmatch(path.name) and sha256_of(path) != path.stem:
                yield f"{SOURCES}/{path.name} is damaged: delete it and ingest the file again"
