"""`evqa ingest`."""

import os
import sys
from pathlib import Path

import pytest

from api.text.terminal import say_wrong
from index.disk.lock import write_lock
from tests.api.running import MOSS, Run, written


def test_states_follow_the_file(asked: Run, moss: Path) -> None:
    """A file is new, then unchanged; when it has changed, only its new text is embedded."""
    command = ("ingest", moss, "--corpus", "states", "--json")
    first = asked(*command).json[0]
    assert (first["state"], first["references"], first["citations"]) == ("new", 4, 4)
    assert first["passages"] >= first["embedded"] > 4
    again = asked(*command).json[0]
    assert (again["state"], again["embedded"], again["passages"]) == ("unchanged", 0, first["passages"])
    written(moss, MOSS.replace("Slugs avoid", "Snails avoid"))
    changed = asked(*command).json[0]
    assert changed["state"] == "changed"
    assert 1 <= changed["embedded"] < first["passages"]
    assert changed["integrity"]["contiguous"] is True


def test_one_file_is_told_in_full(asked: Run, moss: Path) -> None:
    """A row of figures, then the integrity report, then the totals."""
    ran = asked("ingest", moss, "--corpus", "told")
    heads, row, _, *lines = ran.out.splitlines()
    assert ran.code == 0
    assert heads.split() == ["file", "title", "state", "refs", "pairs", "passages"]
    assert row.split()[:2] == ["moss.md", "Moss"]
    assert row.split()[-4:-1] == ["new", "4", "4"]
    assert lines[0] == f"{moss}: sound"
    assert "  references: 4; numbered without a gap" in lines
    assert lines[-1].startswith("corpus told: 1 file (1 new); stored: 4 references")


def test_several_files_are_a_table(asked: Run, moss: Path, gap: Path) -> None:
    """A row a file, then the totals; what isn't sound says so. Unchanged files are only counted."""
    empty = written(moss.with_name("empty.md"), "")
    ran = asked("ingest", moss, gap, empty, "--corpus", "table")
    heads, first, second, *rest, totals = ran.out.splitlines()
    assert heads.startswith("file")
    assert (first.split()[0], second.split()[0], second.split()[-1]) == ("moss.md", "gap.md", "gaps")
    assert [line.split(":")[0] for line in rest if line] == ["of the same title"]
    assert totals.startswith("corpus table: 3 files (1 failed, 2 new)")
    assert ran.err.splitlines()[-1].startswith(f"evqa: {empty}: empty file")
    again = asked("ingest", moss, gap, "--corpus", "table").out
    assert "2 unchanged" in again
    assert not again.startswith("file ")


def test_verbose_tells_all_of_every_file(asked: Run, moss: Path, gap: Path) -> None:
    """A line a file as it is done, each integrity report, and where each document belongs."""
    lines = asked("ingest", moss, gap, "--corpus", "verbose", "--verbose").out.splitlines()
    assert lines[0].startswith(f"{moss}: Moss on stones: a short review: new; 4 references")
    assert lines[1].startswith(f"{gap}: ")
    assert {f"{moss}: sound", f"{gap}: NOT SOUND"} <= set(lines)
    assert any(line.startswith("moss.md: on its own") for line in lines)


def test_a_failure_is_red_on_a_terminal(moss: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where stderr is a terminal, what failed is red, and NO_COLOR keeps it plain."""
    for plain in ("", "1"):
        shown, own = os.openpty()
        with os.fdopen(own, "w") as stderr, monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", stderr)
            patched.setenv("TERM", "xterm")
            patched.setenv("NO_COLOR", plain)
            say_wrong("moss.md: empty")
            stderr.flush()
            told = os.read(shown, 1000).decode().strip()
        os.close(shown)
        assert told == ("evqa: moss.md: empty" if plain else "\x1b[31mevqa: moss.md: empty\x1b[0m")


def test_a_bad_file_does_not_stop_the_others(asked: Run, moss: Path, tmp_path: Path) -> None:
    """Missing, empty, binary and wrongly encoded files are named, the rest is stored, and the exit code is 4."""
    bad = [tmp_path / "none.md", written(tmp_path / "empty.md", ""), tmp_path / "binary.md", tmp_path / "folder"]
    bad[2].write_bytes(bytes(range(256)) * 50)
    bad[3].mkdir()
    ran = asked("ingest", *bad, moss, "--corpus", "mixed", "--json")
    assert ran.code == 4
    assert [outcome["state"] for outcome in ran.json] == ["failed"] * 4 + ["new"]
    for path, outcome in zip(bad, ran.json, strict=False):
        assert path.name in outcome["error"]
        assert path.name in ran.err
    assert asked("refs", "--corpus", "mixed").out.count("cited") == 4


def test_a_bad_file_in_a_folder_does_not_hide_the_others(asked: Run, moss: Path) -> None:
    """Of a folder with an empty and a sound file, the sound one is stored; only the other is named on stderr."""
    written(moss.with_name("empty.md"), "")
    ran = asked("ingest", moss.parent, "--corpus", "folder")
    assert ran.code == 4
    assert ran.err.startswith(f"evqa: {moss.with_name('empty.md')}: empty file")
    assert any(line.startswith("moss.md ") for line in ran.out.splitlines())


def test_namesakes_are_all_stored(asked: Run, tmp_path: Path) -> None:
    """Files of one name in several folders are documents of their own, each time they are stored or asked."""
    files = [tmp_path / folder / "review.md" for folder in ("a", "b")]
    for file, word in zip(files, ("Moss", "Lichen"), strict=True):
        file.parent.mkdir()
        written(file, MOSS.replace("Moss", word))
    for state in ("new", "unchanged"):
        found = asked("ingest", tmp_path, "--corpus", "namesakes", "--json").json
        assert [outcome["state"] for outcome in found] == [state] * 2
    assert len(asked("refs", "--corpus", "namesakes", "--json").json) == 8
    assert "a/review.md" in asked("remove", "a/review.md", "--corpus", "namesakes").err
    for told in ("indexing a/review.md, b/review.md once", ""):
        ran = asked("ask", "What does lichen take up?", "--in", *files, "--json")
        assert ran.json["corpus"]["documents"] == 2
        assert told in ran.err
        assert bool(told) == bool(ran.err)


def test_the_same_bytes_are_stored_once(asked: Run, moss: Path) -> None:
    """A copy under another name is a duplicate, whether the first was new or stored before."""
    written(moss.with_name("twin.md"), MOSS)
    for state in ("new", "unchanged"):
        found = asked("ingest", moss.parent, "--corpus", "twins", "--json").json
        assert [outcome["state"] for outcome in found] == [state, "duplicate"]
    assert "duplicate" in asked("ingest", moss.parent, "--corpus", "twins").out
    assert len(asked("refs", "--corpus", "twins", "--json").json) == 4


def test_a_file_name_that_is_not_utf8(asked: Run, tmp_path: Path) -> None:
    """Bytes that no text can hold are written as such, and the file is read, stored and removed like another."""
    path = tmp_path / os.fsdecode(b"\xff.md")
    try:
        written(path, MOSS)
    except OSError:
        pytest.skip("this file system takes no such name")
    assert asked("read", path, "--json").json["source"]["name"] == r"\xff.md"
    assert asked("ingest", path, "--corpus", "bytes").code == 0
    assert asked("remove", path.name, "--corpus", "bytes").code == 2
    assert asked("remove", r"\xff.md", "--corpus", "bytes").code == 0


def test_a_file_without_passages_is_told(asked: Run, tmp_path: Path) -> None:
    """A file from which nothing can be answered isn't stored in silence."""
    ran = asked("ingest", written(tmp_path / "bare.md", "## Results\n"), "--corpus", "bare")
    assert "bare.md: " in ran.err


def test_a_document_with_gaps_is_stored(asked: Run, gap: Path) -> None:
    """A gap is said in one line, with the missing number; the document answers, and its list says what it lacks."""
    ran = asked("ingest", gap, "--corpus", "gaps")
    assert ran.code == 0
    assert ran.err.startswith(f"evqa: {gap}: has gaps (no entry for reference 3; unresolved markers (2, 3))")
    assert ran.err.count("\n") == 1
    assert "missing: 3" in ran.out
    again = asked("ingest", gap, "--corpus", "gaps", "--json")
    assert (again.code, again.err, again.json[0]["state"], again.json[0]["error"]) == (0, "", "unchanged", None)
    assert asked("refs", "--corpus", "gaps").err.endswith("evqa: gap.md: no entry for reference 3\n")
    absent = asked("refs", "3", "--corpus", "gaps")
    assert (absent.code, "its references are 1 to 4 without 3" in absent.err) == (2, True)


def test_strict_refuses_a_document_with_gaps(asked: Run, gap: Path) -> None:
    """A gap then ends with 5, says which number is missing and what to do, and leaves no corpus."""
    for options in (["--strict"], ["--strict", "--allow-partial"]):
        ran = asked("ingest", gap, "--corpus", "gap", *options)
        assert ran.code == 5
        assert "refused: no entry for reference 3" in ran.err
        assert "leave it out to store them" in ran.err
        assert asked("refs", "--corpus", "gap").code == 6
    needless = asked("ingest", gap, "--corpus", "gap", "--allow-partial", "--json")
    assert (needless.code, needless.json[0]["state"]) == (0, "new")
    assert "allow-partial is the default now" in needless.err


def test_a_stored_document_is_no_failure_to_strict(asked: Run, gap: Path) -> None:
    """What the corpus holds ends a strict run with 5, but isn't called "not stored" afterwards."""
    assert asked("ingest", gap, "--corpus", "both").code == 0
    assert asked("ingest", gap, "--corpus", "both", "--strict").code == 5
    assert "failed" not in next(line for line in asked("corpora").out.splitlines() if line.startswith("both: "))


def test_a_marker_beyond_the_list_is_not_sound(asked: Run, tmp_path: Path) -> None:
    """A marker (9) of 4 is named."""
    path = written(tmp_path / "beyond.md", MOSS.replace("faster (4)", "faster (9)"))
    ran = asked("ingest", path, "--corpus", "beyond", "--strict")
    assert ran.code == 5
    assert "unresolved markers (9)" in ran.err


def test_a_number_given_twice_is_not_sound(asked: Run, tmp_path: Path) -> None:
    """Two entries 2 are named."""
    path = written(tmp_path / "twice.md", MOSS.replace("3. Davis", "2. Davis"))
    ran = asked("ingest", path, "--corpus", "twice", "--strict")
    assert ran.code == 5
    assert "number 2 given to more than one entry" in ran.err


def test_files_named_twice_are_read_once(asked: Run, moss: Path) -> None:
    """A file that also lies in a folder that was named is one file."""
    assert len(asked("ingest", moss, moss.parent, "--corpus", "once", "--json").json) == 1


@pytest.mark.parametrize("cut", ["## References", "## 2 Uses"])
def test_a_review_without_references_or_markers(asked: Run, tmp_path: Path, cut: str) -> None:
    """A review whose bibliography is missing is stored."""
    ran = asked("ingest", written(tmp_path / "cut.md", MOSS.split(cut)[0]), "--corpus", f"cut{len(cut)}")
    assert ran.code == 0, ran.err


def test_a_busy_corpus_is_left_alone(asked: Run, home: Path, moss: Path) -> None:
    """While another writes the corpus, ingest ends with 6 and names the holder."""
    folder = home / "corpora" / "busy"
    folder.mkdir()
    with write_lock(folder):
        ran = asked("ingest", moss, "--corpus", "busy")
    assert (ran.code, ran.out) == (6, "")
    assert f"'busy': is being written by process {os.getpid()}" in ran.err


def test_a_failed_file_is_named_until_it_is_mended(asked: Run, moss: Path, tmp_path: Path) -> None:
    """Every later run into the corpus names a file that failed, also where other files are given; mended, it is quiet.

    The exit code is that of the files that were given.
    """
    bad = written(tmp_path / "bad.md", "")
    assert asked("ingest", bad, "--corpus", "named").code == 4
    for _ in range(2):
        ran = asked("ingest", moss, "--corpus", "named")
        assert ran.code == 0
        assert f"{bad}: still not stored since an earlier run: " in ran.err
    assert "1 failed file not stored" in asked("corpora").out
    assert asked("verify", "--corpus", "named", "--json").json["failed"] == 1
    assert asked("ingest", bad, "--corpus", "other").code == 4
    written(bad, MOSS.replace("Moss", "Lichen"))
    assert asked("ingest", bad, "--corpus", "named").code == 0
    assert asked("ingest", moss, "--corpus", "named").err == ""
    (line,) = [line for line in asked("corpora").out.splitlines() if line.startswith("named: ")]
    assert "failed" not in line


def test_an_unsound_file_is_named_until_it_is_stored(asked: Run, moss: Path, gap: Path) -> None:
    """A file that a strict run held back stands as a failure until it is let in."""
    assert asked("ingest", gap, "--corpus", "held", "--strict").code == 5
    assert "gap.md: still not stored" in asked("ingest", moss, "--corpus", "held").err
    assert asked("ingest", gap, "--corpus", "held").code == 0
    assert "still" not in asked("ingest", moss, "--corpus", "held").err


def test_a_failed_file_that_is_gone_or_dropped(asked: Run, moss: Path, tmp_path: Path) -> None:
    """A file that failed and is gone is told once; one that is dropped isn't named again."""
    gone, dropped = (written(tmp_path / name, "") for name in ("gone.md", "dropped.md"))
    assert asked("ingest", moss, gone, dropped, "--corpus", "less").code == 4
    gone.unlink()
    first, second = (asked("ingest", moss, "--corpus", "less").err for _ in range(2))
    assert f"{gone}: failed before and is gone now" in first
    assert "gone.md" not in second
    assert f"{dropped}: still" in second
    assert asked("remove", dropped, "--corpus", "less").code == 0
    assert asked("ingest", moss, "--corpus", "less").err == ""
    assert asked("remove", "dropped.md", "--corpus", "less").code == 6


def test_what_is_left_alone_is_counted(asked: Run, moss: Path) -> None:
    """Files of other kinds and hidden ones in a folder are counted on stderr."""
    for name in ("table.csv", "figure.png", ".moss.md"):
        written(moss.with_name(name), "x")
    ran = asked("ingest", moss.parent, "--corpus", "left", "--json")
    assert len(ran.json) == 1
    assert ran.err == "evqa: files skipped in folders: 2 of other kinds, 1 hidden\n"


@pytest.mark.parametrize("given", ["0", "257", "two", "-1"])
def test_jobs_are_a_number(asked: Run, moss: Path, given: str) -> None:
    """Any other number of processes is refused."""
    ran = asked("ingest", moss, f"--jobs={given}")
    assert ran.code == 2
    assert "1 to 256" in ran.err


def test_names_and_titles_keep_their_line(asked: Run, tmp_path: Path) -> None:
    """A line break in a file's name and a title of 50,000 characters leave one line, and a short one, a file."""
    for name, title in (("a\nb.md", "Moss"), ("c.md", "long " * 10_000)):
        written(tmp_path / name, MOSS.replace("Moss on stones: a short review", title))
    for option, longest in ((), 100), (("--verbose",), 500):
        lines = asked("ingest", tmp_path, "--corpus", f"lines{longest}", *option).out.splitlines()
        assert max(map(len, lines)) <= longest
        assert [line for line in lines if line.startswith("a b.md")]
        assert not [line for line in lines if line.startswith("b.md")]


def test_failures_name_their_file_once(asked: Run, tmp_path: Path) -> None:
    """A failed file whose name isn't UTF-8 is called alike everywhere, and once a line."""
    path = tmp_path / os.fsdecode(b"\xff.md")
    path.write_bytes(b"\0")
    named = rf"{tmp_path}/\xff.md"
    written(tmp_path / "good.md", MOSS)
    ran = asked("ingest", path, tmp_path / "good.md", "--corpus", "named", "--json")
    assert ran.json[0]["file"] == named
    assert ran.json[0]["error"].startswith(f"{named}: binary data")
    assert asked("verify", "--corpus", "named").err.count(r"\xff.md") == 1
    assert rf"{named}: not stored: binary data" in asked("verify", "--corpus", "named").err


def test_a_failure_is_dropped_by_a_path_from_here(
    asked: Run, moss: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`evqa remove` takes a failed file by its path as it was given to `evqa ingest`."""
    monkeypatch.chdir(tmp_path)
    Path("sub").mkdir()
    written(Path("sub/bad.md"), "")
    assert asked("ingest", Path("sub/bad.md"), moss, "--corpus", "here").code == 4
    assert asked("remove", "sub/bad.md", "--corpus", "here").code == 0
    assert asked("ingest", moss, "--corpus", "here").err == ""
