"""Stores files in a corpus, or removes a document, in a process of its own: the packages that embed in bulk never come
into the server's memory, and asks go before it. The server runs this file as a program (`job_process`)."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TextIO, TypeVar

from api.errors import AbsentError
from api.intake.storing import Outcome, Report, Shelf, store
from api.text.json_text import json_text
from evqa.errors import BusyError, EvqaError
from index.disk.folder import RECORDS, corpus_folder
from index.writer import writing

# Seconds that another writer of the corpus is waited for, and between two looks.
PATIENCE, PAUSE = 900.0, 0.5
NICENESS = 10
Result = TypeVar("Result")
Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Order:
    """What is to be done: `paths` stored in a corpus, or, without any, a `document` removed from it.

    `patience`: seconds that another process that writes the corpus is waited for.
    """

    home: str
    corpus: str
    model: str
    paths: tuple[str, ...] = ()
    document: str = ""
    allow_partial: bool = False
    patience: float = PATIENCE


class Cancelled(Exception):  # noqa: N818
    """When the server has said "cancel"."""


@dataclass
class Ending:
    """What the server says meanwhile: "cancel", or nothing more, because it stops or is gone; then the line closes."""

    is_cancelled: bool = False

    def listen(self, line: TextIO) -> None:
        """Waits for it in a thread; ends the work at once, as Ctrl-C would, when the line closes."""
        threading.Thread(target=self._wait, args=(line,), daemon=True).start()

    def check(self) -> None:
        """Raises Cancelled once that is said."""
        if self.is_cancelled:
            raise Cancelled

    def _wait(self, line: TextIO) -> None:
        while word := line.readline():
            self.is_cancelled |= word.strip() == "cancel"
        os.kill(os.getpid(), signal.SIGINT)


@dataclass
class Telling:
    """Tells of each file and step, and knows which documents were new; a Watch.

    Here alone a cancelled job ends: between what is stored and what isn't, so that it is known what to take out again.
    """

    tell: Tell
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

    def done(self, outcome: Outcome) -> None:
        """See Watch."""
        self.finished += 1
        if outcome.state == "new" and outcome.document:
            self.fresh.append(outcome.document)
        self.ending.check()
        self._read(None)

    def stage(self, name: str, done: int, total: int) -> None:
        """What the writer does."""
        self.ending.check()
        self.tell({"progress": {"state": "running", "stage": name, "done": done, "total": total}})

    def waiting(self, why: str) -> None:
        """Another process writes the corpus."""
        self.ending.check()
        if not self.is_waiting:
            self.tell({"progress": {"state": "waiting", "error": why}})
        self.is_waiting = True

    def _read(self, file: str | None) -> None:
        counted = {"stage": "read", "done": self.finished, "total": self.files}
        self.tell({"progress": {"state": "running", **counted, "file": file}})


def carry_out(order: Order, telling: Telling) -> dict[str, Any]:
    """Does what is ordered, once no other process writes the corpus, and returns what came of it.

    Raises BusyError when the other takes longer than the order's patience, AbsentError for a document that isn't there.
    """
    work = _stored if order.paths else _removed
    return when_free(lambda: work(order, telling), order.patience, telling.waiting)


def when_free(work: Callable[[], Result], patience: float, waiting: Callable[[str], None]) -> Result:
    """What the work gives, tried again while it raises BusyError, for so many seconds; `waiting` is told of each."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return work()
        except BusyError as error:
            if time.monotonic() >= deadline:
                raise
            waiting(str(error))
            time.sleep(PAUSE)


def _stored(order: Order, telling: Telling) -> dict[str, Any]:
    shelf = Shelf(Path(order.home), order.corpus, order.model, order.allow_partial, keeps_failures=False)
    return {"outcomes": _told(store([Path(path) for path in order.paths], shelf, telling, telling.stage))}


def _told(report: Report) -> list[dict[str, Any]]:
    placed = {each.document: each for each in report.placements}
    known = [{item.name: getattr(each, item.name) for item in fields(each)} for each in report.outcomes]
    return [{**each, "placement": placed.get(each["document"])} for each in known]


def _removed(order: Order, _: Telling) -> dict[str, Any]:
    home = Path(order.home)
    if not (corpus_folder(home, order.corpus) / RECORDS).exists():
        raise AbsentError(f"no corpus {order.corpus!r}; GET /v1/corpora names them")
    with writing(home, order.corpus, order.model) as writer:
        if not writer.names(order.document):
            raise AbsentError(f"no document {order.document!r} in corpus {order.corpus!r}; GET the corpus for all")
        return {"removed": writer.remove(order.document)}


def undo(order: Order, fresh: list[str]) -> None:
    """Takes out again what was stored new."""
    if fresh:
        when_free(lambda: _taken_out(order, fresh), order.patience, lambda _: None)


def _taken_out(order: Order, fresh: list[str]) -> None:
    with writing(Path(order.home), order.corpus, order.model) as writer:
        for document in filter(writer.names, fresh):
            writer.remove(document)


def _ended(order: Order, telling: Telling) -> dict[str, Any]:
    try:
        return {"report": carry_out(order, telling)}
    except Cancelled:
        undo(order, telling.fresh)
        return {"cancelled": True}


def main(orders: TextIO, told: TextIO) -> int:
    """Carries out the order on the first line of `orders`; tells, a line of JSON each, how it goes and ends."""

    def tell(what: dict[str, Any]) -> None:
        print(json_text(what), file=told, flush=True)

    os.nice(NICENESS)
    given = json.loads(orders.readline())
    order = Order(**{**given, "paths": tuple(given.get("paths", ()))})
    telling = Telling(tell, Ending())
    telling.ending.listen(orders)
    try:
        tell(_ended(order, telling))
    except KeyboardInterrupt:
        return 0
    except EvqaError as error:
        tell({"failed": {"kind": type(error).__name__, "detail": str(error)}})
    return 0


if __name__ == "__main__":
    # What a package prints goes to stderr: stdout is the line to the server.
    line = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    with suppress(BrokenPipeError):
        main(sys.stdin, line)
    # Not through the interpreter's own end, which would wait for the thread that reads stdin.
    sys.stderr.flush()
    os._exit(0)
