"""The bar of a run over many files."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.text.progress import ProgressBar, clock_text, is_watched, speed_text


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Makes stderr a terminal; what it shows can be read from this descriptor."""
    shown, own = os.openpty()
    os.set_blocking(shown, False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with os.fdopen(own, "w") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        yield shown
    os.close(shown)


def everything(shown: int) -> str:
    """What a terminal shows, which hands it over in parts."""
    parts: list[bytes] = []
    while True:
        try:
            parts.append(os.read(shown, 1 << 16))
        except BlockingIOError:
            return b"".join(parts).decode()


def test_the_bar_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Files done of all, speeds and the file whose turn it is are shown on stderr; stdout stays clean."""
    with terminal(monkeypatch) as shown:
        assert is_watched()
        with ProgressBar() as bar:
            bar.begin(4)
            bar.turn(Path("folder/moss.md"))
            bar.advance(30)
            bar.turn(Path("folder/lichen.md"))
        drawn = everything(shown)
    assert all(part in drawn for part in ("1/4", "files/s", "passages/s", "lichen.md"))
    assert capsys.readouterr().out == ""


def test_the_bar_moves_within_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a single file, too: what is done of it is shown, and it never goes back."""
    with terminal(monkeypatch) as shown:
        with ProgressBar() as bar:
            bar.begin(1)
            bar.partly(0.75)
            assert bar.done == 0.75
            bar.partly(0.5)
            assert bar.done == 0.75
            bar.advance(3)
            assert bar.done == 1
        assert "1/1" in everything(shown)


def test_no_bar_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Into a file or a pipe, or on a terminal that can't redraw, nothing is written."""
    with ProgressBar() as bar:
        bar.begin(4)
        bar.turn(Path("x.md"))
        bar.advance(3)
    assert capsys.readouterr().err == ""


def test_a_dumb_terminal_is_not_drawn_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a line can't be drawn again there is no bar."""
    with terminal(monkeypatch):
        monkeypatch.setenv("TERM", "dumb")
        assert not is_watched()


def test_speed() -> None:
    """Files and passages a second since the start; nothing can be said before the first."""
    assert speed_text(10, 300, 4.0) == "2.5 files/s 75 passages/s"
    assert speed_text(0, 0, 0.0) == "–"


def test_the_clock() -> None:
    """Minutes and seconds."""
    assert [clock_text(seconds) for seconds in (0.9, 65.0, 3600.0)] == ["0:00", "1:05", "60:00"]
