"""Children that open PDFs."""

import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from ingest.pdf.file.process import library_path, run_child

PROBE = """
import sys

def main(library, *arguments):
    try:
        import pydantic
    except ModuleNotFoundError:
        print(library, *arguments, sys.stdin.read())
"""


@pytest.fixture
def probe(tmp_path: Path) -> ModuleType:
    """A module two folders deep that tells what it was given, unless it finds an installed package."""
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    (tmp_path / "outer" / "inner" / "probe.py").write_text(PROBE)
    module = ModuleType("outer.inner.probe")
    module.__file__ = str(tmp_path / "outer" / "inner" / "probe.py")
    return module


def test_a_child_runs_the_main_of_a_module(probe: ModuleType) -> None:
    """However deep the module lies, its `main` gets PDFium's path, the arguments and the bytes, and no packages."""
    done = run_child(probe, "letters", "2", data=b"bytes", patience=60)
    assert done.stdout.decode().split() == [library_path(), "letters", "2", "bytes"]
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_child_has_its_time(probe: ModuleType) -> None:
    """A child that isn't done in time is ended."""
    with pytest.raises(subprocess.TimeoutExpired):
        run_child(probe, data=b"", patience=0.001)
