"""`evqa export` and `evqa import`."""

from pathlib import Path

from tests.api.running import Run


def test_a_corpus_goes_out_and_comes_back(asked: Run, moss: Path, tmp_path: Path) -> None:
    """A corpus goes to a file and comes back under another name, with the same answer."""
    asked("ingest", moss, "--corpus", "packed")
    file = tmp_path / "packed.evqa"
    written = asked("export", "packed", file, "--json")
    assert (written.code, written.json["documents"], written.json["bytes"]) == (0, 1, file.stat().st_size)
    assert asked("export", "packed", file).code == 4
    taken = asked("import", file, "--as", "unpacked")
    assert (taken.code, "corpus unpacked: documents 1," in taken.out) == (0, True)
    question = "What does moss hold?"
    answers = [asked("ask", question, "--corpus", name, "--json").json for name in ("packed", "unpacked")]
    assert answers[0]["claims"] == answers[1]["claims"]


def test_what_cant_be_imported_is_one_line(asked: Run, moss: Path, tmp_path: Path) -> None:
    """No archive, a name that is taken or kept, a corpus that isn't there: one line and the exit code of its kind."""
    asked("ingest", moss, "--corpus", "taken")
    asked("export", "taken", tmp_path / "taken.evqa")
    for code, given in (
        (4, ["import", moss]),
        (6, ["import", tmp_path / "taken.evqa"]),
        (2, ["import", tmp_path / "taken.evqa", "--as", "sample.0123456789abcdef"]),
        (6, ["export", "nowhere", tmp_path / "no.evqa"]),
    ):
        ran = asked(*given)
        assert (ran.code, len(ran.err.strip().splitlines())) == (code, 1), ran.err
    assert not (tmp_path / "no.evqa").exists()
