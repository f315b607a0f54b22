"""Damaged files read by the dozen: what a reader may do, and every offence told."""

import re
from pathlib import Path

import pytest

from eval.fuzz import Mutants, main, seeds
from evqa.errors import InputError
from tests.eval.invented_jats import JATS, MARKDOWN
from tests.eval.invented_pdf import pdf_of

BAD_READER = '''"""A reader that fails on files of which the bytes add up to a multiple of seven."""
from evqa.errors import InputError

def read(path):
    data = path.read_bytes()
    if sum(data) % 7 == 0:
        raise IndexError("seven")
    if len(data) % 2:
        raise InputError(path.name, "odd", "even it out")
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small file of each kind and one that is none."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "salt.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "salt.xml").write_text(JATS, encoding="utf-8")
    (folder / "salt.pdf").write_bytes(pdf_of(MARKDOWN.splitlines()))
    (folder / "salt.png").write_bytes(b"\x89PNG")
    return folder


def test_mutants_are_the_same_each_time(folder: Path) -> None:
    """A number and a seed make the same mutant in any order; all kinds have their turn; another seed makes others."""
    one, two, other = (Mutants(seeds([folder]), seed) for seed in (1, 1, 2))
    made = [one.make(number) for number in range(1, 41)]
    assert made[::-1] == [two.make(number) for number in range(40, 0, -1)]
    assert {mutant.of.suffix for mutant in made} == {".md", ".xml", ".pdf"}
    assert made[0].data != other.make(1).data


@pytest.mark.slow
def test_the_readers_withstand_a_few(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Some damaged files of each kind are read or refused, no more."""
    code = main([str(folder), "--count", "45", "--jobs", "2", "--found", str(tmp_path / "found")])
    printed = capsys.readouterr().out
    assert (code, "offences: 0" in printed) == (0, True), printed
    assert re.search(r"^all +45 ", printed, re.MULTILINE)


def test_offences_are_told_saved_and_made_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash is told with the mutant's number, which makes it again; its bytes lie in the folder named."""
    (tmp_path / "seven.py").write_text(BAD_READER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    options = [str(folder), "--reader", "seven:read", "--found", str(tmp_path / "found"), "--seed", "5"]
    assert main([*options, "--count", "60", "--jobs", "1"]) == 1
    printed = capsys.readouterr().out
    told = {int(n) for n in re.findall(r"^  (\d+) crashed .*IndexError at seven\.py:7: seven$", printed, re.MULTILINE)}
    assert told
    assert f"offences: {len(told)} (repeat one with --seed 5 --only N)" in printed
    saved = {int(path.name.split("-")[0]): path.read_bytes() for path in (tmp_path / "found").iterdir()}
    assert set(saved) == told
    mutants = Mutants(seeds([folder]), 5)
    assert all(mutants.make(number).data == data for number, data in saved.items())
    first = min(told)
    assert main([*options, "--only", str(first)]) == 1
    assert f"  {first} crashed" in capsys.readouterr().out


def test_nothing_to_damage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Folders without a readable file are refused in a line."""
    with pytest.raises(InputError, match="no file to damage"):
        seeds([tmp_path])
    assert main([str(tmp_path)]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1
