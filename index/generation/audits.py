"""Audits of a generation's documents, made when it is published, so that an answer can say what is doubtful in it.

They are kept from one generation to the next as long as nothing that they rest on has changed. An audit that fails
is stored as failed, with its reason: the record and the index don't depend on it.
"""

import hashlib
import logging
import sqlite3
import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from evqa.audit.audit import audit
from evqa.audit.records import Audit, FailedAudit
from evqa.audit.weights import audit_weights
from evqa.errors import EvqaError, ModelError
from evqa.model import Document, Placement, Verified
from evqa.works.verdicts import verdict_weights
from index.disk.durable import refusals
from index.disk.folder import model_folder
from index.generation.audited import FAILED, SUSPECTS, VERIFIED
from index.generation.auditing import citations_of, papers_of
from index.generation.layout import AUDITS, opened_published
from index.generation.manifest import crc32_of, read_manifest
from index.generation.verifying import is_verifiable, verified
from index.models.encode import PieceReader
from index.store.lookups import sought
from index.store.placing import placements
from index.store.store import Store
from index.verification.adapter import VERIFIER

# Raised when other code would judge the same documents otherwise.
RULES = 6
SCHEMA = """
CREATE TABLE audit (document TEXT PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL, suspects TEXT NOT NULL,
    verified TEXT NOT NULL) STRICT;
"""
# Key, audit, its suspects, and what the cited works say.
_Row = tuple[str, str, str, str]
COLUMNS = 4
log = logging.getLogger("evqa.index")


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
        auditor = _Auditor(store, home, placed, pieces) if pieces else None
        for each in placed:
            if each.kind != "review":
                continue
            key = _key(store, each.document, placed)
            row = (known.get(key) or auditor.made(each, key)) if auditor else None
            if row:
                connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?)", (each.document, *row))
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
        for _, *row in connection.execute("SELECT * FROM audit"):
            if len(row) == COLUMNS:  # an earlier version wrote fewer
                key, body, suspects, told = row
                yield key, (key, body, suspects, told)


class _Auditor:
    """Audits documents of a corpus, and verifies them against the works that they cite."""

    def __init__(self, store: Store, home: Path, placed: Sequence[Placement], pieces: PieceReader) -> None:
        self._store = store
        self._home = home
        self._placed = placed
        self._pieces = pieces

    def made(self, placed: Placement, key: str) -> _Row:
        """What is stored of a document. An audit that fails is stored as failed."""
        told: tuple[Verified, ...] = ()
        try:
            document = self._store.document(placed.document)
            found = self._audit(document)
        except Exception as error:  # whatever an audit stumbles on, the document is stored and the corpus opens
            key = FAILED
            found = Audit(failed=(FailedAudit(document=placed.document, reason=_reason(error)),))
        else:
            try:
                told = self._verified(document)
            except Exception as error:  # the same of a verification; the next generation tries anew
                key = FAILED
                log.warning("%s isn't verified against the works that it cites: %s", placed.source, _reason(error))
        suspects = SUSPECTS.dump_json(found.suspects).decode()
        return key, found.model_dump_json(), suspects, VERIFIED.dump_json(told).decode()

    def _audit(self, document: Document | None) -> Audit:
        if not document or not document.references:
            return Audit()
        cited = citations_of(self._store, document, papers_of(document, self._placed), self._pieces)
        return audit(cited, look_ups=sought(document.id, self._store))

    def _verified(self, document: Document | None) -> tuple[Verified, ...]:
        papers = papers_of(document, self._placed) if document else {}
        is_told = document and is_verifiable(self._store, papers)
        return verified(self._store, self._home, document, papers) if document and is_told else ()


def _reason(error: Exception) -> str:
    """Why an audit failed, on one line; of an error that nobody foresaw also where it happened."""
    if isinstance(error, EvqaError):
        return " ".join(str(error).split())
    *_, last = traceback.extract_tb(error.__traceback__)
    where = f"{Path(last.filename).name}, line {last.lineno}"
    return " ".join(f"internal error: {type(error).__name__} in {where}: {error}".split())


def _key(store: Store, document: str, placed: Sequence[Placement]) -> str:
    """Stands for all that an audit rests on: rules, weights, model, document, cited papers, and what was looked up."""
    papers = sorted(each.document for each in placed if each.review == document)
    checksums = [store.checksum_of_document(each) for each in (document, *papers)]
    parts = [str(RULES), audit_weights().model_dump_json(), *_verifying(papers), store.fact("fingerprint"), *checksums]
    known = [each.model_dump_json() if each else "" for each in sought(document, store)]
    return hashlib.sha256("\n".join([*parts, *(known if any(known) else ())]).encode()).hexdigest()


def _verifying(papers: Sequence[str]) -> tuple[str, ...]:
    """Stands for what verifies, where there is anything to verify."""
    return (VERIFIER.fingerprint, verdict_weights().model_dump_json()) if papers else ()


def _pieces(store: Store, home: Path) -> PieceReader | None:
    try:
        return PieceReader(model_folder(home, store.fact("fingerprint")))
    except ModelError:
        return None
