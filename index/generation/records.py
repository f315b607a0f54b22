"""Read the records of a generation: what readers need of the documents, in a file that never changes."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

import numpy as np

from evqa.corpus.corpus import Filter, Span
from evqa.derived import FixedSet, FixedTuple
from evqa.model import Home, Outline, Passage, PassageKind, Reference
from index.disk.durable import refusals
from index.generation.layout import opened_published
from index.generation.lazy import LABELLED, LazyPassage
from index.models.embedding import Flags, Integers

KINDS: tuple[PassageKind, ...] = get_args(PassageKind)
CACHED = 8192
EVERYTHING = Filter()
# More characters than any document has.
LONGEST = 1 << 40


class Records:
    """The records of a published generation."""

    def __init__(self, path: Path) -> None:
        with refusals(path):
            self._connection = opened_published(path)
        self.passage = lru_cache(maxsize=CACHED)(self._passage)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _passage(self, row: int) -> Passage:
        return cast(Passage, LazyPassage(self, row))

    def id_of(self, row: int) -> str:
        """The id of the passage in a row."""
        return self._ids[row]

    def kind_of(self, row: int) -> PassageKind:
        """The kind of a passage."""
        return KINDS[self._listed[0][row]]

    def document_of(self, row: int) -> Home:
        """The document that a passage belongs to."""
        return self.outlines[self._listed[1][row]].document

    def place_of(self, row: int) -> tuple[int, int]:
        """The start and end of a passage in its document."""
        return self._listed[2][row], self._listed[3][row]

    def label_of(self, row: int) -> str | None:
        """The table or figure that a table row or caption belongs to."""
        return self._labels.get(row)

    def entry_of(self, row: int) -> tuple[int, ...]:
        """The numbers of a bibliography entry."""
        return self._entries.get(row, ())

    def is_citing(self, row: int) -> bool:
        """Whether a passage prints a reference number or has one carried to it."""
        return row in self._citing_rows

    def read(self, row: int) -> Passage:
        """The whole passage."""
        found = self._connection.execute("SELECT body FROM passage WHERE row = ?", (row,)).fetchone()
        return Passage.model_validate_json(found[0])

    def _field(self, name: str, kinds: Iterable[PassageKind]) -> Iterator[tuple[int, Any]]:
        """(row, value) of one field of all passages of these kinds."""
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
    def outlines(self) -> FixedTuple[Outline]:
        """The structure of every document, in order of ingestion."""
        found = self._connection.execute("SELECT body FROM outline ORDER BY place")
        return FixedTuple(Outline.model_validate_json(body) for (body,) in found)

    @cached_property
    def references(self) -> FixedTuple[Reference]:
        """Every bibliography entry, by document and number. One that was never checked has null as status."""
        found = self._connection.execute("SELECT body FROM reference ORDER BY place")
        return FixedTuple(_with_status(Reference.model_validate_json(body)) for (body,) in found)

    @cached_property
    def vocabulary(self) -> FixedSet[str]:
        """Every folded word of the passages, as printed and as indexed, cited papers aside."""
        return FixedSet(word for (word,) in self._connection.execute("SELECT word FROM word WHERE passages > 0"))

    @cached_property
    def every_word(self) -> FixedSet[str]:
        """The same, cited papers included."""
        return FixedSet(word for (word,) in self._connection.execute("SELECT word FROM word"))

    def frequency(self, word: str) -> int:
        """The number of passages in which a folded word occurs, without cited papers."""
        found = self._connection.execute("SELECT passages FROM word WHERE word = ?", (word,)).fetchone()
        return int(found[0]) if found else 0

    @cached_property
    def _columns(self) -> Integers:
        found = self._connection.execute('SELECT kind, document, start, "end" FROM passage ORDER BY row').fetchall()
        return np.array(found, dtype=np.int64).reshape(-1, 4).T.copy()

    @cached_property
    def order(self) -> Integers:
        """For each row the rank of its id among all ids."""
        found = np.empty(len(self._ids), dtype=np.int64)
        found[np.argsort(np.array(self._ids, dtype=np.str_), kind="stable")] = np.arange(len(self._ids))
        return found

    @cached_property
    def _places(self) -> dict[str, int]:
        return {outline.document.id: place for place, outline in enumerate(self.outlines)}

    def allowed(self, within: Filter) -> Integers:
        """The rows that pass the filter, ascending."""
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
        """The rows that pass each of the other conditions of the filter."""
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
        """Rows inside any of the spans. A document's rows are sorted by their start."""
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
        """The addresses of the rows' starts, ascending."""
        _, documents, starts, _ = self._columns
        return _address(documents, starts)

    def before(self, passage: Passage) -> Passage | None:
        """The passage printed before this one in its document; None for the first."""
        place = self._places[passage.document.id]
        row = self.row_of(passage) - 1
        return self.passage(row) if row >= 0 and self._listed[1][row] == place else None

    def row_of(self, passage: Passage) -> int:
        """The row of a passage of this generation."""
        place = self._places[passage.document.id]
        first = int(np.searchsorted(self._starts, _address(place, passage.start)))
        # Several passages may begin at one place.
        return next((row for row in range(first, len(self._ids)) if self._ids[row] == passage.id), first)

    def _citing(self, number: int) -> list[int]:
        found = self._connection.execute("SELECT row FROM cite WHERE number = ?", (number,))
        return [row for (row,) in found]

    @cached_property
    def _printing(self) -> dict[tuple[str | None, int], list[int]]:
        """Rows of bibliography entries by document and number."""
        found: dict[tuple[str | None, int], list[int]] = {}
        for row, numbers in self._entries.items():
            for number in numbers:
                found.setdefault((self.document_of(row).id, number), []).append(row)
        return found


def _with_status(entry: Reference) -> Reference:
    """The entry with its status said; generations that were written before there were look-ups say nothing."""
    return entry if "status" in entry.model_fields_set else entry.model_copy(update={"status": None})


Address = TypeVar("Address", int, Integers)


def _address(document: Address, at: Address) -> Address:
    """One number for a position in a document, with the documents one after another."""
    return document * LONGEST + at


def _flags(count: int, places: Sequence[int] | Integers) -> Flags:
    found: Flags = np.zeros(count, dtype=np.bool_)
    found[np.asarray(places, dtype=np.int64)] = True
    return found
