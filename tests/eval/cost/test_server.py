"""A server is started, watched and ended; what it costs is its own."""

import os
import sys
from pathlib import Path

import pytest

from eval.cost import server as load_server
from eval.cost.server import busy_seconds, processor_seconds, serving
from evqa.errors import EvqaError

LISTENS = """
import signal, sys, time
ballast = b"x" * 150_000_000
sum(range(10_000_000))
print("ready: listening on http://127.0.0.1:4711; stop with Ctrl-C", file=sys.stderr, flush=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit({code}))
while True:
    time.sleep(0.01)
"""
linux = pytest.mark.skipif(not Path("/proc/stat").is_file(), reason="processor time is read from /proc")


def server(code: int = 0) -> list[str]:
    """Takes memory and processor time, says where it listens, and ends with the code."""
    return [sys.executable, "-c", LISTENS.format(code=code)]


@linux
def test_memory_and_time_are_the_servers() -> None:
    """Address, memory and processor time are those of the process; all cores together worked longer than it did."""
    with serving(server(), os.environ) as found:
        assert (found.host, found.port) == ("127.0.0.1", 4711)
        assert 150 < found.megabytes < 300
        assert 0 < found.seconds == processor_seconds(found.process) <= busy_seconds()


@pytest.mark.slow
@linux
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (server(code=7), "ended with 7"),
        ([sys.executable, "-c", "raise SystemExit('no such corpus')"], r"doesn't listen \(no such corpus\)"),
        (["/none/evqa"], r"/none/evqa: can't be started \(No such file"),
    ],
)
def test_a_server_that_fails_is_one_line(command: list[str], words: str) -> None:
    """What it said last, or its exit code, is in the message."""
    with pytest.raises(EvqaError, match=words) as raised, serving(command, os.environ):
        pass
    assert "\n" not in str(raised.value)


def test_elsewhere_than_on_linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without /proc nothing is started, and one line says why."""
    monkeypatch.setattr(load_server, "PROC", tmp_path)
    with pytest.raises(EvqaError, match="measure on Linux"), serving(server(), os.environ):
        pass
