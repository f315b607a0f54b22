"""The records of one generation: what a reader needs, in a file that never changes once it is published."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

import numpy as np

from evqa.corpus.corpus import Filter, Span
from evqa.language.words import words
from evqa.model import Home, Outline, Passage, PassageKind, Placement, Reference
from index.disk.durable import refusals
from index.disk.published import opened_published
from index.generation.lazy import LABELLED, LazyPassage
from index.models.embedding import Flags, Integers
from index.search.statements import statements_of
from index.store.placing import as_papers, placements
from index.store.store import Store, dump, indexed_text

RECORDS = "records.sqlite"
KINDS: tuple[PassageKind, ...] = get_args(PassageKind)
CACHED = 8192
EVERYTHING = Filter()
# No document is that long.
LONGEST = 1 << 40
SCHEMA = """
CREATE TABLE outline (place INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE reference (place INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, kind INTEGER NOT NULL, document INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE cite (number INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (number, row)) STRICT, WITHOUT ROWID;
CREATE TABLE word (
    word TEXT PRIMARY KEY, passages INTEGER NOT NULL, papers INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


def cited(passage: Passage) -> set[int]:
    """Numbers which a passage cites, directly or carried; a cited paper is what its number names, it cites none."""
    if passage.kind == "paper":
        return set()
    numbers = set(passage.references)
    return numbers.union(*(set(s.references) | set(s.carried) for s in passage.sentences))


@dataclass(frozen=True)
class Unit:
    """What is indexed of a passage: its text, whether it is a cited paper's, and the statements of a long one."""

    text: str
    is_paper: bool
    statements: tuple[str, ...] = ()


def write_records(store: Store, path: Path) -> Iterator[Unit]:
    """Writes the records of every stored document, cited papers under their numbers; gives each passage by row.

    Rows follow the order of ingestion, then the position in the document. One document is in memory at a time; the
    file is finished when the last passage was taken.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA} BEGIN;")
        rows = 0
        own: Counter[str] = Counter()
        papers: Counter[str] = Counter()
        for place, placement in enumerate(placements(store)):
            write_structure(store, placement, place, connection)
            found = shown(store, placement)
            write_passages(found, place, rows, connection)
            rows += len(found)
            is_paper = placement.kind == "paper"
            (papers if is_paper else own).update(word for passage, _ in found for word in words_of(passage))
            yield from (Unit(indexed_text(p), is_paper, statements_of(p)) for p, _ in found)
        counts = ((word, own[word], papers[word]) for word in sorted(own.keys() | papers.keys()))
        connection.executemany("INSERT INTO word VALUES (?, ?, ?)", counts)
        connection.execute("COMMIT")
    finally:
        connection.close()


def write_structure(store: Store, placement: Placement, place: int, connection: sqlite3.Connection) -> None:
    """Outline and references of one document, whose place is its position among the documents.

    A cited paper's outline says that it is one, and its own references are left out.
    """
    outline = store.outline_of(placement.document).model_copy(update={"document": placement.home})
    connection.execute("INSERT INTO outline VALUES (?, ?)", (place, outline.model_dump_json()))
    query = "SELECT body FROM reference WHERE document = ? ORDER BY number, place"
    for (raw,) in store.select(query, (placement.document,)) if placement.kind == "review" else ():
        reference = Reference.model_validate_json(raw)
        named = reference.model_copy(update={"document": reference.document or placement.document})
        connection.execute("INSERT INTO reference (body) VALUES (?)", (named.model_dump_json(),))


def write_passages(
    found: Sequence[tuple[Passage, str]], place: int, first: int, connection: sqlite3.Connection
) -> None:
    """Passages of one document, with their JSON, as rows from `first` on."""
    for row, (passage, body) in enumerate(found, start=first):
        values = (row, passage.id, KINDS.index(passage.kind), place, passage.start, passage.end, body)
        connection.execute("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        connection.executemany("INSERT INTO cite VALUES (?, ?)", [(number, row) for number in sorted(cited(passage))])


def shown(store: Store, placement: Placement) -> list[tuple[Passage, str]]:
    """A document's passages with their JSON, in the order of the text; those of a cited paper as such."""
    found = [(Passage.model_validate_json(body), body) for body, _ in store.passage_bodies(placement.document)]
    if placement.kind == "paper":
        papers = as_papers([passage for passage, _ in found], placement.home)
        found = [(passage, dump(passage)) for passage in papers]
    return sorted(found, key=lambda item: (item[0].start, item[0].end))


def words_of(passage: Passage) -> set[str]:
    """Folded words of a passage, as printed and as indexed: short forms are written out only there."""
    return {*words(passage.text), *words(indexed_text(passage))}


class Records:
    """The records of a published generation."""

    def __init__(self, path: Path) -> None:
        with refusals(path):
            self._connection = opened_published(path)
        self.passage = lru_cache(maxsize=CACHED)(self._passage)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _passage(self, row: int) -> Passage:
        return cast(Passage, LazyPassage(self, row))

    def id_of(self, row: int) -> str:
        """Id of the passage in a row."""
        return self._ids[row]

    def kind_of(self, row: int) -> PassageKind:
        """Its kind."""
        return KINDS[self._listed[0][row]]

    def document_of(self, row: int) -> Home:
        """The document that it stands in."""
        return self.outlines[self._listed[1][row]].document

    def place_of(self, row: int) -> tuple[int, int]:
        """Where it starts and ends."""
        return self._listed[2][row], self._listed[3][row]

    def label_of(self, row: int) -> str | None:
        """The table or figure that a row or caption belongs to."""
        return self._labels.get(row)

    def entry_of(self, row: int) -> tuple[int, ...]:
        """The numbers of an entry of the bibliography."""
        return self._entries.get(row, ())

    def is_citing(self, row: int) -> bool:
        """Whether any number stands in the passage or is carried to it."""
        return row in self._citing_rows

    def read(self, row: int) -> Passage:
        """The passage itself."""
        found = self._connection.execute("SELECT body FROM passage WHERE row = ?", (row,)).fetchone()
        return Passage.model_validate_json(found[0])

    def _field(self, name: str, kinds: Iterable[PassageKind]) -> Iterator[tuple[int, Any]]:
        """(row, value) of one field of the records of these kinds, read in one go."""
        for kind in sorted(KINDS.index(each) for each in kinds):
            query = "SELECT row, json_extract(body, ?) FROM passage WHERE kind = ?"
            yield from self._connection.execute(query, (f"$.{name}", kind))

    @cached_property
    def _entries(self) -> dict[int, tuple[int, ...]]:
        return {row: tuple(json.loads(found or "[]")) for row, found in self._field("references", ("reference",))}

    @cached_property
    def _citing_rows(self) -> frozenset[int]:
        query = "SELECT row FROM passage WHERE EXISTS (SELECT 1 FROM json_each(body, '$.sentences') WHERE "
        query += "json_array_length(value, '$.references') > 0 OR json_array_length(value, '$.carried') > 0)"
        return frozenset(row for (row,) in self._connection.execute(query))

    @cached_property
    def _labels(self) -> dict[int, str]:
        return {row: label for row, label in self._field("label", LABELLED) if label is not None}

    @cached_property
    def _listed(self) -> list[list[int]]:
        return [column.tolist() for column in self._columns]

    @cached_property
    def _ids(self) -> list[str]:
        return [found for (found,) in self._connection.execute("SELECT id FROM passage ORDER BY row")]

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """The structure of every document, in order of ingestion."""
        found = self._connection.execute("SELECT body FROM outline ORDER BY place")
        return tuple(Outline.model_validate_json(body) for (body,) in found)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every bibliography entry, by document and number."""
        found = self._connection.execute("SELECT body FROM reference ORDER BY place")
        return tuple(Reference.model_validate_json(body) for (body,) in found)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every folded word of the passages, as printed and as indexed, cited papers aside."""
        return frozenset(word for (word,) in self._connection.execute("SELECT word FROM word WHERE passages > 0"))

    @cached_property
    def every_word(self) -> frozenset[str]:
        """The same, cited papers included."""
        return frozenset(word for (word,) in self._connection.execute("SELECT word FROM word"))

    def frequency(self, word: str) -> int:
        """In how many passages a folded word occurs, cited papers aside."""
        found = self._connection.execute("SELECT passages FROM word WHERE word = ?", (word,)).fetchone()
        return int(found[0]) if found else 0

    @cached_property
    def _columns(self) -> Integers:
        found = self._connection.execute('SELECT kind, document, start, "end" FROM passage ORDER BY row').fetchall()
        return np.array(found, dtype=np.int64).reshape(-1, 4).T.copy()

    @cached_property
    def order(self) -> Integers:
        """Of each row the place of its id among all ids in order."""
        found = np.empty(len(self._ids), dtype=np.int64)
        found[np.argsort(np.array(self._ids, dtype=np.str_), kind="stable")] = np.arange(len(self._ids))
        return found

    @cached_property
    def _places(self) -> dict[str, int]:
        return {outline.document.id: place for place, outline in enumerate(self.outlines)}

    def allowed(self, within: Filter) -> Integers:
        """Rows that the filter lets through, ascending."""
        kinds, documents, _, _ = self._columns
        if within == EVERYTHING:
            return self._every
        passed: Flags = np.ones(len(kinds), dtype=np.bool_)
        if within.kinds is not None:
            passed &= _flags(len(KINDS), [KINDS.index(kind) for kind in within.kinds])[kinds]
        if within.documents is not None:
            known = [self._places[each] for each in within.documents if each in self._places]
            passed &= _flags(len(self.outlines), known)[documents]
        for rows in self._chosen(within):
            passed &= _flags(len(kinds), rows)
        return np.flatnonzero(passed)

    def _chosen(self, within: Filter) -> Iterator[Integers | list[int]]:
        """The rows that each of the other parts of the filter lets through."""
        if within.spans is not None:
            yield self._inside(within.spans)
        if within.cites is not None:
            yield [row for number in within.cites for row in self._citing(number)]
        if within.labels is not None:
            yield [row for row, label in self._labels.items() if label in within.labels]
        if within.entries is not None:
            yield [row for entry in within.entries for row in self._printing.get(entry, ())]

    @cached_property
    def _every(self) -> Integers:
        return np.arange(self._columns.shape[1], dtype=np.int64)

    def _inside(self, spans: Sequence[Span]) -> Integers:
        """Rows inside any of the spans; a document's rows follow each other by their starts."""
        known = [each for each in spans if each.document in self._places]
        begins = [_address(self._places[each.document], each.start) for each in known]
        stops = [_address(self._places[each.document], each.end) for each in known]
        first, last = np.searchsorted(self._starts, begins), np.searchsorted(self._starts, stops, side="right")
        counts = np.maximum(last - first, 0)
        rows = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        ends = np.array([each.end for each in known], dtype=np.int64)
        inside: Integers = rows[self._columns[3][rows] <= np.repeat(ends, counts)]
        return inside

    @cached_property
    def _starts(self) -> Integers:
        """Addresses of the rows' beginnings, ascending."""
        _, documents, starts, _ = self._columns
        return _address(documents, starts)

    def _citing(self, number: int) -> list[int]:
        found = self._connection.execute("SELECT row FROM cite WHERE number = ?", (number,))
        return [row for (row,) in found]

    @cached_property
    def _printing(self) -> dict[tuple[str | None, int], list[int]]:
        """Rows of the bibliography by document and number."""
        found: dict[tuple[str | None, int], list[int]] = {}
        for row, numbers in self._entries.items():
            for number in numbers:
                found.setdefault((self.document_of(row).id, number), []).append(row)
        return found


Address = TypeVar("Address", int, Integers)


def _address(document: Address, at: Address) -> Address:
    """One number for a place in a document, the documents one after the other."""
    return document * LONGEST + at


def _flags(count: int, places: Sequence[int] | Integers) -> Flags:
    found: Flags = np.zeros(count, dtype=np.bool_)
    found[np.asarray(places, dtype=np.int64)] = True
    return found
