"""Audits of a generation's documents, made when it is published, so that an answer can say what is doubtful in it.

They are kept from one generation to the next as long as nothing that they rest on has changed. An audit that fails
is stored as failed, with its reason: the record and the index don't depend on it.
"""

import hashlib
import sqlite3
import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from evqa.audit.audit import audit
from evqa.audit.records import Audit, FailedAudit
from evqa.audit.weights import audit_weights
from evqa.errors import EvqaError, ModelError
from evqa.model import Placement
from index.disk.durable import refusals
from index.disk.folder import model_folder
from index.generation.audited import FAILED, SUSPECTS
from index.generation.auditing import citations_of, papers_of
from index.generation.layout import AUDITS, opened_published
from index.generation.manifest import crc32_of, read_manifest
from index.models.encode import PieceReader
from index.store.lookups import sought
from index.store.placing import placements
from index.store.store import Store

# Raised when other code would judge the same documents otherwise.
RULES = 4
SCHEMA = """
CREATE TABLE audit (document TEXT PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL, suspects TEXT NOT NULL) STRICT;
"""
# Key, audit and its suspects.
_Row = tuple[str, str, str]


def write_audits(store: Store, home: Path, folder: Path, previous: Path | None) -> tuple[str, ...]:
    """Audits every document that stands on its own into `folder`; `previous` is the generation before, if any.

    A document whose audit fails has a failed one; where the query model is gone no document has any. Returns the ids
    of both kinds.
    """
    unaudited = []
    known = dict(_kept(previous)) if previous else {}
    with closing(sqlite3.connect(folder / AUDITS, isolation_level=None)) as connection:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA} BEGIN;")
        pieces = _pieces(store, home)
        placed = placements(store)
        for each in placed:
            if each.kind != "review":
                continue
            key = _key(store, each.document, placed)
            row = (known.get(key) or _made(store, each, placed, pieces, key)) if pieces else None
            if row:
                connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?)", (each.document, *row))
            if not row or row[0] == FAILED:
                unaudited.append(each.document)
        connection.execute("COMMIT")
    return tuple(unaudited)


def _kept(folder: Path) -> Iterator[tuple[str, _Row]]:
    """By its key, what another generation says of a document; nothing if its file isn't as it was written."""
    path, manifest = folder / AUDITS, read_manifest(folder)
    written = None if isinstance(manifest, str) else manifest.files.get(AUDITS)
    if written is None or not path.is_file() or crc32_of(path) != written.crc32:
        return
    with refusals(path), closing(opened_published(path)) as connection:
        for key, body, suspects in connection.execute("SELECT key, body, suspects FROM audit"):
            yield key, (key, body, suspects)


def _made(store: Store, placed: Placement, every: Sequence[Placement], pieces: PieceReader, key: str) -> _Row:
    try:
        found = _audit(store, placed.document, every, pieces)
    except Exception as error:  # whatever an audit stumbles on, the document is stored and the corpus opens
        key = FAILED
        found = Audit(failed=(FailedAudit(document=placed.document, reason=_reason(error)),))
    return key, found.model_dump_json(), SUSPECTS.dump_json(found.suspects).decode()


def _reason(error: Exception) -> str:
    """Why an audit failed, on one line; of an error that nobody foresaw also where it happened."""
    if isinstance(error, EvqaError):
        return " ".join(str(error).split())
    *_, last = traceback.extract_tb(error.__traceback__)
    where = f"{Path(last.filename).name}, line {last.lineno}"
    return " ".join(f"internal error: {type(error).__name__} in {where}: {error}".split())


def _audit(store: Store, name: str, every: Sequence[Placement], pieces: PieceReader) -> Audit:
    document = store.document(name)
    if not document or not document.references:
        return Audit()
    cited = citations_of(store, document, papers_of(document, every), pieces)
    return audit(cited, look_ups=sought(name, store))


def _key(store: Store, document: str, placed: Sequence[Placement]) -> str:
    """Stands for all that an audit rests on: rules, weights, model, document, cited papers, and what was looked up."""
    papers = sorted(each.document for each in placed if each.review == document)
    checksums = [store.checksum_of_document(each) for each in (document, *papers)]
    parts = [str(RULES), audit_weights().model_dump_json(), store.fact("fingerprint"), *checksums]
    known = [each.model_dump_json() if each else "" for each in sought(document, store)]
    return hashlib.sha256("\n".join([*parts, *(known if any(known) else ())]).encode()).hexdigest()


def _pieces(store: Store, home: Path) -> PieceReader | None:
    try:
        return PieceReader(model_folder(home, store.fact("fingerprint")))
    except ModelError:
        return None
