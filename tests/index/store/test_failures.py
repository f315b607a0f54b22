"""Files that a corpus couldn't take."""

import os
from pathlib import Path

import pytest

from evqa.errors import CorpusError
from index.store.failures import FAILURES, Failure, Failures, failures_in


def failure(path: str, error: str = "empty file") -> Failure:
    """A failure of the file at a path."""
    return Failure(Path(path), Path(path).name, "", "failed", error)


def test_failures_stand_until_they_are_cleared(tmp_path: Path) -> None:
    """A failure stands, is replaced by a later one of its path, and is forgotten when it is cleared."""
    failures = Failures(tmp_path)
    assert failures.standing() == failures_in(tmp_path) == []
    failures.clear(Path("/x/a.md"))
    assert not (tmp_path / FAILURES).exists()
    for one in (failure("/x/b.md"), failure("/x/a.md"), failure("/x/b.md", "binary")):
        failures.record(one)
    assert failures_in(tmp_path) == [failure("/x/a.md"), failure("/x/b.md", "binary")]
    failures.clear(Path("/x/b.md"))
    assert failures.standing() == [failure("/x/a.md")]


def test_dropped_by_name_or_path(tmp_path: Path) -> None:
    """Failures are dropped by the name of the source or by the whole path."""
    failures = Failures(tmp_path)
    for path in ("/x/a.md", "/y/a.md", "/y/b.md"):
        failures.record(failure(path))
    assert failures.drop("none.md") == []
    assert failures.drop("/y/b.md") == [failure("/y/b.md")]
    assert len(failures.drop("a.md")) == 2
    assert failures.standing() == []


def test_a_path_that_is_not_utf8(tmp_path: Path) -> None:
    """Bytes that no text can hold come back as they were."""
    one = Failure(Path(os.fsdecode(b"/x/\xff.md")), r"\xff.md", "", "failed", "empty file")
    Failures(tmp_path).record(one)
    assert failures_in(tmp_path) == [one]


def test_a_damaged_list_is_told(tmp_path: Path) -> None:
    """A file that isn't such a list is a CorpusError that names it."""
    (tmp_path / FAILURES).write_bytes(b"x" * 5000)
    with pytest.raises(CorpusError, match=FAILURES):
        failures_in(tmp_path)
