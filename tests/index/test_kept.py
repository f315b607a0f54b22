"""Which of evqa's own corpora stay on the disk."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from evqa.corpus.corpus import Query
from evqa.settings import DEFAULT_MODEL
from index.corpus import kept_corpus, open_corpus
from index.disk.folder import corpus_names
from index.disk.lock import is_released, write_lock
from index.kept import HOUR, MOST, NOTE, SWEPT, UNUSED, note_use, remove_corpus, sweep_kept
from index.models.embed import Embedder
from index.writer import writing
from tests.index.documents import document, passages

Keep = Callable[..., Path]


@pytest.fixture(scope="module")
def built(models: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a corpus that can be asked."""
    home = tmp_path_factory.mktemp("built")
    (home / "models").symlink_to(models / "models")
    with writing(home, "built", DEFAULT_MODEL, lambda _: embedder) as writer:
        writer.put(document(), passages(document()))
    return home / "corpora" / "built"


@pytest.fixture
def keep(built: Path, home: Path) -> Keep:
    """Puts a corpus into the home: its name, its readers (None: without a note), and seconds since it was used."""

    def put(name: str, readers: str | None = "these", ago: float = 2 * HOUR) -> Path:
        folder = Path(shutil.copytree(built, home / "corpora" / name))
        if readers is not None:
            note_use(folder, readers)
        used = time.time() - ago
        os.utime(folder / NOTE if readers is not None else folder, (used, used))
        return folder

    return put


def is_kept(name: str) -> bool:
    """Which corpora are evqa's own here."""
    return name.startswith("files.")


def test_what_nothing_finds_goes(home: Path, keep: Keep) -> None:
    """What other readers made, or an earlier version without a note, goes; one's own readers' and a user's stay."""
    for name, readers in (("files.1", "these"), ("files.2", "others"), ("files.3", None)):
        keep(name, readers)
    keep("papers", "others", 2 * UNUSED)
    assert set(sweep_kept(home, is_kept, "these")) == {"files.2", "files.3"}
    assert corpus_names(home) == ("files.1", "papers")
    assert sorted(path.name for path in (home / "corpora").iterdir()) == ["files.1", "papers"]
    with open_corpus(home, "files.1") as corpus:
        assert corpus.retrieve(Query(text="salt")).candidates


def test_what_nobody_uses_goes(home: Path, keep: Keep) -> None:
    """What wasn't used for thirty days goes, and what is beyond the most that stay, the last used first."""
    keep("files.old", ago=UNUSED + HOUR)
    for hours in (4, 2, 3):
        keep(f"files.{hours}", ago=hours * HOUR)
    assert sweep_kept(home, is_kept, "these") == ("files.old",)
    assert sweep_kept(home, is_kept, "these", most=2) == ("files.4",)
    assert UNUSED == 30 * 24 * HOUR
    assert MOST == 100


def test_what_was_just_used_stays(home: Path, keep: Keep) -> None:
    """Nothing goes within an hour of its use: another version of evqa may be about to open it."""
    folders = [keep("files.1", "others"), keep("files.2", None), keep("files.3", ago=2 * UNUSED)]
    note_use(folders[0], "others")
    note_use(folders[2], "these")
    os.utime(folders[1])
    assert sweep_kept(home, is_kept, "these", most=0) == ()
    assert len(corpus_names(home)) == 3


def test_what_is_open_stays(home: Path, keep: Keep) -> None:
    """A corpus that is being asked or written stays until it is let go."""
    keep("files.asked", "others")
    written = keep("files.written", "others")
    with open_corpus(home, "files.asked") as corpus, write_lock(written):
        assert sweep_kept(home, is_kept, "these") == ()
        assert corpus.retrieve(Query(text="salt")).candidates
    assert set(sweep_kept(home, is_kept, "these")) == {"files.asked", "files.written"}


def test_a_sweep_that_is_killed(home: Path, keep: Keep) -> None:
    """What a killed sweep leaves is no corpus, and the next sweep deletes it."""
    keep("files.1", "others")
    code = (
        "import os, shutil, signal, sys; from pathlib import Path; from index.kept import sweep_kept\n"
        "shutil.rmtree = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"
        "sweep_kept(Path(sys.argv[1]), lambda name: name.startswith('files.'), 'these')"
    )
    done = subprocess.run([sys.executable, "-c", code, home], check=False)
    assert done.returncode == -9
    assert [path.name.startswith(SWEPT) for path in (home / "corpora").iterdir()] == [True]
    assert corpus_names(home) == ()
    assert sweep_kept(home, is_kept, "these") == ()
    assert list((home / "corpora").iterdir()) == []


def test_a_build_that_was_killed(home: Path) -> None:
    """A folder in which no document was stored goes an hour later."""
    folder = home / "corpora" / "files.1"
    folder.mkdir(parents=True)
    (folder / "writer.lock").touch()
    assert sweep_kept(home, is_kept, "these") == ()
    os.utime(folder, (0, 0))
    assert sweep_kept(home, is_kept, "these") == ()
    assert not folder.exists()


def test_who_opens_it_meanwhile(home: Path, keep: Keep) -> None:
    """Whoever opens a corpus while it is removed finds none, without a warning, and builds it again."""
    folder, said = keep("files.1", "others"), list[str]()
    with ThreadPoolExecutor(1) as pool, ExitStack() as held:
        assert held.enter_context(is_released(folder / "generations" / "1" / "manifest.json"))
        opening = pool.submit(kept_corpus, home, "files.1", said.append)
        with pytest.raises(TimeoutError):  # it waits for the lock
            opening.result(timeout=0.5)
        shutil.rmtree(folder)
        held.close()
        assert opening.result(timeout=60) is None
    assert said == []


def test_sweeps_side_by_side(home: Path, keep: Keep) -> None:
    """Of several sweeps at the same time one removes a corpus, and none fails."""
    for number in range(8):
        keep(f"files.{number}", "others")
    with ThreadPoolExecutor(4) as pool:
        swept = [name for names in pool.map(lambda _: sweep_kept(home, is_kept, "these"), range(4)) for name in names]
    assert sorted(swept) == [f"files.{number}" for number in range(8)]


def test_a_home_that_is_not_there(tmp_path: Path) -> None:
    """Where there is nothing to sweep nothing happens, and no use can be noted of what isn't there."""
    assert sweep_kept(tmp_path / "nowhere", is_kept, "these") == ()
    note_use(tmp_path / "nowhere", "these")
    assert not remove_corpus(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
