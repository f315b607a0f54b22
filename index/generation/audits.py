"""Audits of a generation's documents, made when it is published, so that an answer can say what is doubtful in it.

They are kept from one generation to the next as long as nothing that they rest on has changed.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from tokenizers import Tokenizer

from evqa.audit.audit import audit
from evqa.audit.records import Audit
from evqa.audit.weights import audit_weights
from evqa.errors import ModelError
from evqa.model import Placement
from index.disk.durable import refusals
from index.disk.folder import model_folder
from index.generation.audited import SUSPECTS
from index.generation.auditing import citations_of, papers_of
from index.generation.layout import AUDITS, opened_published
from index.generation.manifest import crc32_of, read_manifest
from index.search.likeness import read_tokenizer
from index.store.placing import placements
from index.store.store import Store

# Raised when other code would judge the same documents otherwise.
RULES = 4
SCHEMA = """
CREATE TABLE audit (document TEXT PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL, suspects TEXT NOT NULL) STRICT;
"""


def write_audits(store: Store, home: Path, folder: Path, previous: Path | None) -> None:
    """Audits every document that stands on its own into `folder`; `previous` is the generation before, if any.

    A document whose words can't be told, as the query model is gone, isn't audited.
    """
    known = dict(_kept(previous)) if previous else {}
    with closing(sqlite3.connect(folder / AUDITS, isolation_level=None)) as connection:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA} BEGIN;")
        tokenizer = _tokenizer(store, home)
        placed = placements(store)
        for each in placed:
            if tokenizer and each.kind == "review":
                row = known.get(key := _key(store, each.document, placed)) or _made(store, each, placed, tokenizer)
                connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?)", (each.document, key, *row))
        connection.execute("COMMIT")


def _kept(folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """By its key, what another generation says of a document; nothing if its file isn't as it was written."""
    path, manifest = folder / AUDITS, read_manifest(folder)
    written = None if isinstance(manifest, str) else manifest.files.get(AUDITS)
    if written is None or not path.is_file() or crc32_of(path) != written.crc32:
        return
    with refusals(path), closing(opened_published(path)) as connection:
        for key, body, suspects in connection.execute("SELECT key, body, suspects FROM audit"):
            yield key, (body, suspects)


def _made(store: Store, placed: Placement, every: Sequence[Placement], tokenizer: Tokenizer) -> tuple[str, str]:
    document = store.document(placed.document)
    found = Audit()
    if document and document.references:
        found = audit(citations_of(store, document, papers_of(document, every), tokenizer))
    return found.model_dump_json(), SUSPECTS.dump_json(found.suspects).decode()


def _key(store: Store, document: str, placed: Sequence[Placement]) -> str:
    """Stands for all that an audit rests on: rules, weights, model, the document, and the papers that it cites."""
    papers = sorted(each.document for each in placed if each.review == document)
    checksums = [store.checksum_of_document(each) for each in (document, *papers)]
    parts = [str(RULES), audit_weights().model_dump_json(), store.fact("fingerprint"), *checksums]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _tokenizer(store: Store, home: Path) -> Tokenizer | None:
    try:
        return read_tokenizer(model_folder(home, store.fact("fingerprint")))
    except ModelError:
        return None
