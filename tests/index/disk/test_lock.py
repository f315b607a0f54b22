"""One writer, many readers."""

import os
from pathlib import Path

import pytest

from evqa.errors import BusyError
from index.disk.lock import hold_shared, is_released, write_lock


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
