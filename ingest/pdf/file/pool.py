"""Read PDFs in forks of a process that stays, where the platform can fork (`warm.py`)."""

import atexit
import contextlib
import json
import os
import select
import subprocess
import threading
import time
from collections.abc import Sequence

from ingest.pdf.file.warm import END, HEAD

_IDLE = 2
_CHUNK = 1 << 16
_TAIL = 1 << 15
_FAREWELL = 2.0


class WarmProcess:
    """A process that forks a child for each file. It ends when its stdin is closed, with its parent at the latest."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        # A process that has stopped reading must not hold up the one that writes.
        os.set_blocking(self._process.stdin.fileno(), False)

    def read(self, data: bytes, patience: float) -> tuple[subprocess.CompletedProcess[bytes], float]:
        """Read a file; return how its child ended, and the child's processor time.

        Raises subprocess.TimeoutExpired after `patience` seconds, OSError if the process itself is gone; in both cases
        it must be ended.
        """
        end = time.monotonic() + patience
        self._send(len(data).to_bytes(HEAD), end, patience)
        for at in range(0, len(data), _CHUNK):
            self._send(data[at : at + _CHUNK], end, patience)
        answer, told = self._received(end, patience)
        code, seconds, words = json.loads(told)
        return subprocess.CompletedProcess(self._process.args, code, answer, words.encode()), seconds

    def _send(self, part: bytes, end: float, patience: float) -> None:
        """Write all of a part; the process may take less at a time, or nothing for a while."""
        assert self._process.stdin is not None
        sink, rest = self._process.stdin.fileno(), memoryview(part)
        while rest:
            self._wait(sink, select.POLLOUT, end, patience)
            with contextlib.suppress(BlockingIOError):
                rest = rest[os.write(sink, rest) :]

    def _received(self, end: float, patience: float) -> tuple[bytes, bytes]:
        """Return what the child wrote and the line behind it."""
        assert self._process.stdout is not None
        source, answer = self._process.stdout.fileno(), bytearray()
        while True:
            self._wait(source, select.POLLIN, end, patience)
            part = os.read(source, _CHUNK)
            if not part:
                raise BrokenPipeError("the process that opens PDFs is gone")
            answer += part
            at = answer.rfind(END, max(0, len(answer) - _TAIL)) if part.endswith(b"\n") else -1
            if at >= 0:
                return bytes(answer[:at]), bytes(answer[at + len(END) :])

    def _wait(self, pipe: int, event: int, end: float, patience: float) -> None:
        """Wait until a pipe is ready, or its other end closed. Raises subprocess.TimeoutExpired."""
        # Unlike select, poll knows descriptors above 1,023.
        waiting = select.poll()
        waiting.register(pipe, event)
        if not waiting.poll(max(0.0, end - time.monotonic()) * 1000):
            raise subprocess.TimeoutExpired(self._process.args, patience)

    def end(self) -> None:
        """End the process and the child that it may have."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def kill(self) -> None:
        """End the process at once; its child ends with it where the platform can."""
        self._process.kill()
        self.end()


class WarmPool:
    """The processes of one program: each reads one file at a time, and waits for the next."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[tuple[str, ...], WarmProcess]] = []
        self.seconds = 0.0
        atexit.register(self.close)
        # A fork of the program must not speak to the same processes.
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def read(self, command: Sequence[str], data: bytes, patience: float) -> subprocess.CompletedProcess[bytes]:
        """Read a file in a fork of a process started by a command.

        Raises subprocess.TimeoutExpired after `patience` seconds.
        """
        try:
            return self._read(tuple(command), self._taken(tuple(command)), data, patience)
        except OSError:
            # Somebody ended the process; the file isn't to blame before a second one ends as well.
            return self._read(tuple(command), WarmProcess(command), data, patience)

    def _read(
        self, command: tuple[str, ...], process: WarmProcess, data: bytes, patience: float
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            done, seconds = process.read(data, patience)
        except BaseException:
            process.kill()
            raise
        with self._lock:
            self.seconds += seconds
            is_kept = len(self._idle) < _IDLE
            if is_kept:
                self._idle.append((command, process))
        if not is_kept:
            process.end()
        return done

    def _taken(self, command: tuple[str, ...]) -> WarmProcess:
        with self._lock:
            for at, (own, process) in enumerate(self._idle):
                if own == command:
                    del self._idle[at]
                    return process
        return WarmProcess(command)

    def close(self) -> None:
        """End the processes that wait."""
        with self._lock:
            waiting, self._idle = self._idle, []
        for _, process in waiting:
            process.end()

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._idle = []
