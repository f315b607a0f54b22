"""The records of a corpus, from which everything else can be rebuilt: documents, passages and embeddings in SQLite."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evqa.errors import CorpusError
from evqa.model import Document, Home, Outline, Passage
from index.disk.durable import damaged, refusals
from index.models.embedding import Embedding, indexed_text
from index.store.database import APPLICATION, FORMAT, check_format, connected

SCHEMA = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE document (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    content TEXT NOT NULL,
    body TEXT NOT NULL,
    checksum TEXT NOT NULL
) STRICT;
CREATE INDEX document_source ON document (source);
CREATE INDEX document_content ON document (content);
CREATE TABLE outline (document TEXT PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE, body TEXT NOT NULL) STRICT;
CREATE TABLE reference (
    document TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (document, place)
) STRICT;
CREATE TABLE passage (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    body TEXT NOT NULL,
    indexed TEXT NOT NULL,
    checksum TEXT NOT NULL
) STRICT;
CREATE INDEX passage_document ON passage (document, place);
CREATE TABLE embedding (
    key TEXT PRIMARY KEY,
    pooled BLOB NOT NULL,
    tokens BLOB NOT NULL,
    count INTEGER NOT NULL,
    checksum TEXT NOT NULL
) STRICT;
"""
BLANK = f"BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT}; COMMIT;"
# Behind the name of a fact: its checksum.
SUM = "#"
# Which reader made the stored document of a file. Older files lack this table.
READINGS = """
CREATE TABLE IF NOT EXISTS reading (source TEXT PRIMARY KEY, content TEXT NOT NULL, reader TEXT NOT NULL) STRICT
"""


@dataclass(frozen=True)
class Row:
    """A stored document: its place in the order of ingestion, ids and JSON."""

    position: int
    id: str
    source: str
    content: str
    body: str
    checksum: str


def checksum(*parts: str | bytes) -> str:
    """Hexadecimal SHA-256 over the parts, each followed by its length."""
    return checksum_of(parts)


def is_intact(stored: object, *parts: object) -> bool:
    """Whether what was read is what was stored under a checksum; damage may have made anything of a column."""
    return all(isinstance(part, str | bytes) for part in parts) and checksum(*parts) == stored  # type: ignore[arg-type]


def checksum_of(parts: Iterable[str | bytes]) -> str:
    """The same over an iterable of parts."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(raw)
        digest.update(len(raw).to_bytes(8, "big"))
    return digest.hexdigest()


class Store:
    """The open records of a corpus. Use `opened` or `created`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one transaction, on the disk when it ends. Raises StorageError if the disk refuses."""
        with refusals(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read in the block is of one moment, whatever a writer does meanwhile."""
        with refusals(self.path):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def select(self, query: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Run a query and return its rows. Raises CorpusError if the file is damaged."""
        return list(self.each(query, parameters))

    def each(self, query: str, parameters: Sequence[object] = ()) -> Iterator[Any]:
        """The same, one row at a time: the rows need not fit into memory."""
        with refusals(self.path), closing(self.connection.cursor()) as cursor:
            try:
                yield from cursor.execute(query, parameters)
            except UnicodeDecodeError as error:  # in the names of tables, which SQLite gives as they are
                raise damaged(self.path, str(error)) from error

    def count(self, table: str) -> int:
        """The number of rows in a table."""
        return int(self.select(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608

    def fact(self, name: str) -> str:
        """A fact about the corpus ("model", "fingerprint", "dimension", "revision"); "" if unknown."""
        found = self.select("SELECT value FROM fact WHERE name = ?", (name,))
        return str(found[0][0]) if found else ""

    @property
    def dimension(self) -> int:
        """The dimension of the pooled vectors; 0 if nothing was embedded yet."""
        return int(self.fact("dimension") or 0)

    @property
    def token_dimension(self) -> int:
        """The dimension of the token vectors. Earlier versions knew models only where it is that of the pooled ones."""
        return int(self.fact("token_dimension") or 0) or self.dimension

    def set_facts(self, facts: dict[str, str]) -> None:
        """Write facts, each with its checksum beside it, inside a transaction."""
        sums = {f"{name}{SUM}": checksum(name, value) for name, value in facts.items()}
        self.connection.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", (facts | sums).items())

    def damaged_facts(self) -> list[str]:
        """Names of the facts that aren't as they were written. Those of earlier versions have no checksum."""
        stored = dict(self.select("SELECT name, value FROM fact"))
        return [
            str(name)
            for name, value in stored.items()
            if f"{name}{SUM}" in stored and not is_intact(stored[f"{name}{SUM}"], name, value)
        ] + [str(name) for name in stored if str(name).endswith(SUM) and str(name).removesuffix(SUM) not in stored]

    @property
    def revision(self) -> int:
        """The number of changes that the corpus has seen."""
        return int(self.fact("revision") or 0)

    @property
    def is_blank(self) -> bool:
        """Whether no document was ever stored."""
        return not self.select("SELECT 1 FROM sqlite_sequence WHERE name = 'document'")

    def rows(self) -> list[Row]:
        """Every document, in order of ingestion."""
        return [Row(*row) for row in self.select("SELECT * FROM document ORDER BY position")]

    def replaced_by(self, document: Document) -> list[Row]:
        """The stored documents that this one replaces: with the same content, source name or id."""
        found = self.select(
            "SELECT * FROM document WHERE content = ? OR source = ? OR id = ? ORDER BY position",
            (document.source.sha256, document.source.name, document.id),
        )
        return [Row(*row) for row in found]

    def named(self, name: str) -> list[Row]:
        """Documents with that id or source name."""
        found = self.select("SELECT * FROM document WHERE id = ? OR source = ?", (name, name))
        return [Row(*row) for row in found]

    def set_reader(self, document: Document, reader: str) -> None:
        """Record, inside a transaction, which reader made a document of its file."""
        row = (document.source.name, document.source.sha256, reader)
        self.connection.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", row)

    def made_by(self, reader: str, source: str, content: str) -> str | None:
        """Id of the stored document that a reader made of a file of that name and SHA-256; None if there is none."""
        query = (
            "SELECT d.id FROM document d JOIN reading r ON r.source = d.source AND r.content = d.content"
            " WHERE d.source = ? AND d.content = ? AND r.reader = ?"
        )
        found = self.select(query, (source, content, reader))
        return str(found[0][0]) if found else None

    def outline_of(self, document: str) -> Outline:
        """The structure of a stored document."""
        found = self.select("SELECT body FROM outline WHERE document = ?", (document,))
        return Outline.model_validate_json(found[0][0])

    def document(self, identity: str) -> Document | None:
        """The stored document with this id; None if there is none. Raises CorpusError if it is damaged."""
        found = self.select("SELECT body, checksum FROM document WHERE id = ?", (identity,))
        if not found:
            return None
        body, stored = found[0]
        if not is_intact(stored, body):
            raise CorpusError(self.path, f"document {identity} is damaged", "remove it and ingest it again")
        return Document.model_validate_json(body)

    def checksum_of_document(self, identity: str) -> str:
        """One checksum over a stored document and its passages; "" if there is none."""
        found = self.select("SELECT checksum FROM document WHERE id = ?", (identity,))
        passages = self.select("SELECT checksum FROM passage WHERE document = ? ORDER BY place", (identity,))
        return checksum(*(each for (each,) in (*found, *passages))) if found else ""

    def passage_count(self, document: str) -> int:
        """The number of passages of a stored document."""
        return int(self.select("SELECT count(*) FROM passage WHERE document = ?", (document,))[0][0])

    def holds(self, content: str) -> bool:
        """Whether a document read from a file with this SHA-256 is stored."""
        return bool(self.select("SELECT 1 FROM document WHERE content = ?", (content,)))

    def with_content(self, content: str) -> str | None:
        """Id of the stored document that was read from a file with this SHA-256; None if there is none."""
        found = self.select("SELECT id FROM document WHERE content = ?", (content,))
        return str(found[0][0]) if found else None

    def contents(self) -> frozenset[str]:
        """SHA-256 of the file of every document."""
        return frozenset(content for (content,) in self.select("SELECT content FROM document"))

    def is_stored(self, document: Document, passages: Sequence[Passage]) -> bool:
        """Whether exactly this document with exactly these passages is stored."""
        stored = [row for row in self.replaced_by(document) if row.body == document.model_dump_json()]
        return bool(stored) and [p for p, _ in self.passage_bodies(stored[0].id)] == [dump(p) for p in passages]

    def passage_bodies(self, document: str) -> list[tuple[str, str]]:
        """(JSON, indexed text) of a document's passages, in order."""
        return self.select("SELECT body, indexed FROM passage WHERE document = ? ORDER BY place", (document,))

    def texts(self) -> Iterator[str]:
        """The canonical text of every document, in order of ingestion."""
        for (body,) in self.each("SELECT body FROM document ORDER BY position"):
            yield json.loads(body)["text"]

    def insert(self, document: Document, passages: Sequence[Passage]) -> None:
        """Insert a document in place of those it replaces, at the position of the first. Inside a transaction."""
        old = self.replaced_by(document)
        self.delete(old)
        body = document.model_dump_json()
        position = old[0].position if old else None
        source = document.source
        row = (position, document.id, source.name, source.sha256, body, checksum(body))
        self.connection.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", row)
        self.connection.execute("INSERT INTO outline VALUES (?, ?)", (document.id, outline(document).model_dump_json()))
        references = [(document.id, i, r.number, r.model_dump_json()) for i, r in enumerate(document.references)]
        self.connection.executemany("INSERT INTO reference VALUES (?, ?, ?, ?)", references)
        self.connection.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)",
            [passage_row(document.id, place, passage) for place, passage in enumerate(passages)],
        )
        self._changed()

    def delete(self, rows: Iterable[Row]) -> None:
        """Delete documents with all that belongs to them, inside a transaction."""
        self.connection.executemany("DELETE FROM document WHERE id = ?", [(row.id,) for row in rows])
        self._changed()

    def _changed(self) -> None:
        self.set_facts({"revision": str(self.revision + 1)})

    def missing(self, keys: Iterable[str]) -> list[str]:
        """The keys without a stored embedding, in order, without duplicates."""
        query = "SELECT 1 FROM embedding WHERE key = ?"
        return [key for key in dict.fromkeys(keys) if not self.select(query, (key,))]

    def add_embeddings(self, embeddings: Mapping[str, Embedding]) -> None:
        """Store embeddings under their keys, inside a transaction."""
        self.connection.executemany(
            "INSERT OR REPLACE INTO embedding VALUES (?, ?, ?, ?, ?)",
            [embedding_row(key, embedding) for key, embedding in embeddings.items()],
        )

    def embedding(self, key: str) -> Embedding:
        """The embedding under a key. Raises CorpusError if there is none or it is damaged."""
        query = "SELECT pooled, tokens, count, checksum FROM embedding WHERE key = ?"
        found = self.select(query, (key,))
        if not found:
            raise CorpusError(self.path, f"embedding {key[:12]} is missing", "ingest again")
        pooled, tokens, count, stored = found[0]
        if not is_intact(stored, pooled, tokens) or not isinstance(count, int):
            step = "remove its document and ingest again"
            raise CorpusError(self.path, f"embedding {key[:12]} is damaged", step)
        vector = np.frombuffer(pooled, dtype=np.float32)
        # A text without tokens leaves open how long their vectors are.
        width = len(tokens) // (count * np.float16().itemsize) if count else self.token_dimension or len(vector)
        return Embedding(vector, np.frombuffer(tokens, dtype=np.float16).reshape(count, width))

    def keep_embeddings(self, keys: Iterable[str]) -> None:
        """Delete all other embeddings, inside a transaction."""
        self.connection.execute("CREATE TEMP TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY)")
        self.connection.execute("DELETE FROM kept")
        self.connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", [(key,) for key in keys])
        self.connection.execute("DELETE FROM embedding WHERE key NOT IN (SELECT key FROM kept)")


def dump(passage: Passage) -> str:
    """The JSON of a passage."""
    return passage.model_dump_json()


def passage_row(document: str, place: int, passage: Passage) -> tuple[str, str, int, str, str, str]:
    """A passage as stored, with the checksum of its JSON."""
    body = dump(passage)
    return passage.id, document, place, body, indexed_text(passage), checksum(body)


def embedding_row(key: str, embedding: Embedding) -> tuple[str, bytes, bytes, int, str]:
    """An embedding as stored, with the checksum of its bytes."""
    pooled = embedding.pooled.astype(np.float32).tobytes()
    tokens = embedding.tokens.astype(np.float16).tobytes()
    return key, pooled, tokens, len(embedding.tokens), checksum(pooled, tokens)


def home_of(document: Document) -> Home:
    """What passages say of the document they come from."""
    link = document.library.link if document.library else None
    return Home(id=document.id, title=document.title, kind=document.kind, reference=document.reference, link=link)


def outline(document: Document) -> Outline:
    """The document's structure without its text."""
    shared = {name: getattr(document, name) for name in Outline.model_fields if name != "document"}
    return Outline(document=home_of(document), **shared)


def created(path: Path) -> Store:
    """Open the records for writing, and make them if they don't exist. Only the writer of a corpus may call it."""
    with refusals(path):
        if not path.exists():
            _make(path)
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                connection.executescript(BLANK)
            check_format(path, connection)
            connection.execute(READINGS)
            if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                connection.execute(f"PRAGMA user_version = {FORMAT}")
        except BaseException:
            connection.close()
            raise
    return Store(path, connection)


def _make(path: Path) -> None:
    """A blank record, put in place in one step: no reader meets a file without tables and takes it for damaged."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
            connection.executescript(BLANK)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def opened(path: Path) -> Store:
    """Open the records for reading. Raises CorpusError if the file isn't a corpus of this format."""
    return Store(path, connected(path))
