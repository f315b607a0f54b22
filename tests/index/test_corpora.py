"""Which corpora there are."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evqa.settings import DEFAULT_MODEL, Settings
from index.corpora import CorpusSummary, corpora, size_of, summary
from index.disk.folder import home_folder
from index.models.embed import Embedder
from index.writer import writing
from tests.index.documents import TEXTS, document, passages
from tests.index.overwriting import overwrite
from tests.index.vanishing import vanishing


def test_sizes_and_states(home: Path, load: Callable[[str], Embedder]) -> None:
    """Each corpus is listed by name with its counts and whether it can be asked."""
    for name in ("whole", "broken", "lost"):
        with writing(home, name, DEFAULT_MODEL, load) as writer:
            writer.put(document(), passages(document()))
    overwrite(home / "corpora/broken/generations/1/vectors.npy", b"")
    (home / "corpora/lost/current").unlink()
    broken, lost, whole = corpora(home)
    assert (whole.name, whole.documents, whole.passages, whole.references) == ("whole", 1, len(TEXTS), 2)
    assert (whole.state, whole.generation, whole.bytes > 10_000) == ("ready", 1, True)
    assert broken.state.startswith("damaged: generation 1: vectors.npy has 0 bytes")
    assert (lost.state, lost.generation) == ("unpublished", None)


def test_no_corpora(tmp_path: Path) -> None:
    """A home folder that doesn't exist has no corpora."""
    assert corpora(tmp_path / "nowhere") == ()


def test_the_home_is_set_or_the_platforms(tmp_path: Path) -> None:
    """The setting wins; without it, it is a folder of that name among the user's data."""
    assert home_folder(Settings(home=str(tmp_path))) == tmp_path
    assert home_folder(Settings()).name == "evqa"


def test_files_that_come_and_go_do_not_count(tmp_path: Path) -> None:
    """A corpus is as large as what lasts in its folder, whether or not somebody reads its records."""
    (tmp_path / "generations").mkdir()
    (tmp_path / "generations" / "dense.faiss").write_bytes(b"12345")
    for name in ("corpus.sqlite", "corpus.sqlite-wal", "corpus.sqlite-shm", "corpus.sqlite-journal"):
        (tmp_path / name).write_bytes(b"123")
    assert size_of(tmp_path) == 8


@pytest.mark.parametrize("looks", [0, 1, 2])
def test_files_that_go_while_they_are_counted(tmp_path: Path, looks: int) -> None:
    """A writer that deletes files before or after they are looked at is no error: what is left is counted."""
    passing = tmp_path / ".current.new", tmp_path / "dense.faiss"
    for file in (*passing, tmp_path / "current"):
        file.write_bytes(b"123")
    with vanishing(*passing, looks=looks):
        assert size_of(tmp_path) == (3 if looks == 0 else 9)


def test_a_corpus_that_goes_while_it_is_listed(
    home: Path, load: Callable[[str], Embedder], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It isn't listed, and it isn't taken for damaged."""
    for name in ("gone", "whole"):
        with writing(home, name, DEFAULT_MODEL, load) as writer:
            writer.put(document(), passages(document()))

    def after_a_removal(home: Path, name: str) -> CorpusSummary:
        shutil.rmtree(home / "corpora" / "gone", ignore_errors=True)
        return summary(home, name)

    monkeypatch.setattr("index.corpora.summary", after_a_removal)
    assert [(each.name, each.state) for each in corpora(home)] == [("whole", "ready")]
