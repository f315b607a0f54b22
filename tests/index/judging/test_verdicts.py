"""Verdicts that are kept."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from index.judging.verdicts import FILE, Verdicts

GRADES = (3, 0, 1)


class Told(list[str]):
    """What was told."""

    __call__ = list.append


@pytest.fixture
def told() -> Told:
    """Takes what is told."""
    return Told()


def test_kept(tmp_path: Path, told: Told) -> None:
    """What is kept under a key is found again, by another process too, and under no other key."""
    home = tmp_path / "new" / "home"
    verdicts = Verdicts(home, told)
    assert verdicts.get("a", 3) is None
    assert not home.exists()
    assert verdicts.put("a", GRADES) == GRADES
    assert Verdicts(home, told).get("a", 3) == GRADES
    assert verdicts.get("b", 3) is None
    assert not told


def test_the_first_stays(tmp_path: Path, told: Told) -> None:
    """Of two that grade the same at once, the first one's grades are those of both."""
    assert Verdicts(tmp_path, told).put("a", GRADES) == GRADES
    assert Verdicts(tmp_path, told).put("a", (0, 0, 0)) == GRADES
    assert not told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_reads_it(tmp_path: Path, told: Told) -> None:
    """The file is its owner's alone, and SQLite's write-ahead log is on."""
    Verdicts(tmp_path, told).put("a", GRADES)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_oldest_go(tmp_path: Path, told: Told) -> None:
    """No more than the newest are kept."""
    verdicts = Verdicts(tmp_path, told, most=3)
    for number in range(6):
        verdicts.put(str(number), GRADES)
    assert [bool(verdicts.get(str(number), 3)) for number in range(6)] == [False] * 3 + [True] * 3


def zeros(path: Path) -> None:
    """Overwrite the file."""
    path.write_bytes(b"\0" * 4096)


def cut_short(path: Path) -> None:
    """Keep the first bytes."""
    path.write_bytes(path.read_bytes()[:700])


def another_make(path: Path) -> None:
    """A database of other tables."""
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE verdict (key TEXT)")


def no_tables(path: Path) -> None:
    """A database of something else."""
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE something (else_ TEXT)")


def other_grades(path: Path) -> None:
    """Grades that don't exist."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE verdict SET grades = '97x'")


def too_few(path: Path) -> None:
    """Grades of fewer passages."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE verdict SET grades = '3'")


@pytest.mark.parametrize("damage", [zeros, cut_short, another_make, no_tables, other_grades, too_few])
@pytest.mark.parametrize("first", ["get", "put"])
def test_damage(tmp_path: Path, told: Told, damage: Callable[[Path], None], first: str) -> None:
    """A damaged file is put aside with a line that names it, whoever meets it, and verdicts are kept anew."""
    verdicts = Verdicts(tmp_path, told)
    verdicts.put("a", GRADES)
    damage(tmp_path / FILE)
    assert (verdicts.get("a", 3) if first == "get" else verdicts.put("a", GRADES)) in (None, GRADES)
    (line,) = told
    assert line == f"{tmp_path / FILE} was damaged; it is now damaged-{FILE}, and verdicts are kept anew"
    assert (tmp_path / f"damaged-{FILE}").exists()
    assert verdicts.put("b", GRADES) == Verdicts(tmp_path, told).get("b", 3) == GRADES
    assert len(told) == 1


def test_an_empty_file(tmp_path: Path, told: Told) -> None:
    """A file that was only begun is filled."""
    (tmp_path / FILE).touch()
    assert Verdicts(tmp_path, told).get("a", 3) is None
    assert Verdicts(tmp_path, told).put("a", GRADES) == GRADES
    assert not told


def test_a_deleted_file(tmp_path: Path, told: Told) -> None:
    """Where the file was deleted, but not what SQLite left beside it, verdicts are kept anew."""
    verdicts = Verdicts(tmp_path, told)
    verdicts.put("a", GRADES)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE verdict SET grades = '000'")
        left = (tmp_path / f"{FILE}-wal").read_bytes()
    (tmp_path / FILE).unlink()
    (tmp_path / f"{FILE}-wal").write_bytes(left)
    assert verdicts.get("a", 3) is None
    assert verdicts.put("a", GRADES) == verdicts.get("a", 3) == GRADES
    assert not told


def test_nowhere_to_keep(tmp_path: Path, told: Told) -> None:
    """Where the disk refuses, grades are handed back, and one line says once that they aren't kept."""
    (tmp_path / "file").touch()
    verdicts = Verdicts(tmp_path / "file" / "home", told)
    assert [verdicts.put("a", GRADES), verdicts.put("b", GRADES)] == [GRADES, GRADES]
    assert verdicts.get("a", 3) is None
    (line,) = told
    assert line.startswith("the language model's verdicts can't be kept: ")


def test_many_threads(tmp_path: Path, told: Told) -> None:
    """Threads that begin the file and fill it at once lose nothing, and agree."""

    def kept(number: int) -> tuple[int, ...]:
        return Verdicts(tmp_path, told).put(str(number % 10), (number % 4,))

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(kept, range(80)))
    verdicts = Verdicts(tmp_path, told)
    assert found == [verdicts.get(str(number % 10), 1) for number in range(80)]
    assert not told


@pytest.mark.slow
def test_several_processes(tmp_path: Path, told: Told) -> None:
    """So do processes."""
    code = (
        "import sys; from pathlib import Path; from index.judging.verdicts import Verdicts\n"
        "verdicts = Verdicts(Path(sys.argv[1]), print)\n"
        "for number in range(30): verdicts.put(str(number), (int(sys.argv[2]),) * 3)\n"
        "print([verdicts.get(str(number), 3) for number in range(30)])\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(grade)], stdout=subprocess.PIPE, text=True)
        for grade in range(3)
    ]
    said = {process.communicate()[0] for process in processes}
    verdicts = Verdicts(tmp_path, told)
    assert said == {f"{[verdicts.get(str(number), 3) for number in range(30)]}\n"}
    assert not told
