"""Finds the files to ingest: those that are named, and those of a known format in folders."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

from evqa.errors import InputError
from ingest.reader import READERS


@dataclass(frozen=True)
class Refused:
    """A path that can't be followed, and the error that says why."""

    path: Path
    error: InputError


@dataclass(frozen=True)
class FoundLibrary:
    """A file that may be an exported library, and whether it was named itself, not found in a folder."""

    path: Path
    is_named: bool


@dataclass
class FoundFiles:
    """The files of some paths, in the order of the paths and sorted within a folder, each file once.

    A path that can't be followed stands in its place among them. `listed` are the folders that were listed. `others`
    counts files with an unknown suffix and `hidden` names that start with a dot; both are skipped. `libraries` are the
    exported libraries of references, where they were asked for; those of folders count among the others, too.
    """

    items: list[Path | Refused] = field(default_factory=list)
    listed: list[Path] = field(default_factory=list)
    others: int = 0
    hidden: int = 0
    libraries: list[FoundLibrary] = field(default_factory=list)

    @property
    def files(self) -> list[Path]:
        """The files, without the paths that can't be followed."""
        return [item for item in self.items if isinstance(item, Path)]


def found_files(paths: Iterable[Path], libraries: Collection[str] = ()) -> FoundFiles:
    """The files at some paths. Links to folders are followed; a folder is listed once, however it is reached.

    `libraries`: suffixes of exported libraries of references to look for.
    """
    walk = _Walk(libraries)
    for path in paths:
        walk.follow(path)
    return walk.found


class _Walk:
    def __init__(self, libraries: Collection[str]) -> None:
        self.found = FoundFiles()
        self._libraries = libraries
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
        elif path.suffix.lower() in self._libraries and path.is_file():
            self.found.libraries.append(FoundLibrary(path, is_named=True))
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
            error = InputError(top, "no readable file in this folder", f"put {formats} files there")
            self.found.items.append(Refused(top, error))

    def _listed(self, folder: Path) -> Iterator[tuple[Path, str | Refused | None]]:
        """The contents of a folder: each file with its real path, each folder with None."""
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
        names = {entry.name for entry in listed}
        for entry in listed:
            path = folder / entry.name
            if entry.name.startswith("."):
                self.found.hidden += 1
            elif _is_of_page(entry.name, names):
                self.found.others += 1
            elif _is_folder(entry):
                yield path, None
            elif path.suffix.lower() in READERS:
                yield path, os.path.realpath(path) if entry.is_symlink() else f"{real}/{entry.name}"
            else:
                self.found.others += 1
                if path.suffix.lower() in self._libraries:
                    self.found.libraries.append(FoundLibrary(path, is_named=False))

    def _is_new(self, folder: Path) -> bool:
        status = folder.stat()
        identity = status.st_dev, status.st_ino
        if identity in self._folders:
            return False
        self._folders.add(identity)
        return True

    def _take(self, path: Path, real: str) -> None:
        if real not in self._files:
            self._files.add(real)
            self.found.items.append(path)


def _is_of_page(name: str, names: Set[str]) -> bool:
    """Whether a folder holds what a browser saved with a web page: "Article_files" beside "Article.html"."""
    page = re.sub(r"[_.](?:files|dateien|fichiers|archivos)$", "", name, flags=re.IGNORECASE)
    return page != name and (f"{page}.html" in names or f"{page}.htm" in names)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry is a folder or a link to one. A circular link is neither."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _unlisted(path: Path, error: OSError) -> Refused:
    return Refused(path, InputError(path, "can't be listed", "check its permissions", error.strerror))
