"""Take what is known of references from files: retraction lists, kept replies, libraries, and texts as JATS."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from api.enrichment.europepmc import TEXTS
from api.enrichment.matching import matched
from api.enrichment.requests import Day, Wanted, raw
from api.enrichment.wanted import doi_found
from evqa.errors import InputError
from evqa.language.words import squeeze
from evqa.model import Document, Source
from evqa.works.keys import doi_key
from evqa.works.records import TEXT, FoundWork
from evqa.works.standing import CROSSREF, EUROPEPMC, OPENALEX, RETRACTION_WATCH, UPDATES
from index.disk.durable import sha256_of
from index.store.lookups import Answered, LookUps
from ingest.jats.reader import read_jats
from ingest.works import crossref, europepmc, libraries, openalex, retraction_watch
from ingest.works.untrusted import json_in, mapping

SUFFIXES = (".json", ".bib", ".ris", ".xml", ".nxml", ".csv")
# Bytes of a file that is read as a whole; the retraction list is read line by line.
LARGEST = 200_000_000
# Titles less alike than this aren't compared any further.
NEAR = 85
NEAREST = 5


@dataclass(frozen=True)
class LibraryFile:
    """A file to take look-ups from, and the day that it is of: the last on which it was changed."""

    path: Path
    day: str


@dataclass(frozen=True)
class Held:
    """A work that a file holds, and the part of the file that is about it."""

    work: FoundWork
    part: object = None


def files_in(folder: Path, today: date | None = None) -> tuple[LibraryFile, ...]:
    """The files of a folder that may hold something, lists of retractions last: what others say of who an entry is
    helps to find it there. Raises InputError if there is none."""
    if not folder.is_dir():
        raise InputError(folder, "no folder", "name the folder that holds the files")
    paths = [each for each in folder.iterdir() if each.is_file() and each.suffix.lower() in SUFFIXES]
    if not paths:
        raise InputError(folder, f"no file in it ends in {', '.join(SUFFIXES)}", "put the files there")
    order = sorted(paths, key=lambda each: (SUFFIXES.index(each.suffix.lower()), each.name))
    return tuple(LibraryFile(each, _day(each, today or datetime.now(UTC).date())) for each in order)


def _day(path: Path, today: date) -> str:
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    return min(changed, today).isoformat()


def answers_of(file: LibraryFile, wanted: Sequence[Wanted], lookups: LookUps) -> list[Answered]:
    """What a file says of the works. Raises InputError if it can't be read."""
    path, day = file.path, Day(file.day)
    if path.suffix.lower() == ".csv":
        return list(_retractions(path, wanted, lookups, day))
    if path.stat().st_size > LARGEST:
        raise InputError(path, f"larger than {LARGEST:,} bytes", "split it")
    data, name = path.read_bytes(), path.name
    if path.suffix.lower() in (".xml", ".nxml"):
        return list(_text(data, path, wanted, day))
    if path.suffix.lower() == ".json":
        return list(_replies(json_in(data, name), name, wanted, day))
    read: Callable[[bytes, str], Iterator[FoundWork]] = (
        libraries.bibtex_works if path.suffix.lower() == ".bib" else libraries.ris_works
    )
    return list(_named([Held(each) for each in read(data, name)], libraries.SOURCE, wanted, day))


def _replies(found: Any, name: str, wanted: Sequence[Wanted], day: Day) -> Iterator[Answered]:
    """Answers of a JSON file: a reply of Crossref, Europe PMC or OpenAlex, or a library."""
    if "resultList" in mapping(found):
        items = europepmc.items_in(found, name)
        yield from _named([Held(europepmc.work_of(one), one) for one in items], EUROPEPMC, wanted, day)
    elif "results" in mapping(found):
        items = openalex.items_in(found, name)
        yield from _named([Held(openalex.work_of(one), one) for one in items], OPENALEX, wanted, day)
    elif "message" in mapping(found) or _is_crossref(found):
        kept = list(crossref.items_in(found, name))
        yield from _named([Held(crossref.work_of(one), one) for one in kept], CROSSREF, wanted, day)
        yield from _notices(kept, wanted, day)
    else:
        yield from _named([Held(each) for each in libraries.csl_works(found, name)], libraries.SOURCE, wanted, day)


def _is_crossref(found: Any) -> bool:
    """Whether bare items are Crossref's: their titles are lists."""
    items = found if isinstance(found, list) else mapping(found).get("items")
    return isinstance(items, list) and any(isinstance(mapping(each).get("title"), list) for each in items[:100])


def _notices(items: Sequence[Mapping[str, Any]], wanted: Sequence[Wanted], day: Day) -> Iterator[Answered]:
    """What notices among the works say of others. That a file has none for a work says nothing."""
    told = defaultdict(list)
    for item in items:
        for doi, notice in crossref.updates_of(item).items():
            told[doi].append((notice, item))
    for each in wanted:
        if found := told.get(each.key):
            works = [FoundWork(source=CROSSREF, DOI=each.key, notices=tuple(notice for notice, _ in found))]
            yield day.heard(UPDATES, each.key, works, [item for _, item in found])


def _named(held: Sequence[Held], source: str, wanted: Sequence[Wanted], day: Day) -> Iterator[Answered]:
    """Answers for the works that a file holds; for those that it lacks there are none."""
    shelf = _Shelf(held)
    for each in wanted:
        if found := shelf.of(each):
            part = found.work.model_dump(mode="json") if found.part is None else found.part
            yield day.found(source, each.key, [found.work], raw(part))


class _Shelf:
    """The works of a file, found by DOI, PMID or title."""

    def __init__(self, held: Iterable[Held]) -> None:
        self._held = list(held)
        self._by_doi = {each.work.DOI.lower(): each for each in reversed(self._held) if each.work.DOI}
        self._by_pmid = {each.work.PMID: each for each in reversed(self._held) if each.work.PMID}
        self._titles = [squeeze(each.work.title or "") for each in self._held]

    def of(self, wanted: Wanted) -> Held | None:
        """The work that an entry names; None if the file lacks it."""
        if found := self._by_doi.get(wanted.key) or self._by_pmid.get(wanted.entry.PMID or ""):
            return found
        title = squeeze(wanted.entry.title or "")
        near = (
            process.extract(title, self._titles, scorer=fuzz.ratio, score_cutoff=NEAR, limit=NEAREST) if title else []
        )
        candidates = [self._held[place] for _, _, place in near]
        # A record with another DOI is another work, however alike the titles are.
        free = [each for each in candidates if not (wanted.has_doi and each.work.DOI)]
        chosen = matched(wanted.entry, [each.work for each in free])
        return next((each for each in free if each.work is chosen), None)


def _retractions(path: Path, wanted: Sequence[Wanted], lookups: LookUps, day: Day) -> Iterator[Answered]:
    """An answer for every work that has a DOI or PMID: the list is complete, so that a work that it lacks has none."""
    dois, pmids = _identifiers(wanted, lookups)
    told: defaultdict[str, list[FoundWork]] = defaultdict(list)
    with path.open("rb") as head:
        if not retraction_watch.is_list(head.read(4096)):
            raise InputError(path, "a CSV file, but not that of Retraction Watch", "take it out, or get it again")
    with path.open(encoding=retraction_watch.ENCODING, errors="replace", newline="") as file:
        for found in retraction_watch.works_in(file, path.name):
            for key in {*dois.get(found.DOI or "", ()), *pmids.get(found.PMID or "", ())}:
                told[key].append(found)
    for key in dict.fromkeys(each for keys in (*dois.values(), *pmids.values()) for each in keys):
        works = told.get(key, [])
        yield day.found(RETRACTION_WATCH, key, works, raw([each.model_dump(mode="json") for each in works]))


def _identifiers(wanted: Sequence[Wanted], lookups: LookUps) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """The keys of the works by their DOIs and by their PMIDs, printed or found."""
    dois, pmids = defaultdict(list), defaultdict(list)
    for each in wanted:
        looked = lookups.of(each.key)
        if doi := each.key if each.has_doi else doi_key(doi_found(looked) or ""):
            dois[doi].append(each.key)
        for pmid in {each.entry.PMID, *(work.PMID for one in looked for work in one.found)} - {None}:
            pmids[str(pmid)].append(each.key)
    return dois, pmids


def _text(data: bytes, path: Path, wanted: Sequence[Wanted], day: Day) -> Iterator[Answered]:
    """The text of a work, and what its front matter says of it."""
    document = read_jats(data, Source(name=path.name, sha256=sha256_of(path), media_type=TEXT))
    known = FoundWork(
        source=libraries.SOURCE,
        title=document.title,
        author=document.author,
        DOI=doi_key(document.DOI or "") or None,
        abstract=_abstract(document),
        license=document.license,
    )
    shelf = _Shelf([Held(known)])
    for each in wanted:
        if shelf.of(each):
            yield day.found(libraries.SOURCE, each.key, [known], known.model_dump_json().encode())
            kept = FoundWork(source=libraries.SOURCE, DOI=known.DOI)
            yield day.found(TEXTS, each.key, [kept], data)


def _abstract(document: Document) -> str | None:
    blocks = [each for each in document.blocks if each.kind == "abstract"]
    return "\n".join(document.text[each.start : each.end] for each in blocks) or None
