"""The PDFs and entries of a collection, by Zotero's local interface. It is only read."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from api.enrichment.client import Base, Limits, PassingError, Reply, SourceClient
from api.intake.found_files import FoundFiles, Refused
from api.intake.storing import Given
from api.libraries.given import GivenLibrary, real
from evqa.errors import InputError, UsageError
from evqa.language.misspelt import did_you_mean
from evqa.model import Document, LibraryEntry, Outline
from evqa.settings import Settings
from index.judging.endpoint import AwayError, RefusedError, UnusableError
from ingest.works.untrusted import json_in, mapping, mappings, text
from ingest.works.zotero import SOURCE, Attachment, Collection, Item, collections_in, items_in

# The loopback address alone: "localhost" may also mean one at which Zotero doesn't listen.
ADDRESS = "http://127.0.0.1:23119"
LIMITS = Limits(connect=5.0, whole=60.0)
PAGE, MOST = 100, 100_000
STEP = "start Zotero (7 or later) and allow other applications to communicate with it (Settings, Advanced)"
ANEW = "let Zotero finish what it does, then try again; it has to be version 7 or later"
SHOWN = 10
FOUND = 200


@dataclass(frozen=True)
class Library:
    """A library in Zotero: the user's own, or a group's. `path`: where it is below the interface."""

    path: str
    link: str
    name: str


OWN = Library("users/0", "zotero://open-pdf/library", "My Library")


@dataclass(frozen=True)
class Asked:
    """The collection that was asked for; the whole library if it has no key."""

    library: Library
    collection: Collection
    within: Sequence[Collection] = ()

    @property
    def key(self) -> str:
        """By which it is known in a corpus."""
        return self.collection.key or self.library.path


def zotero_collection(wanted: str, settings: Settings, limits: Limits = LIMITS) -> GivenLibrary:
    """The files of a collection and of those within it, with their entries.

    `wanted`: its name, key, or path such as "Thesis/Chapter 2", or a library's name for all of it. Raises InputError if
    Zotero can't be asked, UsageError if there is no such collection, or several.
    """
    address = settings.zotero or ADDRESS
    with closing(SourceClient(Base(address, is_set=True), limits=limits)) as client:
        zotero = Zotero(client, address)
        asked = _chosen(wanted, zotero)
        taken = _Taking(asked, zotero)
        taken.take_all()
    found = FoundFiles(items=taken.items)

    def entry_of(file: Path, outline: Document | Outline) -> LibraryEntry | None:  # noqa: ARG001
        return taken.entries.get(real(file))

    sources = frozenset({(SOURCE, asked.key)})
    given = Given(found, taken.names, entry_of, sources)
    return GivenLibrary(given, lambda: taken.notes, sources, frozenset(taken.keys))


class Zotero:
    """Zotero's local interface."""

    def __init__(self, client: SourceClient, address: str) -> None:
        self._client = client
        self._address = address

    def libraries(self) -> Iterator[Library]:
        """The user's own library, and those of groups."""
        yield OWN
        # A Zotero that knows no groups has none; anything else that it doesn't find is an error.
        reply = self._get("users/0/groups")
        for each in mappings(self._read(reply) if reply.status == FOUND else []):
            number, data = each.get("id"), mapping(each.get("data"))
            if isinstance(number, int) and number > 0:
                name = text(data.get("name"), 500) or f"group {number}"
                yield Library(f"groups/{number}", f"zotero://open-pdf/groups/{number}", name)

    def collections(self, library: Library) -> list[Collection]:
        """Every collection of a library, also those within others."""
        return [each for page in self._pages(f"{library.path}/collections") for each in collections_in(page)]

    def items(self, library: Library, collection: Collection) -> list[Item | Attachment]:
        """What a collection holds, or the whole library if it has no key, each with its files."""
        inside = f"/collections/{collection.key}" if collection.key else ""
        found = [each for page in self._pages(f"{library.path}{inside}/items/top") for each in items_in(page)]
        files: list[Item | Attachment] = []
        for each in found:
            if isinstance(each, Item) and each.has_children:
                for page in self._pages(f"{library.path}/items/{each.key}/children"):
                    files += items_in(page)
        return [*found, *files]

    def file(self, library: Library, attachment: Attachment) -> Path | None:
        """Where the file of an attachment is, or would be; None if Zotero doesn't know."""
        reply = self._get(f"{library.path}/items/{attachment.key}/file/view/url", accept="text/plain")
        address = reply.body[:10_000].decode("utf-8", "replace").strip() if reply.status == FOUND else ""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        is_local = parts.scheme == "file" and parts.netloc in ("", "localhost") and "\0" not in url2pathname(parts.path)
        return Path(url2pathname(parts.path)) if is_local and parts.path else None

    def _pages(self, path: str) -> Iterator[Any]:
        start, total = 0, 1
        while start < min(total, MOST):
            reply = self._get(f"{path}?limit={PAGE}&start={start}")
            if reply.status != FOUND:
                subject = f"Zotero at {self._address}"
                raise InputError(subject, f"it doesn't find {path}: status {reply.status}", ANEW)
            page = self._read(reply)
            if not isinstance(page, list) or not page:
                return
            yield page
            told = reply.headers.get("total-results", "")
            total = int(told) if re.fullmatch(r"\d{1,7}", told) else start + len(page) + (len(page) == PAGE)
            start += len(page)

    def _read(self, reply: Reply) -> Any:
        return json_in(reply.body, f"Zotero at {self._address}")

    def _get(self, path: str, accept: str = "application/json") -> Reply:
        subject = f"Zotero at {self._address}"
        try:
            return self._client.get(f"api/{path}", accept)
        except PassingError as error:
            reason = str(error)
            if reason.startswith("timed out") or (reason.startswith("status") and not error.is_limit):
                raise InputError(
                    subject, f"no answer: {reason}", "wait until Zotero is idle, then try again"
                ) from error
            raise _off(self._address, reason) from error
        except AwayError as error:
            raise _off(self._address, str(error)) from error
        except UnusableError as error:
            raise InputError(subject, f"no reply of Zotero: {error}", "check EVQA_ZOTERO") from error
        except RefusedError as error:
            raise InputError(subject, f"it refuses to answer: {error}", STEP) from error


def _off(address: str, reason: str) -> InputError:
    subject = "Zotero isn't running, or its local interface is off"
    return InputError(subject, f"no answer from {address}", STEP, reason)


def _chosen(wanted: str, zotero: Zotero) -> Asked:
    """The collection of that key, path or name, with all within it."""
    paths: dict[str, list[Asked]] = {}
    for library in zotero.libraries():
        collections = zotero.collections(library)
        by_key = {each.key: each for each in collections}
        paths.setdefault(library.name, []).append(Asked(library, Collection("", library.name, "")))
        for each in collections:
            asked = Asked(library, each, _within(each, collections))
            for name in dict.fromkeys((each.key, each.name, _path(each, by_key), _path(each, by_key, library.name))):
                paths.setdefault(name, []).append(asked)
    found = paths.get(wanted) or [
        each for name, some in paths.items() if name.casefold() == wanted.casefold() for each in some
    ]
    if len(found) > 1:
        named = ", ".join(f"{each.library.name}/{each.collection.name} ({each.collection.key})" for each in found)
        raise UsageError(f"--zotero {wanted}", f"several collections are called that: {named}", "give the key of one")
    if not found:
        names = [each.collection.name for some in paths.values() for each in some]
        known = list(dict.fromkeys(names))
        more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
        reason = f"no such collection in Zotero, there is {', '.join(known[:SHOWN])}{more}"
        raise UsageError(f"--zotero {wanted}", reason, did_you_mean(wanted, known) or "give one of these")
    return found[0]


def _path(collection: Collection, by_key: Mapping[str, Collection], library: str = "") -> str:
    """The names around a collection and its own, from the outermost, separated by slashes."""
    names = [collection.name]
    seen = {collection.key}
    while (collection := by_key.get(collection.parent, Collection("", "", ""))).key and collection.key not in seen:
        names.append(collection.name)
        seen.add(collection.key)
    return "/".join([*([library] if library else []), *reversed(names)])


def _within(collection: Collection, collections: Sequence[Collection]) -> list[Collection]:
    """The collections within one, at any depth."""
    found, keys = [], {collection.key}
    while new := [each for each in collections if each.parent in keys and each.key not in keys]:
        found += new
        keys |= {each.key for each in new}
    return found


class _Taking:
    """Takes the PDFs of a collection, each once; what can't be taken is told."""

    def __init__(self, asked: Asked, zotero: Zotero) -> None:
        self._asked = asked
        self._zotero = zotero
        self.items: list[Path | Refused] = []
        self.names: dict[Path, str] = {}
        self.entries: dict[Path, LibraryEntry] = {}
        self.notes: list[str] = []
        self.keys: set[str] = set()

    def take_all(self) -> None:
        """Take every PDF of every work, then those that stand alone."""
        asked = (self._asked.collection, *self._asked.within)
        told = [each for one in asked for each in self._zotero.items(self._asked.library, one)]
        works = {each.key: each for each in told if isinstance(each, Item)}
        files = {each.key: each for each in told if isinstance(each, Attachment)}
        by_work: dict[str, list[Attachment]] = defaultdict(list)
        for each in files.values():
            by_work[each.parent].append(each)
        for work in works.values():
            self._take_work(work, by_work.get(work.key, ()))
        for each in files.values():
            if each.parent not in works and each.is_pdf and each.is_file:
                self._take(each, LibraryEntry(source=SOURCE, key=each.key))

    def _take_work(self, work: Item, files: Sequence[Attachment]) -> None:
        pdfs = sorted((each for each in files if each.is_pdf and each.is_file), key=lambda each: each.added)
        if not pdfs:
            others = ", ".join(each.title for each in files[:SHOWN]) or "no file at all"
            self.notes.append(f"{work.label}: left out, Zotero has no PDF of it ({others})")
        # Of several files the first is the work itself; the others are supplements and the like.
        further = LibraryEntry(source=SOURCE, key=work.key, tags=work.entry.tags)
        for place, pdf in enumerate(pdfs):
            self._take(pdf, further if place else work.entry)

    def _take(self, attachment: Attachment, entry: LibraryEntry) -> None:
        self.keys.add(attachment.key)
        path = self._zotero.file(self._asked.library, attachment)
        named = entry.title or attachment.title
        if path is None or path.suffix.lower() != ".pdf":
            self.notes.append(f"{named}: left out, Zotero doesn't say where its PDF is ({attachment.filename})")
        elif not path.is_file():
            error = InputError(path, f"the file of {named!r} isn't there", "open it once in Zotero, which may fetch it")
            self.items.append(Refused(path, error))
        elif real(path) not in self.entries:
            link = f"{self._asked.library.link}/items/{attachment.key}"
            told = {"attachment": attachment.key, "collection": self._asked.key, "link": link}
            self.items.append(path)
            self.names[path] = f"{attachment.key}/{path.name}"
            self.entries[real(path)] = entry.model_copy(update=told)
