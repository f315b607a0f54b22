"""Write the records of a generation: every document as readers see it, cited papers under their numbers."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evqa.language.words import words
from evqa.model import Home, Passage, Placement, Reference, Standing
from index.generation.records import KINDS
from index.models.embedding import indexed_text
from index.search.statements import statements_of
from index.store.lookups import standings, status_of
from index.store.placing import as_papers, placements
from index.store.store import Store, dump
from index.store.titles import given_titles

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
    """The numbers that a passage cites, directly or carried. A cited paper cites none: its number is its own."""
    if passage.kind == "paper":
        return set()
    numbers = set(passage.references)
    return numbers.union(*(set(s.references) | set(s.carried) for s in passage.sentences))


@dataclass(frozen=True)
class Unit:
    """What is indexed of a passage: its text, whether a cited paper's, and, if it is long, its statements."""

    text: str
    is_paper: bool
    statements: tuple[str, ...] = ()


def write_records(store: Store, path: Path) -> Iterator[Unit]:
    """Write the records of every stored document, and yield what is indexed of each passage, by row.

    Rows are in order of ingestion, then of position in the document. One document is in memory at a time. The file is
    complete once the iterator is exhausted.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA} BEGIN;")
        rows = 0
        own: Counter[str] = Counter()
        papers: Counter[str] = Counter()
        known = standings(store)
        for place, placement in enumerate(_titled(store)):
            write_structure(store, placement, place, known, connection)
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


def _titled(store: Store) -> Iterator[Placement]:
    """Every placement under the title that was given to its document, where one was."""
    titles = given_titles(store)
    for each in placements(store):
        yield each.model_copy(update={"title": titles.get(each.source, each.title)})


def write_structure(
    store: Store, placement: Placement, place: int, known: Mapping[str, Standing], connection: sqlite3.Connection
) -> None:
    """Write outline and references of one document. `place`: its index among the documents; `known`: the status of
    works that were looked up.

    A cited paper's outline says that it is one; its own references are left out.
    """
    outline = store.outline_of(placement.document).model_copy(update={"document": _home(store, placement)})
    connection.execute("INSERT INTO outline VALUES (?, ?)", (place, outline.model_dump_json()))
    query = "SELECT body FROM reference WHERE document = ? ORDER BY number, place"
    for (raw,) in store.select(query, (placement.document,)) if placement.kind == "review" else ():
        reference = Reference.model_validate_json(raw)
        update = {"document": reference.document or placement.document, "status": status_of(reference, known)}
        named = reference.model_copy(update=update)
        connection.execute("INSERT INTO reference (body) VALUES (?)", (named.model_dump_json(),))


def _home(store: Store, placement: Placement) -> Home:
    """The document as its passages name it: where it is placed, and its link as it was stored."""
    return placement.home.model_copy(update={"link": store.outline_of(placement.document).document.link})


def write_passages(
    found: Sequence[tuple[Passage, str]], place: int, first: int, connection: sqlite3.Connection
) -> None:
    """Write the passages of one document, given with their JSON, as rows from `first` on."""
    for row, (passage, body) in enumerate(found, start=first):
        values = (row, passage.id, KINDS.index(passage.kind), place, passage.start, passage.end, body)
        connection.execute("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        connection.executemany("INSERT INTO cite VALUES (?, ?)", [(number, row) for number in sorted(cited(passage))])


def shown(store: Store, placement: Placement) -> list[tuple[Passage, str]]:
    """The passages of a document with their JSON, in the order of the text, those of a cited paper under its number."""
    found = [(Passage.model_validate_json(body), body) for body, _ in store.passage_bodies(placement.document)]
    if placement.kind == "paper":
        papers = as_papers([passage for passage, _ in found], _home(store, placement))
        found = [(passage, dump(passage)) for passage in papers]
    elif found and found[0][0].document.title != placement.title:
        named = [passage.model_copy(update={"document": _home(store, placement)}) for passage, _ in found]
        found = [(passage, dump(passage)) for passage in named]
    return sorted(found, key=lambda item: (item[0].start, item[0].end))


def words_of(passage: Passage) -> set[str]:
    """Folded words of a passage, both as printed and as indexed, where abbreviations are written out."""
    return {*words(passage.text), *words(indexed_text(passage))}
