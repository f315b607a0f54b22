"""Faults injected into corpora: some of each kind in every check, thousands by `python -m eval.fault_injection`."""

from pathlib import Path

import pytest

from eval.fault_injection import Extent, cases, main

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("kinds", "count", "least"), [(["kills"], 6, 6), (["damage"], 40, 40), (["writers", "clock"], 20, 2)]
)
def test_nothing_is_lost(tmp_path: Path, kinds: list[str], count: int, least: int) -> None:
    """After a kill, damage, two writers at once and a clock set back: a committed state, the truth, and a way on."""
    found = list(cases(tmp_path, kinds, Extent(cases=count, seed=11)))
    assert len(found) >= least
    assert [f"{each.case}: {offence}" for each in found for offence in each.offences] == []


def test_disks_that_fill_up_or_cant_be_written(tmp_path: Path) -> None:
    """Where a file system can be mounted: a full one refuses in a line and a read-only one is asked as ever."""
    found = list(cases(tmp_path, ["read-only", "disks"], Extent(free=(20, 4_000))))
    assert [f"{each.case}: {offence}" for each in found for offence in each.offences] == []
    if any(each.outcome == "not possible here" for each in found):
        pytest.skip("no file system can be mounted here")
    assert {each.outcome for each in found if each.kind == "full disk"} == {"refused", "went through"}


def test_every_flip_is_seen_or_changes_nothing(tmp_path: Path) -> None:
    """One byte of every file flipped at five places: `verify` sees it, or no row differs."""
    (found,) = cases(tmp_path, ["flips"], Extent(shares=(0.03, 0.3, 0.5, 0.7, 0.97)))
    assert found.offences == []
    assert int(found.outcome.split()[0]) > 50


def test_the_table_says_what_was_done(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints a line a kind, and ends with 0 where nothing was lost."""
    assert main(["--kinds", "damage", "--cases", "3"]) == 0
    assert "damage              3         0" in capsys.readouterr().out
