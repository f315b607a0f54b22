"""Stores files in a corpus, removes or renames a document, or looks references up, in a process of its own. The server
runs this module as a program (`job_process`): so its memory stays free of the packages that embed in bulk, and
questions take priority."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO, TypeVar

from api.enrichment.enriching import Order, enrich
from api.errors import AbsentError, without_home
from api.http.jobs.job import Ended
from api.intake.outcome import FileOutcome
from api.intake.storing import Destination, store
from api.text.json_text import json_text
from evqa.errors import BusyError, EvqaError
from evqa.settings import Settings
from index.disk.folder import RECORDS, corpus_folder
from index.writer import writing

# Seconds to wait for another writer of the corpus, and between two tries.
PATIENCE, PAUSE = 900.0, 0.5
NICENESS = 10
Result = TypeVar("Result")
Send = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class WorkOrder:
    """The work: store `paths` in a corpus or, without paths, let a `document` be `removed` from it, give it a `title`,
    or look the references up.

    `enrichment`: the fields of `Enrichment`, and the settings by which sources are asked.
    `patience` is how many seconds to wait while another process writes the corpus.
    """

    home: str
    corpus: str
    model: str
    paths: tuple[str, ...] = ()
    document: str = ""
    title: str = ""
    removed: bool = False
    strict: bool = False
    ocr: bool = False
    patience: float = PATIENCE
    enrichment: Mapping[str, Any] = field(default_factory=dict)


class Cancelled(Exception):  # noqa: N818
    """When the server says "cancel"."""


@dataclass
class Ending:
    """Listens to the server: it may say "cancel"; its line closes when it stops or is gone."""

    is_cancelled: bool = False

    def listen(self, line: TextIO) -> None:
        """Listen in a thread. When the line closes, end the work at once, as Ctrl-C does."""
        threading.Thread(target=self._wait, args=(line,), daemon=True).start()

    def check(self) -> None:
        """Raise Cancelled if the server has cancelled."""
        if self.is_cancelled:
            raise Cancelled

    def _wait(self, line: TextIO) -> None:
        while word := line.readline():
            self.is_cancelled |= word.strip() == "cancel"
        os.kill(os.getpid(), signal.SIGINT)


@dataclass
class Reporter:
    """Reports each file and step to the server, and remembers which documents are new. A Watch.

    A cancelled job ends only here, between two files or steps, so that it is known what has to be removed again.
    """

    send: Send
    ending: Ending
    files: int = 0
    finished: int = 0
    is_waiting: bool = False
    fresh: list[str] = field(default_factory=list)

    def begin(self, files: int) -> None:
        """See Watch."""
        self.files, self.finished = files, 0

    def turn(self, path: Path) -> None:
        """See Watch."""
        self.ending.check()
        self._read(path.name)

    def done(self, outcome: FileOutcome) -> None:
        """See Watch."""
        self.finished += 1
        if outcome.state == "new" and outcome.document:
            self.fresh.append(outcome.document)
        self.ending.check()
        self._read(None)

    def stage(self, name: str, done: int, total: int) -> None:
        """Report what the writer does."""
        self.ending.check()
        self.send({"progress": {"state": "running", "stage": name, "done": done, "total": total}})

    def waiting(self, error: BusyError) -> None:
        """Report, once, that another process is writing the corpus."""
        self.ending.check()
        if not self.is_waiting:
            self.send({"progress": {"state": "waiting", "error": error.facts.line()}})
        self.is_waiting = True

    def _read(self, file: str | None) -> None:
        counted = {"stage": "read", "done": self.finished, "total": self.files}
        self.send({"progress": {"state": "running", **counted, "file": file}})


def carry_out(order: WorkOrder, reporter: Reporter) -> Ended:
    """Do the work as soon as no other process writes the corpus.

    Raises BusyError if that takes longer than the order's patience, AbsentError for a document that isn't there.
    """
    work = _enriched if order.enrichment else _stored if order.paths else _changed
    return when_free(lambda: work(order, reporter), order.patience, reporter.waiting)


def when_free(work: Callable[[], Result], patience: float, waiting: Callable[[BusyError], None]) -> Result:
    """The result of the work. While it raises BusyError, `waiting` is called and the work tried again."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return work()
        except BusyError as error:
            if time.monotonic() >= deadline:
                raise
            waiting(error)
            time.sleep(PAUSE)


def _stored(order: WorkOrder, reporter: Reporter) -> Ended:
    home = Path(order.home)
    destination = Destination(home, order.corpus, order.model, order.strict, keeps_failures=False, ocr=order.ocr)
    report = store([Path(path) for path in order.paths], destination, reporter, reporter.stage)
    return Ended(outcomes=tuple(outcome.of_file(Path(outcome.file).name) for outcome in report.outcomes))


def _changed(order: WorkOrder, _: Reporter) -> Ended:
    """Remove a document, or rename it."""
    home = Path(order.home)
    if not (corpus_folder(home, order.corpus) / RECORDS).exists():
        raise AbsentError(f"no corpus {order.corpus!r}", "it isn't there", "GET /v1/corpora names those that are")
    with writing(home, order.corpus, order.model) as writer:
        if not writer.names(order.document):
            reason = f"corpus {order.corpus!r} doesn't hold it"
            raise AbsentError(f"no document {order.document!r}", reason, "GET the corpus for all")
        if order.removed:
            writer.remove(order.document)
        else:
            writer.rename(order.document, order.title)
    return Ended()


@dataclass
class LookUpReporter:
    """Reports look-ups to the server. A Watch of `enrich`: a cancelled job ends here, and keeps what was answered."""

    reporter: Reporter
    works: int = 0
    finished: int = 0

    def begin(self, works: int) -> None:
        """See Watch."""
        self.works = works
        self._send()

    def extend(self, works: int) -> None:
        """See Watch."""
        self.works += works
        self._send()

    def done(self, source: str, works: int) -> None:
        """See Watch."""
        self.finished += works
        self._send(source)

    def _send(self, source: str | None = None) -> None:
        self.reporter.ending.check()
        counted = {"stage": "look_up", "done": self.finished, "total": self.works}
        self.reporter.send({"progress": {"state": "running", **counted, "file": source}})


def _enriched(order: WorkOrder, reporter: Reporter) -> Ended:
    chosen = dict(order.enrichment)
    abstracts, texts = chosen.pop("abstracts"), chosen.pop("texts")
    settings = Settings(home=order.home, model=order.model, **chosen)
    wanted = Order(order.corpus, settings, abstracts, texts)
    return Ended(enriched=enrich(wanted, LookUpReporter(reporter), reporter.stage))


def undo(order: WorkOrder, fresh: list[str]) -> None:
    """Remove the documents that were stored new."""
    if fresh:
        when_free(lambda: _taken_out(order, fresh), order.patience, lambda _: None)


def _taken_out(order: WorkOrder, fresh: list[str]) -> None:
    with writing(Path(order.home), order.corpus, order.model) as writer:
        for document in filter(writer.names, fresh):
            writer.remove(document)


def _ended(order: WorkOrder, reporter: Reporter) -> Ended:
    try:
        try:
            return carry_out(order, reporter)
        except Cancelled:
            undo(order, reporter.fresh)
            return Ended(is_cancelled=True)
    except EvqaError as error:
        return Ended(kind=type(error).__name__, failure=without_home(error.facts, Path(order.home)))


def main(orders: TextIO, reports: TextIO) -> int:
    """Do the work in the first line of `orders`. Report progress and the end in lines of JSON to `reports`."""

    def send(message: dict[str, Any]) -> None:
        print(json_text(message), file=reports, flush=True)

    os.nice(NICENESS)
    fields = json.loads(orders.readline())
    order = WorkOrder(**{**fields, "paths": tuple(fields.get("paths", ()))})
    reporter = Reporter(send, Ending())
    reporter.ending.listen(orders)
    try:
        send({"ended": _ended(order, reporter)})
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    # Packages may print: send that to stderr, stdout is the line to the server.
    line = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    with suppress(BrokenPipeError):
        main(sys.stdin, line)
    # The normal exit would wait for the thread that reads stdin.
    sys.stderr.flush()
    os._exit(0)
