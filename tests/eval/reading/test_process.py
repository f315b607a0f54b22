"""Files read in a process of their own, and what is told of those that end badly."""

from pathlib import Path

import pytest

from eval.cost.memory import peak_of
from eval.reading.process import ReadingProcess, TimedReading, attempt
from evqa.errors import InputError
from evqa.model import Document
from ingest.reader import read

BAD_READER = '''"""A reader that does what the file says."""
import os, subprocess, sys, time
from evqa.errors import InputError

def read(path):
    order = path.read_text()
    if order == "sleep":
        time.sleep(60)
    if order == "die":
        print("the end is near", file=sys.stderr, flush=True)
        os.abort()
    if order == "grow":
        filled = bytearray(b"1" * 250_000_000)
        time.sleep(0.2)
        del filled
    if order == "child":
        subprocess.run([sys.executable, "-c", "import time; a = bytearray(b'1' * 250_000_000); time.sleep(0.2)"])
    if order == "refuse":
        raise InputError(path, "two\\nlines", "mend it")
    if order == "print":
        print("to the output")
    if order == "break":
        raise KeyError("lost")
'''


@pytest.fixture
def bad_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a reader that obeys its files."""
    (tmp_path / "obedient.py").write_text(BAD_READER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "obedient:read"


def ordered(folder: Path, order: str) -> Path:
    path = folder / f"{order}.md"
    path.write_text(order, encoding="utf-8")
    return path


@pytest.mark.slow
def test_every_bad_end_is_told(tmp_path: Path, bad_reader: str) -> None:
    """A crash, a death, a hang and a message of two lines are told apart, and the next file is read all the same."""
    with ReadingProcess(1, bad_reader, keep=False) as process:
        told = {order: process.read(ordered(tmp_path, order)) for order in ("break", "die", "sleep", "refuse", "print")}
    outcomes = {order: reading.outcome for order, reading in told.items()}
    expected = {"break": "crashed", "die": "died", "sleep": "hung", "refuse": "crashed", "print": "read"}
    assert outcomes == expected
    assert told["break"].message.startswith("KeyError at obedient.py:")
    assert "the end is near" in told["die"].message
    assert told["sleep"].seconds >= 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory of children is read from /proc")
def test_memory_is_that_of_process_and_children(tmp_path: Path, bad_reader: str) -> None:
    """What the reader or its child holds for a while counts, and isn't held against the next file."""
    with ReadingProcess(20, bad_reader, keep=False) as process:
        peaks = {order: process.read(ordered(tmp_path, order)).megabytes for order in ("grow", "child", "nothing")}
    assert peaks["grow"] > 250
    assert peaks["child"] > 250
    assert peaks["nothing"] < 200


def test_an_unknown_reader(tmp_path: Path) -> None:
    """A reader that can't be loaded is told at once."""
    with ReadingProcess(5, "nowhere:read") as process, pytest.raises(ImportError, match="nowhere:read can't be loaded"):
        process.read(tmp_path / "a.md")


def test_the_document_comes_over_whole(tmp_path: Path) -> None:
    """What the process has read is what reading here gives; a file that can't be read is refused in its words."""
    path = tmp_path / "salt.md"
    path.write_text("# Salt\n\nSalt melts.\n", encoding="utf-8")
    with ReadingProcess(30) as process:
        reading, refused = process.read(path), process.read(tmp_path / "none.md")
    assert reading.document == read(path)
    assert reading.seconds > 0
    assert (refused.outcome, refused.document) == ("refused", None)
    assert "no such file" in refused.message


def test_attempt_tells_the_place_of_a_crash(tmp_path: Path) -> None:
    """An error other than InputError is a crash at a file and line."""

    def failing(path: Path) -> Document:
        raise InputError("", "", "") if path.name == "empty" else ValueError(f"{path.name} is odd")

    assert attempt(failing, tmp_path / "b.md", keep=False).message.startswith("ValueError at test_process.py:")
    assert attempt(failing, tmp_path / "empty", keep=False).outcome == "crashed"


def test_a_reading_is_frozen() -> None:
    """An outcome that isn't known is refused, and a process that has ended holds nothing."""
    with pytest.raises(ValueError, match="outcome"):
        TimedReading.model_validate({"outcome": "lost"})
    assert peak_of(2**22 + 1) == 0
