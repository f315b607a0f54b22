"""The audits of a published generation, read."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from evqa.model import Suspect
from index.disk.durable import refusals
from index.generation.layout import AUDITS, opened_published

if TYPE_CHECKING:
    from evqa.audit.records import Audit

SUSPECTS = TypeAdapter(tuple[Suspect, ...])
KEPT = 256


class Audits:
    """The audits of a published generation."""

    def __init__(self, folder: Path) -> None:
        with refusals(folder / AUDITS):
            self._connection = opened_published(folder / AUDITS)
        self.suspects = lru_cache(maxsize=KEPT)(self._suspects)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _suspects(self, document: str) -> tuple[Suspect, ...]:
        """Citations of the document that don't seem to fit; none where it wasn't audited."""
        found = self._connection.execute("SELECT suspects FROM audit WHERE document = ?", (document,)).fetchone()
        try:
            return SUSPECTS.validate_json(found[0]) if found else ()
        except ValidationError:
            # Written before suspects had a score and a reason, which the audit itself has.
            audit = self.audit(document)
            return audit.suspects if audit else ()

    def audit(self, document: str) -> "Audit | None":
        """The audit of a document; None where it wasn't made."""
        from evqa.audit.records import Audit  # not needed to ask

        found = self._connection.execute("SELECT body FROM audit WHERE document = ?", (document,)).fetchone()
        return Audit.model_validate_json(found[0]) if found else None
