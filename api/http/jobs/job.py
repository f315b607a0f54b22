"""A job: files that were uploaded, on their way into a corpus; and how the process that stores them ended."""

from typing import Literal

from api.intake.outcome import Outcome
from evqa.errors import ErrorFacts
from evqa.model import Record

State = Literal["queued", "waiting", "running", "done", "failed", "cancelled"]
Stage = Literal["read", "embed", "index", "publish"]
UNFINISHED: frozenset[State] = frozenset(("queued", "waiting", "running"))


class Uploaded(Record):
    """A file as it came: its name, and how many bytes it has."""

    name: str
    bytes: int


class Job(Record):
    """Files on their way into a corpus.

    `state`: "waiting" while another process writes the corpus; "done" when at least one file is stored or was already,
    "failed" when none is, and `error` says why. `stage` is what is being done, `done` and `total` count its files
    ("read") or passages ("embed"), 0 where nothing is counted; `file` is the one whose turn it is. `outcomes` has each
    file when the job has ended, `documents` the ids of those that are in the corpus.
    """

    id: str
    corpus: str
    state: State = "queued"
    stage: Stage | None = None
    done: int = 0
    total: int = 0
    file: str | None = None
    allow_partial: bool = False
    created: str
    updated: str
    files: tuple[Uploaded, ...]
    outcomes: tuple[Outcome, ...] = ()
    documents: tuple[str, ...] = ()
    error: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in UNFINISHED


class Ended(Record):
    """How the process ended that stores files or removes a document, as it tells the server.

    `outcomes` has each file that was to be stored, under the name that it was uploaded with. `kind` is the class of the
    error that ended the work, "" without one, and `failure` tells of it; no path in it leads into the server's home.
    """

    outcomes: tuple[Outcome, ...] = ()
    is_cancelled: bool = False
    kind: str = ""
    failure: ErrorFacts | None = None


class Progress(Record):
    """What an event tells before the last: the fields of the job that change."""

    id: str
    state: State
    stage: Stage | None = None
    done: int = 0
    total: int = 0
    file: str | None = None
    error: str | None = None


def progress(job: Job) -> Progress:
    """The fields of a job that change while it runs."""
    return Progress(**{name: getattr(job, name) for name in Progress.model_fields})
