"""One file read."""

import os
import sys
from pathlib import Path

import pytest

from api.intake.reading import FileReading, bound, can_bound, reading
from tests.api.running import MOSS, written


def test_a_file_that_can_be_read(tmp_path: Path) -> None:
    """The document is called as told and has passages; as JSON it comes back the same."""
    found = reading(written(tmp_path / "moss.md", MOSS), "folder/moss.md")
    assert found.document is not None
    assert found.document.source.name == "folder/moss.md"
    assert len(found.passages) > 4
    assert FileReading.model_validate_json(found.model_dump_json()) == found


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Missing, empty, binary, looping and special files are refused in one line that names them."""
    paths = [tmp_path / name for name in ("none.md", "empty.md", "binary.md", "loop.md", "pipe.md", "folder.md")]
    written(paths[1], "")
    paths[2].write_bytes(bytes(range(256)) * 50)
    paths[3].symlink_to(paths[3])
    os.mkfifo(paths[4])
    paths[5].mkdir()
    for path in paths:
        found = reading(path, path.name)
        assert found.document is None
        assert found.failed is not None
        assert found.failed.file == str(path)
        assert path.name in (found.failed.error or "")
        assert "\n" not in (found.failed.error or "")


def test_a_path_that_is_not_utf8(tmp_path: Path) -> None:
    """The error of a file whose name isn't text is text all the same."""
    found = reading(tmp_path / os.fsdecode(b"\xff.md"), r"\xff.md")
    assert found.failed is not None
    assert r"\xff.md" in (found.failed.error or "")
    assert FileReading.model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize(("module", "platform"), [(None, "win32"), (sys, "darwin")])
def test_memory_is_bounded_where_it_can_be(module: object, platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the module that bounds memory, or on macOS, nothing is bounded and nothing fails."""
    assert can_bound() == (sys.platform == "linux")
    monkeypatch.setitem(sys.modules, "resource", module)
    monkeypatch.setattr(sys, "platform", platform)
    assert not can_bound()
    bound(1)
