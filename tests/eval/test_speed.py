"""Costs are taken of the right command and files."""

from pathlib import Path

import pytest

from eval.speed import HEAVY, ask_command, environment_of, evqa_script, size_on_disk


def test_size_counts_every_file(tmp_path: Path) -> None:
    """Files in subfolders count with their bytes, folders with none."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "one").write_bytes(b"12345")
    (tmp_path / "a" / "b" / "two").write_bytes(b"123")
    assert size_on_disk(tmp_path) == 8


def test_a_question_is_asked_of_the_benchmark_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is the installed script, a question that starts with a dash stays one, the home is given."""
    monkeypatch.setenv("EVQA_HOME", "/elsewhere")
    assert evqa_script().is_file()
    assert ask_command("-k?")[-4:] == ["benchmark", "--json", "--", "-k?"]
    assert environment_of(tmp_path)["EVQA_HOME"] == str(tmp_path)
    assert "torch" in HEAVY
