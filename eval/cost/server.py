"""Run a server in a process of its own, and read its memory and processor time from Linux's /proc."""

import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from eval.cost.memory import PROC
from evqa.errors import EvqaError

LISTENING = re.compile(r"listening on http://([\w.]+):(\d+)")
STARTING, ENDING, PAUSE = 120.0, 60.0, 0.05
SERVER, BY_HAND = "the server", "run it by hand to see why"


class ServerProcess(NamedTuple):
    """A running server: its process id and its address."""

    process: int
    host: str
    port: int

    @property
    def seconds(self) -> float:
        """Processor time of all its threads so far, in seconds."""
        return processor_seconds(self.process)

    @property
    def megabytes(self) -> float:
        """Resident memory now, in MB of 10^6 bytes."""
        pages = int((PROC / str(self.process) / "statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor_seconds(process: int) -> float:
    """Seconds of processor time, user and system, that a process has used."""
    fields = (PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def busy_seconds() -> float:
    """Seconds that all cores together have worked since the machine started."""
    user, nice, system, _, _, hard, soft, *_ = (
        int(each) for each in (PROC / "stat").read_text(encoding="ascii").partition("\n")[0].split()[1:]
    )
    return (user + nice + system + hard + soft) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[ServerProcess]:
    """Start a server that prints its address on stderr, and end it by SIGTERM after the block.

    Raises EvqaError if there is no /proc, the server can't be started, or it doesn't end with code 0.
    """
    if not (PROC / "stat").is_file():
        raise EvqaError(PROC, "not found; memory and processor time are read from it", "measure on Linux")
    # A file instead of a pipe: the server writes a line for each request, and a pipe that nobody reads fills up.
    with NamedTemporaryFile() as log, _started(command, environment, log.fileno()) as process:
        path = Path(log.name)
        try:
            yield ServerProcess(process.pid, *_address(process, path))
            process.terminate()
            _check_end(process, path)
        finally:
            process.kill()


def _started(command: Sequence[str], environment: Mapping[str, str], log: int) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=log)
    except OSError as error:
        raise EvqaError(command[0], "can't be started", "install the project first", error.strerror) from error


def _address(process: "subprocess.Popen[bytes]", log: Path) -> tuple[str, int]:
    deadline = time.monotonic() + STARTING
    while process.poll() is None and time.monotonic() < deadline:
        if match := LISTENING.search(log.read_text(encoding="utf-8")):
            return match[1], int(match[2])
        time.sleep(PAUSE)
    raise EvqaError(SERVER, "doesn't listen", BY_HAND, _last_line(log))


def _check_end(process: "subprocess.Popen[bytes]", log: Path) -> None:
    try:
        code = process.wait(ENDING)
    except subprocess.TimeoutExpired as error:
        raise EvqaError(SERVER, f"still runs {ENDING:g} s after SIGTERM", BY_HAND, _last_line(log)) from error
    if code:
        raise EvqaError(SERVER, f"ended with {code}", BY_HAND, _last_line(log))


def _last_line(log: Path) -> str:
    return log.read_text(encoding="utf-8").strip().rpartition("\n")[2] or "it said nothing"
