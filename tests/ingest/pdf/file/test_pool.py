"""Processes that fork a child for each file."""

import os
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.pdf.file.extract import extract
from ingest.pdf.file.pool import WarmPool
from ingest.pdf.file.process import WARM
from tests.ingest.pdf.written import paged, shown

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks")
# Answers with what it was given, and tells its own number.
SCRIPT = """
import os, sys
while len(head := sys.stdin.buffer.read(8)) == 8:
    data = sys.stdin.buffer.read(int.from_bytes(head))
    if data == b"die":
        os._exit(3)
    if data == b"sleep":
        import time
        time.sleep(60)
    sys.stdout.buffer.write(b"%d %s" % (os.getpid(), data) + b'\\n\\0[0, 0.5, "words"]\\n')
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """A process that speaks like `warm.py`."""
    (tmp_path / "warm.py").write_text(SCRIPT)
    return [sys.executable, str(tmp_path / "warm.py")]


def test_a_process_is_used_again(command: list[str]) -> None:
    """Files that come one after the other are read by one process; its children's time is added up."""
    pool = WarmPool()
    one, other = (pool.read(command, data, 60) for data in (b"one", b"other" * 100_000))
    pool.close()
    assert one.stdout.split()[1] == b"one"
    assert one.stdout.split()[0] == other.stdout.split()[0]
    assert (one.returncode, one.stderr, pool.seconds) == (0, b"words", 1.0)


def test_files_at_a_time_have_processes_of_their_own(command: list[str]) -> None:
    """Threads that read at the same time never share a process, and each gets its own answer."""
    pool = WarmPool()
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda i: pool.read(command, b"file %d" % i, 60), range(12)))
    pool.close()
    assert [one.stdout.split(maxsplit=1)[1] for one in done] == [b"file %d" % i for i in range(12)]


def test_a_process_out_of_time_is_ended(command: list[str]) -> None:
    """A file that takes too long costs its process; the next file gets a new one."""
    pool = WarmPool()
    with pytest.raises(subprocess.TimeoutExpired):
        pool.read(command, b"sleep", 0.5)
    assert pool.read(command, b"next", 60).stdout.endswith(b"next")
    pool.close()


def test_a_process_that_reads_nothing_is_ended(tmp_path: Path) -> None:
    """Time runs out for a process that doesn't take the file, too, although the pipe to it is full."""
    (tmp_path / "deaf.py").write_text("import time\ntime.sleep(60)\n")
    pool = WarmPool()
    with pytest.raises(subprocess.TimeoutExpired):
        pool.read([sys.executable, str(tmp_path / "deaf.py")], b"x" * 1_000_000, 0.5)
    pool.close()


def test_a_program_with_many_open_files_reads(command: list[str]) -> None:
    """Pipes whose descriptors are above 1,023 are waited for like others."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2_000:
        pytest.skip("too few open files allowed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2_000), hard))
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(1_030)]
    try:
        pool = WarmPool()
        assert pool.read(command, b"far", 60).stdout.endswith(b"far")
        pool.close()
    finally:
        for one in opened:
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_process_that_is_gone_is_replaced(command: list[str]) -> None:
    """If the process ends, the file is tried once more in a new one; a second end is an error."""
    pool = WarmPool()
    with pytest.raises(OSError, match="gone"):
        pool.read(command, b"die", 60)
    assert pool.read(command, b"next", 60).stdout.endswith(b"next")
    pool.close()


def test_damage_stays_with_its_file() -> None:
    """A file that ends its child doesn't reach the next one, which the same process reads."""
    sound = paged(shown(b"Ordinary words stand here"))
    spent = WARM.seconds
    for data in (sound, b"%PDF-1.4\n" + b"[" * 200_000, sound):
        try:
            found = [run.text for run in extract(data, "paper.pdf")[0].runs]
        except Exception as error:
            found = [type(error).__name__]
        assert found == (["Ordinary words stand here"] if data is sound else ["InputError"])
    assert WARM.seconds > spent
