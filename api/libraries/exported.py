"""Libraries of references exported as BibTeX, RIS or CSL-JSON, beside the files that they name."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from api.intake.file_names import file_names
from api.intake.found_files import FoundFiles, FoundLibrary, Refused, found_files
from api.intake.storing import Given
from api.libraries.given import GivenLibrary, real
from api.libraries.titles import TitledEntries
from evqa.errors import InputError
from evqa.model import Document, LibraryEntry, Outline
from evqa.works.keys import doi_key
from ingest.reader import READERS
from ingest.works.libraries import LibraryItem, bibtex_items, csl_items, ris_items
from ingest.works.untrusted import json_in

LARGEST = 200_000_000
HEAD = 65_536
NAMED = 10
# Why a file isn't taken: said of one, and of several.
ABSENT = ("isn't there", "aren't there")
UNREAD = ("is of a form that isn't read", "are of a form that isn't read")
OUTSIDE = ("lies outside of what was given", "lie outside of what was given")
# A path into Zotero's storage tells the key of the file's item.
_STORED = re.compile(r"[/\\]storage[/\\]([A-Z0-9]{8})[/\\]")
READ: dict[str, Callable[[bytes, str], Iterator[LibraryItem]]] = {
    ".bib": bibtex_items,
    ".ris": ris_items,
    ".json": lambda data, name: csl_items(json_in(data, name), name),
}


def given_paths(paths: Sequence[Path]) -> GivenLibrary:
    """The files at some paths, with the entries of libraries that lie among them or are named.

    A library that is named also gives the files that it names; one that is found in a folder only speaks of the files
    there. A library that can't be read is refused like a file, unless it is any JSON file in a folder.
    """
    found = found_files(paths, READ)
    shelf = _Shelf()
    for library in _each_once(found):
        try:
            shelf.add(library, list(_items(library.path)), found)
        except InputError as error:
            if library.is_named or library.path.suffix.lower() != ".json":
                found.items.append(Refused(library.path, error))
    sources = frozenset((name, None) for name in shelf.names)
    given = Given(found, file_names(found.files), shelf.entry_of, sources)
    return GivenLibrary(given, shelf.notes, sources, frozenset(shelf.keys))


def _each_once(found: FoundFiles) -> list[FoundLibrary]:
    """The libraries that were found, each once; one that was named and lies in a folder, too, was named.

    Of the JSON files of a folder only those that begin like a library are read.
    """
    named = {real(each.path): each for each in found.libraries if each.is_named}
    for each in found.libraries:
        if not each.is_named and named.setdefault(real(each.path), each) is not each:
            found.others -= 1
    return [each for each in named.values() if each.is_named or _begins_like_one(each.path)]


def _begins_like_one(path: Path) -> bool:
    if path.suffix.lower() != ".json":
        return True
    try:
        with path.open("rb") as file:
            head = file.read(HEAD).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError:
        return False
    return head.startswith((b"[", b"{")) and b'"title"' in head


def _items(path: Path) -> Iterable[LibraryItem]:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(path, f"larger than {LARGEST:,} bytes", "split it")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(path, "can't be read", "check the path and its permissions", error.strerror) from error
    return READ[path.suffix.lower()](data, path.name)


@dataclass(frozen=True)
class _Missing:
    """An entry none of whose files is taken: the one that matters most, as written, and why."""

    entry: LibraryEntry
    written: str
    why: tuple[str, str]


@dataclass
class _Shelf:
    """The entries of libraries, found by file, DOI or title."""

    names: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    missing: list[_Missing] = field(default_factory=list)
    by_file: dict[Path, LibraryEntry] = field(default_factory=dict)
    by_doi: dict[str, LibraryEntry] = field(default_factory=dict)
    titled: TitledEntries = field(default_factory=TitledEntries)
    by_title: dict[Path, LibraryEntry] = field(default_factory=dict)
    found: set[tuple[str, str]] = field(default_factory=set)

    def add(self, library: FoundLibrary, items: Sequence[LibraryItem], found: FoundFiles) -> None:
        """Put the entries of a library on the shelf; one that was named itself gives its files to what was found."""
        if not library.is_named:
            found.others -= 1
        self.names.append(library.path.name)
        known = {real(file) for file in found.files}
        for item in items:
            entry = _entry(item, library.path.name)
            self.keys.add(entry.key)
            files = _files(item, library.path)
            for path in files if library.is_named else ():
                if real(path) not in known:
                    found.items.append(path)
                    known.add(real(path))
            taken = [path for path in files if real(path) in known]
            # Of several files the first is the work itself; the others are supplements and the like.
            further = LibraryEntry(source=entry.source, key=entry.key, tags=entry.tags)
            for place, path in enumerate(taken):
                self.by_file.setdefault(real(path), _linked(further if place else entry, path))
            if not taken:
                self._put_by_work(entry)
                self.missing += _missing(entry, item, library.path)

    def _put_by_work(self, entry: LibraryEntry) -> None:
        if entry.DOI:
            self.by_doi.setdefault(entry.DOI, entry)
        self.titled.add(entry)

    def notes(self) -> list[str]:
        """Lines on files that were matched by title alone, and on entries that no file was found for."""
        matched = [
            f"{path.name}: taken for the work of that title in {entry.source} ({entry.title})"
            for path, entry in self.by_title.items()
        ]
        waiting = [each for each in self.missing if _identity(each.entry) not in self.found]
        missing = (_told(name, why, waiting) for name in self.names for why in (ABSENT, UNREAD, OUTSIDE))
        return [*matched, *(line for lines in missing for line in lines)]

    def entry_of(self, file: Path, outline: Document | Outline) -> LibraryEntry | None:
        """See EntryOf. A work with another DOI is another work, however alike the titles are."""
        self.by_title.pop(file, None)
        if found := self.by_file.get(real(file)):
            return found
        doi = doi_key(outline.DOI or "")
        entry = self.by_doi.get(doi)
        if not entry and (entry := self.titled.entry_of(outline, lambda each: not (doi and each.DOI))):
            self.by_title[file] = entry
        if entry:
            self.found.add(_identity(entry))
        return entry


def _identity(entry: LibraryEntry) -> tuple[str, str]:
    return entry.source, entry.key


def _told(name: str, why: tuple[str, str], waiting: Sequence[_Missing]) -> Iterator[str]:
    """What a library names and that isn't taken for one reason: some by name, the rest by number."""
    files = [each.written for each in waiting if each.entry.source == name and each.why == why]
    one, several = why
    for written in files[:NAMED]:
        yield f"{name}: the file {written} {one}, so its entry waits for it"
    if len(files) > NAMED:
        yield f"{name}: {len(files) - NAMED} more of its files {several}"


def _missing(entry: LibraryEntry, item: LibraryItem, library: Path) -> Iterator[_Missing]:
    """An entry that names files none of which is taken; of several files, the one that needs least to be taken."""
    if item.files:
        reasons = [(_why_missing(written, library), written) for written in item.files]
        why, written = min(reasons, key=lambda each: (OUTSIDE, ABSENT, UNREAD).index(each[0]))
        yield _Missing(entry, written, why)


def _why_missing(written: str, library: Path) -> tuple[str, str]:
    if Path(written).suffix.lower() not in READERS:
        return UNREAD
    return OUTSIDE if _file(written, library) else ABSENT


def _entry(item: LibraryItem, source: str) -> LibraryEntry:
    work = item.work
    return LibraryEntry(
        source=source,
        key=item.key or work.DOI or work.title or "?",
        title=work.title,
        author=work.author,
        year=work.issued.date_parts[0][0] if work.issued else None,
        DOI=work.DOI,
        tags=item.tags,
    )


def _linked(entry: LibraryEntry, path: Path) -> LibraryEntry:
    """The entry with a link to its file in Zotero, if it lies in Zotero's storage."""
    stored = _STORED.search(str(path))
    return entry.model_copy(update={"link": f"zotero://open-pdf/library/items/{stored[1]}"}) if stored else entry


def _files(item: LibraryItem, library: Path) -> list[Path]:
    """The files of an entry that are there: its PDFs, and others only if it has none."""
    found = [path for written in item.files if (path := _file(written, library)) is not None]
    return [path for path in found if path.suffix.lower() == ".pdf"] or found


def _file(written: str, library: Path) -> Path | None:
    """The file of a known format that a library names, from its own folder or as a whole path; None if there is none.

    Mendeley leaves out the slash at the beginning.
    """
    if Path(written).suffix.lower() not in READERS or "\0" in written:
        return None
    tried = (library.parent / written, Path("/") / written)
    try:
        return next((path for path in tried if path.is_file()), None)
    except OSError:  # such as a name that is too long
        return None
