"""`evqa corpora`, `evqa remove` and `evqa verify`."""

from pathlib import Path

import pytest

from tests.api.running import Run
from tests.index.overwriting import overwrite


def test_corpora_are_listed_with_their_use(asked: Run, moss: Path) -> None:
    """One's own corpora and those that evqa made are told apart, with sizes and state."""
    asked("ingest", moss, "--corpus", "listed")
    asked("ask", "What does moss hold?", "--in", moss)
    found = {corpus["name"]: corpus for corpus in asked("corpora", "--json").json}
    assert (found["listed"]["use"], found["listed"]["documents"]) == ("own", 1)
    assert "ready" in {corpus["state"] for corpus in found.values()}
    assert "files" in {corpus["use"] for corpus in found.values()}
    lines = asked("corpora").out.splitlines()
    assert any(line.startswith("default: documents 1, ") for line in lines)
    assert any("(files asked directly)" in line for line in lines)


def test_a_document_is_removed(asked: Run, moss: Path) -> None:
    """Removed by the name of its file, a document is no longer there; one that isn't there is named."""
    asked("ingest", moss, "--corpus", "removed")
    assert asked("remove", "moss.md", "--corpus", "removed").code == 0
    assert asked("refs", "--corpus", "removed", "--json").json == []
    again = asked("remove", "moss.md", "--corpus", "removed")
    assert again.code == 6
    assert "'moss.md'" in again.err


def test_a_sound_corpus_is_verified_and_a_damaged_one_found(asked: Run, home: Path, moss: Path) -> None:
    """A changed byte in a derived file is reported by name and ends with 6."""
    asked("ingest", moss, "--corpus", "verified")
    assert asked("verify", "--corpus", "verified", "--json").json == {
        "corpus": "verified", "sound": True, "damage": [], "failed": 0, "published": True, "unaudited": [],
    }  # fmt: skip
    vectors = next((home / "corpora" / "verified" / "generations").glob("*/vectors.npy"))
    raw = bytearray(vectors.read_bytes())
    raw[-1] ^= 1
    overwrite(vectors, bytes(raw))
    ran = asked("verify", "--corpus", "verified")
    assert ran.code == 6
    assert "vectors.npy" in ran.out


def test_a_document_is_removed_from_the_only_corpus(
    asked: Run, home: Path, moss: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a name and a default it is the only corpus, which is said; a failed file of the default comes first."""
    monkeypatch.setenv("EVQA_HOME", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "models").symlink_to(home / "models")
    empty = tmp_path / "empty.md"
    empty.touch()
    assert asked("ingest", moss, "--corpus", "mine").code == 0
    assert asked("ingest", empty).code == 4
    assert "is dropped" in asked("remove", "empty.md").err
    (tmp_path / "own" / "corpora" / "default" / "failures.sqlite").unlink()
    ran = asked("remove", "moss.md")
    assert (ran.code, "so this is mine" in ran.err, "from corpus mine" in ran.err) == (0, True, True), ran


def test_a_corpus_that_is_not_there(asked: Run) -> None:
    """Neither command makes a corpus."""
    for command in (("verify", "--corpus", "none"), ("remove", "x", "--corpus", "none")):
        ran = asked(*command)
        assert (ran.code, ran.out) == (6, "")
    assert "none" not in {corpus["name"] for corpus in asked("corpora", "--json").json}
