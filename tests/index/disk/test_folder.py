"""Names of corpora."""

from pathlib import Path

import pytest

from evqa.errors import CorpusError, UsageError
from index.disk.folder import corpus_folder, corpus_names, existing_folder


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a/b", "../up", "a\n", "naïve", "a" * 65, "a b", "a\x00"])
def test_a_name_cant_leave_its_folder(tmp_path: Path, name: str) -> None:
    """Names that are empty, hidden, too long or hold anything but letters, digits, . _ - are refused."""
    with pytest.raises(UsageError, match="corpus name"):
        corpus_folder(tmp_path, name)


@pytest.mark.parametrize("name", ["default", "a", "A-1_b.c", "a" * 64])
def test_plain_names(tmp_path: Path, name: str) -> None:
    """A plain name is the folder's name."""
    assert corpus_folder(tmp_path, name) == tmp_path / "corpora" / name


def test_a_missing_corpus_names_those_there_are(tmp_path: Path) -> None:
    """The error names what was asked for and what exists; folders without records don't count."""
    for name in ("beta", "alpha"):
        corpus_folder(tmp_path, name).mkdir(parents=True)
        (corpus_folder(tmp_path, name) / "corpus.sqlite").touch()
    corpus_folder(tmp_path, "nothing").mkdir()
    assert corpus_names(tmp_path) == ("alpha", "beta")
    with pytest.raises(CorpusError, match=r"gamma.*alpha, beta"):
        existing_folder(tmp_path, "gamma")


def test_a_corpus_without_its_records_is_still_there(tmp_path: Path) -> None:
    """A corpus that has lost its records, but not what was published, isn't taken for one that never was."""
    folder = corpus_folder(tmp_path, "robbed")
    folder.mkdir(parents=True)
    (folder / "current").write_text("1\n")
    assert corpus_names(tmp_path) == ("robbed",)
    assert existing_folder(tmp_path, "robbed") == folder
