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
from typing import Any, TextIO

from api.errors import AbsentError
from api.json_text import json_text
from api.storing import Outcome, Report, Shelf, store
from evqa.errors import BusyError, EvqaError
from index.folder import RECORDS, corpus_folder
from index.writer import writing

# Seconds that another writer of the corpus is waited for, and between two looks.
PATIENCE, PAUSE = 900.0, 0.5
NICENESS = 10
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


@dataclass
class Telling:
    """Tells of each file and step, and knows which documents were new; a Watch."""

    tell: Tell
    files: int = 0
    finished: int = 0
    fresh: list[str] = field(default_factory=list)

    def begin(self, files: int) -> None:
        """See Watch."""
        self.files, self.finished = files, 0

    def turn(self, path: Path) -> None:
        """See Watch."""
        self._read(path.name)

    def done(self, outcome: Outcome) -> None:
        """See Watch."""
        self.finished += 1
        if outcome.state == "new" and outcome.document:
            self.fresh.append(outcome.document)
        self._read(None)

    def stage(self, name: str, done: int, total: int) -> None:
        """What the writer does."""
        self.tell({"progress": {"state": "running", "stage": name, "done": done, "total": total}})

    def _read(self, file: str | None) -> None:
        counted = {"stage": "read", "done": self.finished, "total": self.files}
        self.tell({"progress": {"state": "running", **counted, "file": file}})


def carry_out(order: Order, tell: Tell, telling: Telling) -> dict[str, Any]:
    """Does what is ordered, once no other process writes the corpus, and returns what came of it.

    Raises BusyError when the other takes longer than the order's patience, AbsentError for a document that isn't there.
    """
    deadline = time.monotonic() + order.patience
    is_told = False
    while True:
        try:
            return _stored(order, telling) if order.paths else _removed(order)
        except BusyError as error:
            if time.monotonic() >= deadline:
                raise
            if not is_told:
                tell({"progress": {"state": "waiting", "error": str(error)}})
            is_told = True
            time.sleep(PAUSE)


def _stored(order: Order, telling: Telling) -> dict[str, Any]:
    shelf = Shelf(Path(order.home), order.corpus, order.model, order.allow_partial, keeps_failures=False)
    return {"outcomes": _told(store([Path(path) for path in order.paths], shelf, telling, telling.stage))}


def _told(report: Report) -> list[dict[str, Any]]:
    placed = {each.document: each for each in report.placements}
    known = [{item.name: getattr(each, item.name) for item in fields(each)} for each in report.outcomes]
    return [{**each, "placement": placed.get(each["document"])} for each in known]


def _removed(order: Order) -> dict[str, Any]:
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
        with writing(Path(order.home), order.corpus, order.model) as writer:
            for document in filter(writer.names, fresh):
                writer.remove(document)


@dataclass
class Ending:
    """Ends the work when the server says "cancel", or is gone: then its end of the line closes."""

    is_cancelled: bool = False

    def listen(self, line: TextIO) -> None:
        """Waits for the word in a thread."""
        threading.Thread(target=self._wait, args=(line,), daemon=True).start()

    def _wait(self, line: TextIO) -> None:
        self.is_cancelled = line.readline().strip() == "cancel"
        os.kill(os.getpid(), signal.SIGINT)


def main(orders: TextIO, told: TextIO) -> int:
    """Carries out the order on the first line of `orders`; tells, a line of JSON each, how it goes and ends."""

    def tell(what: dict[str, Any]) -> None:
        print(json_text(what), file=told, flush=True)

    os.nice(NICENESS)
    given = json.loads(orders.readline())
    order = Order(**{**given, "paths": tuple(given.get("paths", ()))})
    ending, telling = Ending(), Telling(tell)
    try:
        ending.listen(orders)
        report = carry_out(order, tell, telling)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        tell({"report": report})
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if ending.is_cancelled:
            undo(order, telling.fresh)
            tell({"cancelled": True})
    except EvqaError as error:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
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
