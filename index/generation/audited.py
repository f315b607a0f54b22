"""The audits of a published generation, read."""

import logging
import sqlite3
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from evqa.errors import CorpusError
from evqa.model import Suspect, Verified
from index.disk.durable import refusals
from index.generation.layout import AUDITS, opened_published

if TYPE_CHECKING:
    from evqa.audit.records import Audit, FailedAudit

SUSPECTS = TypeAdapter(tuple[Suspect, ...])
VERIFIED = TypeAdapter(tuple[Verified, ...])
KEPT = 256
# Stands where the key of an audit would, for one that failed: no generation takes it over, each tries anew.
FAILED = ""
# Why a document has no audit at all.
NOT_MADE = "it was indexed while its query model was gone; ingest it again"
ANEW = "delete the generation's folder, and the next question makes it anew"
log = logging.getLogger("evqa.index")


class Audits:
    """The audits of a published generation."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / AUDITS
        with refusals(self._path):
            self._connection = opened_published(self._path)
        self.suspects = lru_cache(maxsize=KEPT)(self._suspects)
        self.verified = lru_cache(maxsize=KEPT)(self._verified)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _suspects(self, document: str) -> tuple[Suspect, ...]:
        """Citations of the document that don't seem to fit; none if it wasn't audited, or its audit is damaged."""
        try:
            return self._stored_suspects(document)
        except CorpusError as error:  # an answer is worth more than what is doubted of it
            log.warning("%s: an answer is given without doubts of its citations", error)
            return ()

    def _stored_suspects(self, document: str) -> tuple[Suspect, ...]:
        found = self._read("SELECT suspects FROM audit WHERE document = ?", document)
        try:
            return tuple(SUSPECTS.validate_json(found)) if found else ()
        except ValidationError:
            # Written before suspects had a score and a reason, which the audit itself has.
            audit = self.audit(document)
            return audit.suspects if audit else ()

    def _verified(self, document: str) -> tuple[Verified, ...]:
        """What cited works say of the document's statements; none if it wasn't verified, or that is damaged."""
        try:
            found = self._read("SELECT verified FROM audit WHERE document = ?", document) if self._verifies else None
            return tuple(VERIFIED.validate_json(found)) if found else ()
        except (CorpusError, ValidationError) as error:  # an answer is worth more than what is said beside it
            log.warning("%s: an answer is given without what the cited works say", error)
            return ()

    @cached_property
    def _verifies(self) -> bool:
        """Whether it was written by a version that verifies."""
        with refusals(self._path):
            columns = self._connection.execute("PRAGMA table_info(audit)").fetchall()
        return any(name == "verified" for _, name, *_ in columns)

    def audit(self, document: str) -> "Audit | None":
        """The audit of a document; None if it wasn't made. Raises CorpusError if it is damaged."""
        from evqa.audit.records import Audit  # not needed to ask

        found = self._read("SELECT body FROM audit WHERE document = ?", document)
        try:
            return Audit.model_validate_json(found) if found else None
        except ValidationError as error:
            raise CorpusError(self._path, f"the audit of {document} is damaged", ANEW) from error

    def failed(self, documents: Iterable[str]) -> "tuple[FailedAudit, ...]":
        """Which of these documents, all of which stand on their own, aren't audited, and why."""
        from evqa.audit.records import FailedAudit

        found: list[FailedAudit] = []
        for document in documents:
            key = self._read("SELECT key FROM audit WHERE document = ?", document)
            if key is None:
                found.append(FailedAudit(document=document, reason=NOT_MADE))
            elif key == FAILED and (audit := self.audit(document)):
                found += audit.failed
        return tuple(found)

    def _read(self, query: str, document: str) -> str | None:
        try:
            found = self._connection.execute(query, (document,)).fetchone()
        except sqlite3.Error as error:
            raise CorpusError(self._path, "damaged", ANEW, str(error)) from error
        return found[0] if found else None
