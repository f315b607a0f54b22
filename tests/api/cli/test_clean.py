"""`evqa clean`, and `evqa corpora --remove`."""

import os
import shutil
import sys
from io import StringIO
from pathlib import Path

import pytest

from index.corpus import open_corpus
from tests.api.running import Run


@pytest.fixture
def own(bare_home: Path, asked: Run, moss: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own with the sample as cache and as the corpus "mine"."""
    home = tmp_path / "own"
    shutil.copytree(bare_home, home)
    sample = next((home / "corpora").glob("sample.*"))
    shutil.copytree(sample, home / "corpora" / "mine")
    monkeypatch.setenv("EVQA_HOME", str(home))
    return home


def names(home: Path) -> set[str]:
    """The corpora of a home, without the digits of caches."""
    return {path.name.partition(".")[0] or path.name for path in (home / "corpora").iterdir()}


def test_caches_and_empty_corpora_are_removed(own: Path, asked: Run) -> None:
    """The sample's index, an emptied corpus and what a removal left go; one's own stays. A dry run only tells."""
    shutil.copytree(own / "corpora" / "mine", own / "corpora" / "emptied")
    with open_corpus(own, "emptied") as corpus:
        (outline,) = corpus.outlines()
    assert asked("remove", outline.document.id, "--corpus", "emptied").code == 0
    (own / "corpora" / ".swept-old-1").mkdir()
    (own / "corpora" / "begun").mkdir()
    dry = asked("clean", "--dry-run", "--json").json
    assert [each["name"].partition(".")[0] for each in dry] == ["", "begun", "emptied", "sample"]
    assert names(own) >= {"mine", "emptied", "sample", "begun"}
    ran = asked("clean")
    assert (ran.code, ran.err) == (0, "")
    assert "emptied: a corpus without documents" in ran.out
    assert ran.out.splitlines()[-1].startswith("4 removed, ")
    assert names(own) == {"mine"}
    assert asked("clean").out == "nothing to remove\n"


def test_what_is_no_corpus_is_named_and_kept(own: Path, asked: Run) -> None:
    """A folder of somebody's own, and a corpus that has lost its records but not the copies of its files."""
    backup, copies = own / "corpora" / "my backup", own / "corpora" / "old" / "sources"
    for folder in (backup, copies):
        folder.mkdir(parents=True)
        (folder / "thesis.pdf").write_bytes(b"%PDF")
    (own / "corpora" / ".importing-1").mkdir()
    (own / "corpora" / ".importing-1" / "corpus.sqlite").touch()
    ran = asked("clean")
    assert ran.code == 0
    assert "'my backup' is kept: it is no corpus, or has lost its records, and holds thesis.pdf" in ran.err
    assert "'old' is kept" in ran.err
    assert ".importing-1: left by an import" in ran.out
    assert (backup / "thesis.pdf").exists()
    assert (copies / "thesis.pdf").exists()
    assert not (own / "corpora" / ".importing-1").exists()


def test_what_failed_is_no_empty_corpus(own: Path, asked: Run) -> None:
    """A corpus that only knows of failed files is kept, so that they are still named."""
    bad = own.parent / "bad.md"
    bad.touch()
    assert asked("ingest", bad, "--corpus", "failed").code == 4
    asked("clean")
    assert "failed" in names(own)
    ran = asked("corpora", "--remove", "failed", "--yes")
    assert (ran.code, "nothing but files that couldn't be stored" in ran.err) == (0, True)
    assert "failed" not in names(own)


def test_a_corpus_in_use_is_not_removed(own: Path, asked: Run) -> None:
    """While somebody reads it, a corpus can't be removed, which ends with 6; a cache stays and is named."""
    sample = next((own / "corpora").glob("sample.*")).name
    with open_corpus(own, "mine"), open_corpus(own, sample):
        ran = asked("corpora", "--remove", "mine", "--yes")
        assert (ran.code, "is being read by another process" in ran.err) == (6, True)
        assert sample in asked("clean").err
    assert names(own) == {"mine", "sample"}


def test_a_corpus_is_removed_once_that_is_sure(own: Path, asked: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --yes, or by a yes on a terminal; anything else keeps it. Where nobody can be asked, --yes is needed."""
    monkeypatch.setattr(sys, "stdin", StringIO("y\n"))
    ran = asked("corpora", "--remove", "mine")
    assert (ran.code, "add --yes" in ran.err) == (2, True)
    for said, left in (("\n", True), ("no\n", True), ("y\n", False)):
        typing, terminal = os.openpty()
        os.write(typing, said.encode())
        with os.fdopen(terminal) as stdin:
            monkeypatch.setattr(sys, "stdin", stdin)
            ran = asked("corpora", "--remove", "mine")
        os.close(typing)
        assert (ran.code, ran.out, "mine" in names(own)) == (0, "", left)
        assert ("is kept" in ran.err) == left
    misspelt = asked("corpora", "--remove", "mime", "--yes")
    assert (misspelt.code, "no corpus 'mime'" in misspelt.err) == (6, True)
