"""One writer, many readers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evqa.errors import BusyError
from index.disk.lock import hold_alone, hold_shared, is_released, write_lock


def test_a_second_writer_is_told_who_holds_it(tmp_path: Path) -> None:
    """The second writer fails at once, with the first one's process and start."""
    with (
        write_lock(tmp_path),
        pytest.raises(BusyError, match=rf"process {os.getpid()} since 20\d\d-"),
        write_lock(tmp_path),
    ):
        pytest.fail("two writers")
    with write_lock(tmp_path):
        assert (tmp_path / "writer.json").is_file()


def test_what_is_read_isnt_released(tmp_path: Path) -> None:
    """A file that a reader holds isn't released until the reader lets go; a deleted one can't be held."""
    path = tmp_path / "manifest.json"
    path.touch()
    held = hold_shared(path)
    assert held is not None
    with is_released(path) as released:
        assert not released
    os.close(held)
    with is_released(path) as released:
        assert released
        path.unlink()
    assert hold_shared(path) is None


def test_one_process_holds_a_file_alone(tmp_path: Path) -> None:
    """A file that is held alone can't be taken again until it is let go; one whose folder is gone can't be taken."""
    held = hold_alone(tmp_path / "held")
    assert held is not None
    assert hold_alone(tmp_path / "held") is None
    os.close(held)
    again = hold_alone(tmp_path / "held")
    assert again is not None
    os.close(again)
    assert hold_alone(tmp_path / "gone" / "held") is None


WINDOWS = """
import sys
sys.modules["fcntl"] = None
from pathlib import Path
from index.disk.lock import hold_shared, is_released


class Open(type(Path())):
    def rename(self, target):
        raise PermissionError(13, "open in another process", str(self))


path = Path(sys.argv[1])
print(hold_shared(path) is not None)
for each in (Open(path), path, path):
    with is_released(each) as released:
        print(released, hold_shared(path) is not None)
"""


def test_without_shared_locks_an_open_file_is_the_lock(tmp_path: Path) -> None:
    """Where there is no fcntl, a file that can't be renamed counts as held; one that can is out of every reader's
    reach from then on, and stays so."""
    (tmp_path / "manifest.json").touch()
    command = [sys.executable, "-W", "ignore", "-c", WINDOWS, str(tmp_path / "manifest.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["True", "False True", "True False", "True False"]
