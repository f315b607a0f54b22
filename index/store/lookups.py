"""What sources said of cited works, kept in the record of truth: each was asked once, and its reply is kept as it came.

Look-ups are known by work, so documents may be read again, replaced or removed: what was asked stays known. They aren't
removed with the last entry that names the work, since asking again costs more than keeping.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from evqa.errors import CorpusError
from evqa.model import Reference, Standing
from evqa.works import absence
from evqa.works.keys import entry_key, work_key
from evqa.works.records import FoundWork, LookUp
from evqa.works.standing import standing
from index.store.store import Store, checksum

# Records that were made before there were look-ups lack the table.
SCHEMA = """
CREATE TABLE IF NOT EXISTS lookup (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    date TEXT NOT NULL,
    outcome TEXT NOT NULL,
    works TEXT NOT NULL,
    reply BLOB NOT NULL,
    checksum TEXT NOT NULL,
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID
"""
# More than any reply that is kept.
LARGEST = 1 << 26


@dataclass(frozen=True)
class Answered:
    """A look-up with the part of the source's reply that is about it, as it came."""

    lookup: LookUp
    reply: bytes = b""


class LookUps:
    """The look-ups of a corpus. `is_there`: whether anything was ever looked up."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.is_there = bool(store.select("SELECT 1 FROM sqlite_master WHERE name = 'lookup'"))

    def put(self, answers: Iterable[Answered]) -> None:
        """Store answers in one transaction; they are on the disk when this returns. An earlier answer is replaced."""
        rows = [_row(each) for each in answers]
        with self._store.transaction():
            self._store.connection.execute(SCHEMA)
            self._store.connection.executemany("INSERT OR REPLACE INTO lookup VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._store.set_facts({"revision": str(self._store.revision + 1)})
        self.is_there = True

    def note_failed(self, source: str, keys: Iterable[str], day: str) -> None:
        """Note that a source couldn't answer about works that it never answered about; they stay to be asked."""
        lookups = [LookUp(source=source, key=key, date=day, outcome="failed") for key in keys]
        with self._store.transaction():
            self._store.connection.execute(SCHEMA)
            rows = [_row(Answered(each)) for each in lookups]
            self._store.connection.executemany("INSERT OR IGNORE INTO lookup VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self.is_there = True

    def every(self) -> Iterator[LookUp]:
        """Every look-up, by source and key. Raises CorpusError if one is damaged."""
        query = "SELECT source, key, date, outcome, works FROM lookup ORDER BY source, key"
        for row in self._store.each(query) if self.is_there else ():
            yield self._read(row)

    def of(self, key: str) -> list[LookUp]:
        """The look-ups of a work, by source."""
        query = "SELECT source, key, date, outcome, works FROM lookup WHERE key = ? ORDER BY source"
        return [self._read(row) for row in self._store.select(query, (key,))] if self.is_there else []

    def reply(self, source: str, key: str) -> bytes:
        """What a source replied of a work, as it came; b"" if it wasn't asked. Raises CorpusError if it is damaged."""
        query = "SELECT reply FROM lookup WHERE source = ? AND key = ?"
        found = self._store.select(query, (source, key)) if self.is_there else []
        return unpacked(found[0][0]) if found else b""

    def dates(self) -> dict[tuple[str, str], str]:
        """The day of every look-up that didn't fail, by source and key."""
        query = "SELECT source, key, date FROM lookup WHERE outcome <> 'failed'"
        return {(source, key): day for source, key, day in self._store.each(query)} if self.is_there else {}

    def damage(self) -> Iterator[str]:
        """Look-ups that aren't what was stored, one line each."""
        for *row, stored in self._store.each("SELECT * FROM lookup ORDER BY source, key") if self.is_there else ():
            source, key, *_ = row
            if checksum(*row) != stored:
                yield f"look-up of {key[:80]} at {source} is damaged: restore the records from a copy"

    def _read(self, row: Sequence[str]) -> LookUp:
        source, key, day, outcome, works = row
        try:
            found = [FoundWork.model_validate(each) for each in json.loads(works)]
            facts = {"source": source, "key": key, "date": day, "outcome": outcome, "works": tuple(found)}
            return LookUp.model_validate(facts)
        except (ValidationError, ValueError, TypeError) as error:
            step = "see `evqa verify`, and restore the records from a copy"
            raise CorpusError(self._store.path, f"the look-up of {key[:80]} at {source} is damaged", step) from error


def _row(answer: Answered) -> tuple[str | bytes, ...]:
    each = answer.lookup
    works = json.dumps([one.model_dump(mode="json") for one in each.works], ensure_ascii=False)
    row = (each.source, each.key, each.date, each.outcome, works, zlib.compress(answer.reply, 6))
    return (*row, checksum(*row))


def unpacked(reply: bytes) -> bytes:
    """A kept reply as it came. Raises CorpusError if it is damaged."""
    try:
        reader = zlib.decompressobj()
        return reader.decompress(reply, LARGEST)
    except zlib.error as error:
        raise CorpusError("a kept reply", "damaged", "see `evqa verify`") from error


def standings(store: Store) -> Mapping[str, Standing]:
    """The status of every work that was looked up, by its key. An entry without DOI has that of the work found."""
    by_key: defaultdict[str, list[LookUp]] = defaultdict(list)
    for each in LookUps(store).every():
        by_key[each.key].append(each)
    return {key: status for key, looked in by_key.items() if (status := standing(_with_own(looked, by_key)))}


def _with_own(looked: Sequence[LookUp], by_key: Mapping[str, Sequence[LookUp]]) -> Iterator[LookUp]:
    """The look-ups of an entry, and those under the DOI of the work that it was found to be."""
    dois = {(work.DOI or "").lower() for each in looked if each.key.startswith("entry:") for work in each.found}
    yield from looked
    # What was asked by DOI replaces what the same source said when it was asked by the printed entry.
    for doi in sorted(dois - {""}):
        yield from by_key.get(doi, ())


def sought(document: str, store: Store) -> tuple[absence.LookUp | None, ...]:
    """What the sources know of the work of each entry of a document, for its audit; None for one never looked up.

    () where nothing ever was. An answer to a DOI that is none says nothing of the work: only a search by what is
    printed can.
    """
    lookups = LookUps(store)
    if not lookups.is_there:
        return ()
    query = "SELECT body FROM reference WHERE document = ? ORDER BY place"
    entries = (Reference.model_validate_json(body) for (body,) in store.select(query, (document,)))
    return tuple(_sought(entry, lookups) for entry in entries)


def _sought(entry: Reference, lookups: LookUps) -> absence.LookUp | None:
    looked = [each for key in dict.fromkeys((work_key(entry), entry_key(entry))) for each in lookups.of(key)]
    looked = [each for each in looked if each.source in absence.SEARCHED]
    dois = {(work.DOI or "").lower() for each in looked for work in each.found} - {"", work_key(entry)}
    looked += [each for doi in sorted(dois) for each in lookups.of(doi) if each.source in absence.SEARCHED]
    if not looked:
        return None
    told = [each for each in looked if each.outcome == "found" or each.key == entry_key(entry)]
    return absence.LookUp(
        found=tuple(dict.fromkeys(work for each in looked for work in each.works)),
        answered=tuple(dict.fromkeys(each.source for each in told if each.outcome != "failed")),
        failed=tuple(dict.fromkeys(each.source for each in looked if each.outcome == "failed")),
    )


def status_of(entry: Reference, known: Mapping[str, Standing]) -> Standing | None:
    """The status of an entry's work; None if it was never checked."""
    return known.get(work_key(entry)) or known.get(entry_key(entry))
