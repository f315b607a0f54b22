"""Reads files in several processes at once and returns them in their order.

A standard pool can't end the process of one file, for its time or its memory, and go on with the others.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path

from api.intake.outcome import failed
from api.intake.reading import FileReading, can_bound, reading
from api.text.terminal import say
from evqa.errors import ErrorFacts

SECONDS = 120.0
# Recognising a page of a scan takes some 5 s.
OCR_SECONDS = 3600.0
MEMORY = 2 << 30
# Files a worker has in flight: read or being read, but not yet taken.
AHEAD = 2


@dataclass(frozen=True)
class Task:
    """A file to read, the name of its source, and whether to recognise the text of scanned pages."""

    path: Path
    name: str
    ocr: bool = False


@dataclass
class _Worker:
    """A process with its connection, and the place and task that it works on."""

    process: "subprocess.Popen[bytes]"
    line: Connection
    place: int = -1
    task: Task | None = None
    since: float = 0.0


@dataclass
class Workers:
    """At most `jobs` processes, started when they are needed.

    A file fails if reading it takes more than `seconds` or more than `memory` bytes of address space, or if its
    process dies. The other files are still read.
    """

    jobs: int
    seconds: float = SECONDS
    memory: int = MEMORY
    _workers: list[_Worker] = field(default_factory=list)

    def __enter__(self) -> "Workers":
        if not can_bound():
            say("this system can't bound the memory of a process: take only files that you trust")
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    @property
    def processes(self) -> list[int]:
        """Ids of the processes that are running."""
        return [worker.process.pid for worker in self._workers]

    def readings(self, tasks: Iterable[Task | None]) -> Iterator[FileReading | None]:
        """The reading of each task, in order; None for a task that is None. Only a few are in memory at a time."""
        if sys.platform == "win32":  # there a process can't be given a pipe by its number: read here, one by one
            yield from (reading(task.path, task.name, task.ocr) if task else None for task in tasks)
            return
        coming = enumerate(tasks)
        done: dict[int, FileReading | bytes | None] = {}
        taken, given = 0, 0
        while True:
            while given - taken < AHEAD * self.jobs and (following := next(coming, None)) is not None:
                given += 1
                self._give(*following, done)
            if taken == given:
                return
            while taken not in done:
                self._collect(done)
            yield _understood(done.pop(taken))
            taken += 1

    def _give(self, place: int, task: Task | None, done: "dict[int, FileReading | bytes | None]") -> None:
        if task is None:
            done[place] = None
            return
        while (idle := self._idle()) is None:
            self._collect(done)
        idle.place, idle.task, idle.since = place, task, time.monotonic()
        # If the process has just died, no answer comes, and `_answer` reports that.
        with suppress(OSError):
            idle.line.send((task.path, task.name, task.ocr))

    def _idle(self) -> _Worker | None:
        for worker in [worker for worker in self._workers if worker.task is None]:
            if worker.process.poll() is None:
                return worker
            self._workers.remove(worker)
            _end(worker)
        if len(self._workers) == self.jobs:
            return None
        self._workers.append(_started(self.memory))
        return self._workers[-1]

    def _collect(self, done: "dict[int, FileReading | bytes | None]") -> None:
        """Wait until a worker answers, dies or runs out of time."""
        busy = [worker for worker in self._workers if worker.task is not None]
        left = min(worker.since for worker in busy) + self.seconds - time.monotonic()
        ready = wait([worker.line for worker in busy], max(0.0, left))
        for worker in busy:
            if worker.line in ready:
                done[worker.place] = self._answer(worker)
            elif time.monotonic() - worker.since > self.seconds:
                done[worker.place] = self._lost(worker, f"reading it takes longer than {self.seconds:g} s")
            else:
                continue
            worker.task = None

    def _answer(self, worker: _Worker) -> FileReading | bytes:
        try:
            return worker.line.recv_bytes()
        except (EOFError, OSError):
            return self._lost(worker, "the process that read it died")

    def _lost(self, worker: _Worker, reason: str) -> FileReading:
        self._workers.remove(worker)
        _end(worker)
        path = worker.task.path if worker.task else Path()
        facts = ErrorFacts(path, reason, "mend the file or split it, then ingest it again")
        return FileReading(failed=failed(path, facts))


def _understood(answer: FileReading | bytes | None) -> FileReading | None:
    return FileReading.model_validate_json(answer) if isinstance(answer, bytes) else answer


def _started(memory: int) -> _Worker:
    """A process that imports only readers, in its own process group, so that Ctrl-C reaches the parent alone."""
    ours, theirs = Pipe()
    with theirs:
        # -P: don't search the user's working folder for modules.
        command = [sys.executable, "-P", "-m", "api.intake.reading", str(theirs.fileno()), str(memory)]
        process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=_environment(sys.path),
            process_group=0,
        )
    return _Worker(process, ours)


def _environment(path: Sequence[str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))}


def _end(worker: _Worker) -> None:
    worker.line.close()
    worker.process.kill()
    worker.process.wait()
