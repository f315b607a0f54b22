"""A job: files that were uploaded, on their way into a corpus."""

from typing import Literal

from api.intake.storing import State as FileState
from evqa.model import Integrity, Placement, Record

State = Literal["queued", "waiting", "running", "done", "failed", "cancelled"]
Stage = Literal["read", "embed", "index", "publish"]
UNFINISHED: frozenset[State] = frozenset(("queued", "waiting", "running"))


class Uploaded(Record):
    """A file as it came: its name, and how many bytes it has."""

    name: str
    bytes: int


class Stored(Record):
    """What became of one file, as `evqa ingest --json` tells it; `placement`: where its document belongs."""

    file: str
    state: FileState
    document: str | None = None
    title: str | None = None
    references: int = 0
    citations: int = 0
    passages: int = 0
    embedded: int = 0
    integrity: Integrity | None = None
    error: str | None = None
    placement: Placement | None = None


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
    outcomes: tuple[Stored, ...] = ()
    documents: tuple[str, ...] = ()
    error: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in UNFINISHED


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
