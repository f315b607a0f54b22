"""What became of one file: the one record from the process that reads it to the job that the service keeps."""

from pathlib import Path
from typing import Any, Literal

from pydantic import computed_field, model_validator

from api.intake.file_names import as_text
from evqa.errors import ErrorFacts
from evqa.model import Integrity, Placement, Record

FileState = Literal["new", "changed", "unchanged", "duplicate", "unsound", "failed"]
STORED: frozenset[FileState] = frozenset(("new", "changed", "unchanged", "duplicate"))


class FileOutcome(Record):
    """What became of one file.

    `citations` counts pairs of statement and reference, `embedded` the passages whose text was new. `failure` says why
    the file isn't stored: it failed, or has gaps and was to be refused then ("unsound"). `placement` says where its
    document belongs, None if it isn't stored. A "duplicate" has the same bytes as a file before it, which was stored.
    """

    file: str
    state: FileState
    document: str | None = None
    title: str | None = None
    references: int = 0
    citations: int = 0
    passages: int = 0
    embedded: int = 0
    integrity: Integrity | None = None
    failure: ErrorFacts | None = None
    placement: Placement | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_failure(cls, given: Any) -> Any:
        """Takes `error` for what it is, the line of `failure`; version 0.1 stored only the line."""
        if not isinstance(given, dict) or "error" not in given:
            return given
        line, fields = given["error"], {name: value for name, value in given.items() if name != "error"}
        return {"failure": {"subject": "", "reason": line} if line else None, **fields}

    @computed_field  # type: ignore[prop-decorator]
    @property
    def error(self) -> str | None:
        """The failure in one line."""
        return self.failure.line() if self.failure else None

    @property
    def is_stored(self) -> bool:
        """Whether the corpus holds the file's document."""
        return self.state in STORED

    def of_file(self, name: str) -> "FileOutcome":
        """The same outcome under another name of the file, which its failure then doesn't repeat."""
        failure = self.failure.about("") if self.failure else None
        return self.model_copy(update={"file": name, "failure": failure})


def failed(file: Path, facts: ErrorFacts) -> FileOutcome:
    """The outcome of a file that couldn't be read. Bytes of names that aren't UTF-8 are written as \\xff."""
    name = as_text(str(file))
    failure = ErrorFacts(name, as_text(facts.reason), as_text(facts.step), as_text(facts.cause))
    return FileOutcome(file=name, state="failed", failure=failure)
