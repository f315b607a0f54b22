"""Which files are meant by paths: those named, and those of a known format in folders."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.reader import READERS


@dataclass(frozen=True)
class Refused:
    """A path that can't be followed, and why."""

    path: Path
    error: str


@dataclass
class Found:
    """Files in the order of the paths, folders sorted, each file once; in their place, paths that can't be followed.

    `listed`: folders that could be. Left alone in folders are files of unknown suffix (`others`) and whatever has a
    dot in front (`hidden`).
    """

    items: list[Path | Refused] = field(default_factory=list)
    listed: list[Path] = field(default_factory=list)
    others: int = 0
    hidden: int = 0

    @property
    def files(self) -> list[Path]:
        """The files alone."""
        return [item for item in self.items if isinstance(item, Path)]


def found_files(paths: Iterable[Path]) -> Found:
    """The files that paths stand for. A link to a folder is followed, a folder is listed once however it is reached."""
    finder = _Finder()
    for path in paths:
        finder.follow(path)
    return finder.found


class _Finder:
    def __init__(self) -> None:
        self.found = Found()
        self._files: set[str] = set()
        self._folders: set[tuple[int, int]] = set()
        self._again = 0

    def follow(self, path: Path) -> None:
        try:
            is_folder = path.is_dir()
        except OSError as error:
            self.found.items.append(_unlisted(path, error))
            return
        if is_folder:
            self._enter(path)
        else:
            self._take(path, os.path.realpath(path))

    def _enter(self, top: Path) -> None:
        again = self._again
        inside: list[tuple[Path, str | Refused]] = []
        pending = [top]
        while pending:
            for path, real in self._listed(pending.pop()):
                if real is None:
                    pending.append(path)
                else:
                    inside.append((path, real))
        for path, real in sorted(inside, key=lambda item: item[0]):
            if isinstance(real, Refused):
                self.found.items.append(real)
            else:
                self._take(path, real)
        if not inside and self._again == again:
            formats = " or ".join(sorted(READERS))
            error = f"{top}: no readable file in this folder: put {formats} files there"
            self.found.items.append(Refused(top, error))

    def _listed(self, folder: Path) -> Iterator[tuple[Path, str | Refused | None]]:
        """What is in a folder: files with their real paths, folders with None."""
        try:
            if not self._is_new(folder):
                self._again += 1
                return
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            yield folder, _unlisted(folder, error)
            return
        self.found.listed.append(folder)
        real = os.path.realpath(folder)
        for entry in listed:
            path = folder / entry.name
            if entry.name.startswith("."):
                self.found.hidden += 1
            elif _is_folder(entry):
                yield path, None
            elif path.suffix.lower() in READERS:
                yield path, os.path.realpath(path) if entry.is_symlink() else f"{real}/{entry.name}"
            else:
                self.found.others += 1

    def _is_new(self, folder: Path) -> bool:
        facts = folder.stat()
        identity = facts.st_dev, facts.st_ino
        if identity in self._folders:
            return False
        self._folders.add(identity)
        return True

    def _take(self, path: Path, real: str) -> None:
        if real not in self._files:
            self._files.add(real)
            self.found.items.append(path)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry is a folder or a link to one; a link in a circle is neither."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _unlisted(path: Path, error: OSError) -> Refused:
    return Refused(path, f"{path}: can't be listed ({error.strerror}): check its permissions")
