"""Every error that evqa raises on purpose, and its facts. `api/errors.py` turns them into exit codes."""

from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class ErrorFacts:
    """What an error tells: the value at fault, why, and what to do next. `cause` is what the system or a package says.

    `subject` names the value in a few words, or is the path itself; it is "" where whoever shows the facts has named
    the value already.
    """

    subject: str | Path
    reason: str
    step: str = ""
    cause: str = ""

    def line(self) -> str:
        """The facts as one text: "SUBJECT: REASON (CAUSE); STEP", without what is empty."""
        subject, cause = str(self.subject), f" ({self.cause})" if self.cause else ""
        return f"{f'{subject}: ' if subject else ''}{self.reason}{cause}{f'; {self.step}' if self.step else ''}"

    def about(self, subject: str | Path) -> "ErrorFacts":
        """The same facts about a value under another name."""
        return replace(self, subject=subject)


class EvqaError(Exception):
    """Root of the tree: raised near the cause, with the value at fault, the reason and the next step."""

    def __init__(self, subject: str | Path, reason: str, step: str, cause: str | None = None) -> None:
        super().__init__(subject, reason, step, cause)
        self.facts = ErrorFacts(subject, reason, step, cause or "")

    def __str__(self) -> str:
        return self.facts.line()


class UsageError(EvqaError):
    """When an argument, a setting or a question can't be used as given."""


class InputError(EvqaError):
    """When a file can't be read: missing, empty, wrongly encoded, encrypted, damaged, without text, too large."""


class MarkerError(EvqaError):
    """When a printed marker can't be expanded to numbers."""


class RangeError(MarkerError):
    """When a marker has a range that spans too much."""


class BackwardsError(RangeError):
    """When a marker has a range that runs backwards."""


class IntegrityError(EvqaError):
    """When a document's numbering or markers aren't sound, and such documents were to be refused."""


class CorpusError(EvqaError):
    """When a stored corpus can't be opened: it doesn't exist or its records are damaged."""


class BusyError(CorpusError):
    """When another process is writing the corpus."""


class StorageError(CorpusError):
    """When the disk refuses: full, read-only, not permitted."""


class ModelError(EvqaError):
    """When an embedding model can't be had or loaded."""


class ExtraError(EvqaError):
    """When a command needs packages of an extra that isn't installed."""
