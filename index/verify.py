"""Every byte of a corpus checked, and what is missing in it though no byte is wrong."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from evqa.errors import CorpusError
from evqa.model import Document, Passage, Reference
from index.disk.durable import sha256_of
from index.disk.folder import RECORDS, existing_folder, model_folder
from index.generation.generation import open_generation
from index.models.embedding import embedding_key, indexed_text
from index.models.encode import CARD
from index.search.statements import statement_key, stored_statements
from index.store.database import revision_of
from index.store.failures import failures_in
from index.store.lookups import LookUps
from index.store.sources import source_findings
from index.store.store import Row, Store, is_intact, opened, outline
from index.store.titles import damaged_titles


def verify(home: Path, name: str) -> tuple[str, ...]:
    """What is wrong with a corpus, one line each; empty if it is sound. Raises CorpusError if there is none."""
    folder = existing_folder(home, name)
    return (
        *record_findings(folder / RECORDS),
        *failure_findings(folder),
        *source_findings(folder),
        *generation_findings(folder),
        *model_findings(home, folder),
    )


@dataclass(frozen=True)
class Unaudited:
    """A document whose own citations couldn't be audited, so that no answer doubts them: its id, source, and why."""

    document: str
    source: str
    reason: str


def unaudited(home: Path, name: str) -> tuple[Unaudited, ...]:
    """The documents of a corpus that have no audit, in order of ingestion; none where no index can be used."""
    generation = open_generation(existing_folder(home, name))
    if isinstance(generation, str):
        return ()
    with closing(generation):
        reviews = {each.document.id: each for each in generation.records.outlines if each.document.kind != "paper"}
        failed = generation.audits.failed(reviews)
        return tuple(Unaudited(each.document, reviews[each.document].source.name, each.reason) for each in failed)


def is_published(home: Path, name: str) -> bool:
    """Whether questions see all that is stored in a corpus."""
    folder = existing_folder(home, name)
    generation = open_generation(folder)
    if isinstance(generation, str):
        return False
    with closing(generation):
        return revision_of(folder / RECORDS) in (None, generation.manifest.revision)


def record_findings(path: Path) -> list[str]:
    """What is wrong with the record of truth."""
    try:
        with closing(opened(path)) as store, store.snapshot():
            return [
                *sqlite_findings(store),
                *(f"the revision of {store.path.name} is no number" for _ in _odd_revision(store)),
                *(f"fact {name!r} of {store.path.name} is damaged" for name in store.damaged_facts()),
                *(
                    f"the title given to {source} is damaged: rename the document again"
                    for source in damaged_titles(store)
                ),
                *document_findings(store),
                *embedding_findings(store),
                *statement_findings(store),
                *LookUps(store).damage(),
            ]
    except CorpusError as error:
        return [str(error)]


def _odd_revision(store: Store) -> list[str]:
    found = store.fact("revision")
    return [] if found == "" or (found.isascii() and found.isdigit()) else [found]


def failure_findings(folder: Path) -> list[str]:
    """What is wrong with the list of files that couldn't be taken."""
    try:
        failures_in(folder)
    except CorpusError as error:
        return [str(error)]
    return []


def sqlite_findings(store: Store) -> Iterator[str]:
    """What SQLite itself finds, and references that lead nowhere."""
    for (line,) in store.select("PRAGMA integrity_check"):
        if line != "ok":
            yield f"{store.path.name}: {line}"
    for table, row, parent, _ in store.select("PRAGMA foreign_key_check"):
        yield f"{store.path.name}: row {row} of {table} names a {parent} that isn't there"


def document_findings(store: Store) -> Iterator[str]:
    """Documents and passages that aren't what was stored."""
    for row in store.rows():
        if not is_intact(row.checksum, row.body):
            yield f"document {row.id} ({row.source}) is damaged: remove it and ingest it again"
            continue
        try:
            document = Document.model_validate_json(row.body)
        except ValidationError as error:
            yield f"document {row.id} ({row.source}) can't be read: {error.errors()[0]['msg']}"
            continue
        if (row.id, row.source, row.content) != (document.id, document.source.name, document.source.sha256):
            yield f"document {row.id} ({row.source}) is stored under another name: remove it and ingest it again"
        yield from _derived_findings(store, document)
        yield from passage_findings(store, row, document.text)


def _derived_findings(store: Store, document: Document) -> Iterator[str]:
    """What is stored beside a document to be found quickly, and isn't what the document says."""
    where = f"of document {document.id} ({document.source.name}) are damaged: remove it and ingest it again"
    found = store.select("SELECT number, body FROM reference WHERE document = ? ORDER BY place", (document.id,))
    try:
        if [(number, Reference.model_validate_json(body)) for number, body in found] != [
            (each.number, each) for each in document.references
        ]:
            yield f"entries {where}"
        if store.outline_of(document.id) != outline(document):
            yield f"outlines {where}"
    except (ValidationError, IndexError):
        yield f"entries or outlines {where}"


def passage_findings(store: Store, row: Row, text: str) -> Iterator[str]:
    """Passages of one document that are damaged or whose text isn't the slice of the document."""
    query = "SELECT id, body, indexed, checksum FROM passage WHERE document = ? ORDER BY place"
    for name, body, indexed, stored in store.select(query, (row.id,)):
        if not is_intact(stored, body):
            yield f"passage {name} of {row.source} is damaged: remove the document and ingest it again"
            continue
        passage = Passage.model_validate_json(body)
        if indexed != indexed_text(passage) or name != passage.id:
            yield f"passage {name} of {row.source} is indexed otherwise than it says"
        if text[passage.start : passage.end] != passage.text:
            yield f"passage {name} of {row.source} isn't the text at {passage.start} to {passage.end}"


def embedding_findings(store: Store) -> Iterator[str]:
    """Passages whose embedding is missing, damaged or of another dimension."""
    fingerprint, expected = store.fact("fingerprint"), (store.dimension, store.token_dimension)
    for name, text in store.select("SELECT id, indexed FROM passage ORDER BY document, place"):
        try:
            embedding = store.embedding(embedding_key(fingerprint, text))
        except CorpusError as error:
            yield f"passage {name}: {error}"
            continue
        if (found := (len(embedding.pooled), embedding.tokens.shape[1])) != expected:
            yield f"passage {name}: embedding of (pooled, token) dimensions {found}, expected {expected}"


def statement_findings(store: Store) -> Iterator[str]:
    """Statements of long passages whose vector is damaged; one that was never stored is no damage."""
    fingerprint = store.fact("fingerprint")
    for text in stored_statements(store):
        key = statement_key(fingerprint, text)
        try:
            if not store.missing([key]):
                store.embedding(key)
        except CorpusError as error:
            yield f"statement {text[:40]!r}: {error}"


def model_findings(home: Path, folder: Path) -> Iterator[str]:
    """What is wrong with the query model of the live generation."""
    generation = open_generation(folder)
    if isinstance(generation, str):
        return
    with closing(generation):
        model = model_folder(home, generation.manifest.model_fingerprint)
    try:
        files = json.loads((model / CARD).read_text())["files"]
        damaged = [name for name, expected in files.items() if sha256_of(model / name) != expected]
    except (OSError, ValueError, KeyError):
        damaged = [CARD]
    for name in damaged:
        yield f"query model {model.name}: {name} is missing or damaged; delete {model} and ask again"


def generation_findings(folder: Path) -> Iterator[str]:
    """What is wrong with the live generation."""
    generation = open_generation(folder)
    if isinstance(generation, str):
        yield f"{generation}; opening the corpus makes the index anew"
        return
    with closing(generation):
        for name, entry in generation.manifest.files.items():
            if sha256_of(generation.folder / name) != entry.sha256:
                yield f"generation {generation.folder.name}: {name} is damaged; delete the generation's folder"
