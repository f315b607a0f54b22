"""A job: uploaded files on their way into a corpus, or references looked up. And how the process of it ended."""

from typing import Literal

from api.enrichment.enriching import EnrichReport
from api.intake.outcome import FileOutcome
from evqa.errors import ErrorFacts
from evqa.model import Record

State = Literal["queued", "waiting", "running", "done", "failed", "cancelled"]
Stage = Literal["read", "embed", "index", "publish", "look_up"]
UNFINISHED: frozenset[State] = frozenset(("queued", "waiting", "running"))


class Uploaded(Record):
    """An uploaded file: its name and its size in bytes."""

    name: str
    bytes: int


class Enrichment(Record):
    """That the references of a corpus are to be looked up; with their abstracts, and their open texts."""

    abstracts: bool = False
    texts: bool = False


class Job(Record):
    """Files on their way into a corpus; or, with `enrichment` and without files, its references looked up.

    `state` is "waiting" while another process writes the corpus, "done" if at least one file is stored or already was,
    "failed" if none is; then `error` says why. `stage` is the current step. `done` and `total` count its files
    ("read"), passages ("embed") or look-ups ("look_up"), and are 0 if nothing is counted. `file` is the current file,
    or the source that was asked. When the job has ended, `outcomes` has every file and `documents` the ids of those in
    the corpus. `strict`: files with gaps are refused;
    `ocr`: the text of scanned pages is recognised; `allow_partial` is what was sent, and does nothing any more.
    `enriched`: what the look-ups brought.
    """

    id: str
    corpus: str
    state: State = "queued"
    stage: Stage | None = None
    done: int = 0
    total: int = 0
    file: str | None = None
    strict: bool = False
    ocr: bool = False
    allow_partial: bool = False
    created: str
    updated: str
    files: tuple[Uploaded, ...]
    outcomes: tuple[FileOutcome, ...] = ()
    documents: tuple[str, ...] = ()
    enrichment: Enrichment | None = None
    enriched: EnrichReport | None = None
    error: str | None = None

    @property
    def has_ended(self) -> bool:
        """Whether the job has ended."""
        return self.state not in UNFINISHED


class Ended(Record):
    """How the process ended that stores files or removes a document, as it tells the server.

    `outcomes` has each file that was to be stored, under the name that it was uploaded with. `kind` is the class of the
    error that ended the work, "" without one, and `failure` tells of it; no path in it leads into the server's home.
    """

    outcomes: tuple[FileOutcome, ...] = ()
    enriched: EnrichReport | None = None
    is_cancelled: bool = False
    kind: str = ""
    failure: ErrorFacts | None = None


class Progress(Record):
    """An event before the last: the fields of the job that change."""

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
