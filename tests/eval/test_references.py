"""Scores of parsed entries."""

from pathlib import Path

import pytest

from eval.reading.styles import STYLES
from eval.references import is_whole, main, right
from evqa.model import Name
from tests.eval.reading.test_styles import ENTRY


def test_a_plain_entry_is_right_in_every_field() -> None:
    """An entry without difficulty is parsed whole, DOI included where it is printed."""
    assert all(right(ENTRY, STYLES["Vancouver (NLM)"]).values())
    assert "DOI" in right(ENTRY, STYLES["BMJ"])
    assert "DOI" not in right(ENTRY, STYLES["Nature"])


def test_what_is_wrong_is_counted_wrong() -> None:
    """A volume that can't be told from the journal is counted as missed."""
    odd = ENTRY.model_copy(update={"volume": "three"})
    assert not right(odd, STYLES["BMJ"])["volume"]


def test_only_whole_entries_are_printed() -> None:
    """A paper without pages or with a nameless author can't be printed in every style."""
    assert is_whole(ENTRY)
    assert not is_whole(ENTRY.model_copy(update={"page": None}))
    assert not is_whole(ENTRY.model_copy(update={"author": (Name(family="Doe"),)}))


def test_a_wrong_call_says_how(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without a folder the usage is printed and the exit code is 2; an empty folder gives a table of nothing."""
    with pytest.raises(SystemExit, match=r"^2$"):
        main([])
    assert "usage: python -m eval.references" in capsys.readouterr().err
    assert main([str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'none'}: not a folder; give a folder of JATS XML articles\n"
    assert main([str(tmp_path)]) == 0
