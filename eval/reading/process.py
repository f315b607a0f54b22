"""Read files in a process of its own, and measure the result, the time and the memory from outside.

The process answers each line of JSON with one line of JSON. If it takes too long, it is killed with all its children.
POSIX only.
"""

import contextlib
import importlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Literal, Self

from eval.cost.memory import forget_peak, peak_of
from evqa.errors import InputError
from evqa.model import Document, Record
from ingest.pdf.file.process import WARM

READER = "ingest.reader:read"
GLANCE = 0.05
Outcome = Literal["read", "refused", "crashed", "died", "hung"]


class TimedReading(Record):
    """The result of reading a file.

    `outcome` is "refused" for an InputError of one line, "crashed" for any other error, "died" if the process ended,
    "hung" if it took too long. `seconds` is wall time, `cpu` the processor time including ended children. `megabytes`
    (10^6 bytes) is the largest resident memory of the process and its children together.
    """

    outcome: Outcome
    message: str = ""
    seconds: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0
    document: Document | None = None


class ReadingProcess:
    """A process that reads files one after the other; it is started again if a file ended it.

    `reader` is "module:function", a function from a path to a Document. `limit` is in seconds for each file. With
    `keep`, readings hold the document.
    """

    def __init__(self, limit: float, reader: str = READER, keep: bool = True) -> None:
        self._limit = limit
        self._reader = reader
        self._keep = keep
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 – closed in close()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process and all its children."""
        self._end()
        self._errors.close()

    def read(self, path: Path) -> TimedReading:
        """Read a file. Raises ImportError if the reader can't be loaded."""
        process = self._started()
        assert process.stdin is not None
        request = json.dumps({"path": os.fspath(path), "keep": self._keep})
        before = time.perf_counter()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(request.encode() + b"\n")
            process.stdin.flush()
        answer, peak = self._answer(process)
        if answer is None:
            return self._lost(time.perf_counter() - before, peak)
        reading = TimedReading.model_validate(answer)
        return reading.model_copy(update={"megabytes": max(peak / 1e6, reading.megabytes)})

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "eval.reading.process", self._reader]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=self._errors, start_new_session=True
            )
            if not (self._process.stdout and self._process.stdout.readline()):
                self._process.wait()
                raise ImportError(f"{self._reader} can't be loaded ({self._last_words()}): name a MODULE:FUNCTION")
        return self._process

    def _answer(self, process: subprocess.Popen[bytes]) -> tuple[Mapping[str, Any] | None, int]:
        """The answer, or None if none came in time, and the peak memory meanwhile, in bytes."""
        assert process.stdout is not None
        ends, peak, line = time.monotonic() + self._limit, 0, b""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while time.monotonic() < ends:
                if selector.select(GLANCE):
                    chunk = os.read(process.stdout.fileno(), 1 << 20)
                    line += chunk
                    if not chunk or line.endswith(b"\n"):
                        break
                peak = max(peak, peak_of(process.pid))
        return (json.loads(line) if line.endswith(b"\n") else None), peak

    def _lost(self, seconds: float, peak: int) -> TimedReading:
        """The result for a file that got no answer."""
        assert self._process is not None
        if seconds >= self._limit:
            outcome, message = "hung", f"no answer within {self._limit:g} s"
        else:
            status = self._process.wait()
            outcome, message = "died", f"exit status {status}: {self._last_words()}"
        self._end()
        return TimedReading.model_validate(
            {"outcome": outcome, "message": message, "seconds": seconds, "megabytes": peak / 1e6}
        )

    def _last_words(self) -> str:
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - 2000))
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "it said nothing")

    def _end(self) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        self._process.wait()
        self._process = None


class ReadingProcesses:
    """So many reading processes, shared by threads: each read waits for a free one."""

    def __init__(self, jobs: int, limit: float, reader: str = READER, keep: bool = True) -> None:
        self._processes = [ReadingProcess(limit, reader, keep) for _ in range(jobs)]
        self._free: SimpleQueue[ReadingProcess] = SimpleQueue()
        for process in self._processes:
            self._free.put(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in self._processes:
            process.close()

    def read(self, path: Path) -> TimedReading:
        """Read a file in a free process. Raises ImportError if the reader can't be loaded."""
        process = self._free.get()
        try:
            return process.read(path)
        finally:
            self._free.put(process)


def load_reader(name: str) -> Callable[[Path], Document]:
    """Load the function "module:function". Raises ImportError or AttributeError if there is none."""
    module, _, function = name.partition(":")
    found: Callable[[Path], Document] = getattr(importlib.import_module(module), function)
    return found


def attempt(reader: Callable[[Path], Document], path: Path, keep: bool) -> TimedReading:
    """Read a file in this process; every error becomes an outcome."""
    forget_peak()
    wall, cpu = time.perf_counter(), _cpu()
    document, outcome, message = None, "read", ""
    try:
        document = reader(path)
    except InputError as error:
        outcome, message = _refusal(str(error))
    except Exception as error:
        outcome, message = "crashed", _crash(error)
    spent = {"seconds": time.perf_counter() - wall, "cpu": _cpu() - cpu, "megabytes": peak_of(os.getpid()) / 1e6}
    kept = document if keep else None
    return TimedReading.model_validate({"outcome": outcome, "message": message, "document": kept, **spent})


def _refusal(message: str) -> tuple[str, str]:
    """An InputError must be one line that says something; otherwise it counts as a crash."""
    if message.strip() and len(message.splitlines()) == 1:
        return "refused", message
    return "crashed", f"InputError without one line of message: {message!r:.200}"


def _crash(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    ours = next(
        (f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames) if "site-packages" not in f.filename), at
    )
    return f"{type(error).__name__} at {ours}: {error!s:.200}"


def _cpu() -> float:
    try:
        import resource
    except ImportError:  # Windows counts no ended children
        return time.process_time()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    # The forks in which PDFs are read are children of a child that goes on.
    return sum(one.ru_utime + one.ru_stime for one in used) + WARM.seconds


def serve(reader: Callable[[Path], Document], requests: IO[str], answers: IO[str]) -> None:
    """Answer each request line {"path", "keep"} with a reading as a line of JSON, after a first line "ready"."""
    print("ready", file=answers, flush=True)
    for line in requests:
        request = json.loads(line)
        reading = attempt(reader, Path(request["path"]), request["keep"])
        print(reading.model_dump_json(), file=answers, flush=True)


def _own_output() -> IO[str]:
    """Reserve standard output for answers; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    with _own_output() as output:
        serve(load_reader(sys.argv[1]), sys.stdin, output)
