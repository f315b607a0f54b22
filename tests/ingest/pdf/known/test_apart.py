"""The fork in which pypdf reads."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import sys
from ingest.pdf.known.apart import knowledge
knowledge(b"/Annots", sys.argv[1])
"""
# Tells its process, and hangs.
HANGING = """
import os, sys, time
from pathlib import Path
(Path(__file__).parent / "number.new").write_text(str(os.getpid()))
os.rename(Path(__file__).parent / "number.new", Path(__file__).parent / "number")
time.sleep(120)
"""


def is_running(process: int) -> bool:
    """Tell whether a process is there and isn't just waiting to be asked how it ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms can't")
def test_the_fork_ends_with_its_parent(tmp_path: Path) -> None:
    """If the process that opens PDFs is killed, the fork that reads beside it doesn't stay behind."""
    package = tmp_path / "pypdf"
    package.mkdir()
    (package / "__init__.py").write_text(HANGING)
    with subprocess.Popen([sys.executable, "-c", SCRIPT, str(package)]) as parent:
        while not (package / "number").exists() and parent.poll() is None:
            time.sleep(0.05)
        fork = int((package / "number").read_text())
        assert is_running(fork)
        parent.kill()
    tries = 0
    while is_running(fork) and tries < 100:
        time.sleep(0.05)
        tries += 1
    assert not is_running(fork)
