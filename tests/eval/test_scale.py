"""The benchmark of size, on a small corpus."""

from pathlib import Path

import pytest

from eval import scale as module
from eval.scale import AskTimes, Scale, ask_times, build, main, questions, rehearsal
from evqa.settings import DEFAULT_MODEL

DIMENSION = 384


@pytest.fixture(name="home")
def home_of_tests(_home: Path) -> Path:
    """The tests' home, where the model is exported once."""
    return _home


@pytest.mark.slow
def test_small(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corpus is drawn, published and asked; the report names the bytes of each file, and both limits."""
    monkeypatch.setattr(module, "questions", lambda: questions()[:4])
    monkeypatch.setattr(module, "rehearsal", lambda: rehearsal()[:2])
    built = build(home, 40, DEFAULT_MODEL)
    found = ask_times(home)
    assert (built.passages, built.documents, found.questions) == (40, 1, 4)
    assert built.files["tokens.npy"] == pytest.approx(built.tokens * DIMENSION, abs=200)
    assert 0 < found.p50 <= found.p99 <= found.longest
    lines = Scale(built=built, asked=found).lines()
    assert lines[0].startswith("40 passages of 1 documents")
    assert [line.split()[0] for line in lines if "at most" in line] == ["p50", "p99"]


def test_rehearsal_is_apart() -> None:
    """No question that is timed was asked before."""
    assert set(questions()).isdisjoint(rehearsal())


def test_failure_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Asking where there is no corpus ends with 1 and one line on stderr."""
    assert main(["--ask", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_no_passages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is drawn where no passage is asked for, and one line names the value and the option."""
    assert main(["--passages", "0", "--home", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "--passages 0: an empty corpus can't be asked; give 1 or more\n"
    assert not list(tmp_path.iterdir())


def test_asked_is_read_back() -> None:
    """What the asking process prints is what the other one reads."""
    numbers = dict.fromkeys(("p50", "p99", "longest", "p50_processor", "p99_processor", "first", "megabytes"), 1.5)
    found = AskTimes(**numbers, questions=3)
    assert AskTimes.model_validate_json(found.model_dump_json()) == found
