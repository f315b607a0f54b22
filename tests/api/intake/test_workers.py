"""Files read by several processes."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.intake.reading import reading
from api.intake.workers import Task, Workers
from index.models.inference import processors
from tests.api.running import MOSS, written


@pytest.fixture
def tasks(tmp_path: Path) -> list[Task]:
    """Five files of different length, the longest first."""
    texts = [MOSS.replace("Moss", f"Moss{n}") + f"\nMoss{n} grows. " * (400 - 100 * n) for n in range(5)]
    return [Task(written(tmp_path / f"{n}.md", text), f"{n}.md") for n, text in enumerate(texts)]


@pytest.mark.slow
def test_readings_come_in_order(tasks: list[Task]) -> None:
    """However many processes read, the results are those of reading here, in the order of the files."""
    here = [reading(task.path, task.name) for task in tasks]
    mixed = [tasks[0], None, *tasks[1:], None]
    with Workers(3) as workers:
        assert list(workers.readings(mixed)) == [here[0], None, *here[1:], None]


def test_only_a_few_files_are_in_flight(tasks: list[Task]) -> None:
    """Tasks are asked for as results are taken, so that memory doesn't grow with their number."""
    asked = 0

    def endless() -> Iterator[Task]:
        nonlocal asked
        while True:
            asked += 1
            yield tasks[-1]

    with Workers(1) as workers:
        readings = workers.readings(endless())
        for taken in range(1, 6):
            assert next(readings) is not None
            assert asked <= taken + 2


def test_no_process_without_work(tasks: list[Task]) -> None:
    """Processes are started when there is something to read, and none is left behind."""
    with Workers(4) as workers:
        assert list(workers.readings([None, None])) == [None, None]
        assert workers.processes == []
        assert list(workers.readings(tasks[:1])) != []
        (process,) = workers.processes
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.slow
def test_a_process_that_dies_fails_its_file_alone(tasks: list[Task]) -> None:
    """The file whose process was killed is refused in one line, and the others are read."""
    with Workers(1) as workers:
        readings = workers.readings(tasks)
        assert next(readings) is not None
        os.kill(workers.processes[0], signal.SIGKILL)
        rest = list(readings)
    errors = [found.failed.error or "" for found in rest if found is not None and found.failed]
    assert len(errors) <= 1
    assert all("the process that read it died" in error and ".md" in error for error in errors)
    assert sum(found is not None and found.document is not None for found in rest) >= 3


def test_a_file_that_takes_too_long(tasks: list[Task]) -> None:
    """A file is given up when its time is over; that takes not much longer."""
    started = time.monotonic()
    with Workers(1, seconds=0.01) as workers:
        (found,) = workers.readings(tasks[:1])
    assert found is not None
    assert found.failed is not None
    assert "takes longer than 0.01 s" in (found.failed.error or "")
    assert time.monotonic() - started < 10


def test_a_file_that_takes_too_much_memory(tmp_path: Path) -> None:
    """A file for which the memory doesn't suffice is refused in one line, and the next one is read."""
    large = Task(written(tmp_path / "large.md", MOSS + "Moss grows on stones. " * 200_000), "large.md")
    small = Task(written(tmp_path / "small.md", MOSS), "small.md")
    with Workers(1, memory=110 << 20) as workers:
        found = list(workers.readings([large, small]))
    assert found[0] is not None
    assert found[0].failed is not None
    error = found[0].failed.error or ""
    assert "large.md" in error
    assert "memory" in error or "died" in error
    assert found[1] is not None
    assert found[1].document is not None


def test_processors() -> None:
    """At least one processor is there."""
    assert processors() >= 1


def test_memory_that_cannot_be_bounded_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the system can't bound memory, that is said in a line before files are read; elsewhere nothing is."""
    with Workers(1):
        assert capsys.readouterr().err == ""
    monkeypatch.setitem(sys.modules, "resource", None)
    with Workers(1):
        assert "can't bound the memory" in capsys.readouterr().err


def test_on_windows_files_are_read_in_this_process(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process can't be given a pipe, no process is started, and the results are the same."""
    monkeypatch.setattr(sys, "platform", "win32")
    with Workers(2) as workers:
        found = list(workers.readings([tasks[-1], None]))
        assert workers.processes == []
    assert found == [reading(tasks[-1].path, tasks[-1].name), None]
