"""Files into a corpus: the same whatever reads them, and on from where a run ended."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from api.intake.outcome import FileOutcome
from api.intake.storing import Destination, IngestReport, store
from evqa.settings import DEFAULT_MODEL
from index.corpora import summary
from index.verify import verify
from index.writer import writing
from tests.api.running import MOSS, written
from tests.api.test_processes import SCRIPT
from tests.ingest.pdf.wool import wool


class Watch:
    """Remembers what it was told, and may end the run before a file."""

    def __init__(self, ends_before: int = 1_000_000) -> None:
        self.ends_before = ends_before
        self.turns: list[Path] = []
        self.outcomes: list[FileOutcome] = []
        self.files = 0

    def begin(self, files: int) -> None:
        """See api.intake.storing.Watch."""
        self.files = files

    def turn(self, path: Path) -> None:
        """See api.intake.storing.Watch."""
        if len(self.turns) == self.ends_before:
            raise KeyboardInterrupt
        self.turns.append(path)

    def done(self, outcome: FileOutcome) -> None:
        """See api.intake.storing.Watch."""
        self.outcomes.append(outcome)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six small reviews, the third of them empty."""
    place = tmp_path / "reviews"
    place.mkdir()
    for number in range(6):
        written(place / f"{number}.md", MOSS.replace("# Moss", f"# Moss {number}") if number != 2 else "")
    return place


def run(home: Path, corpus: str, *paths: Path, jobs: int = 2, watch: Watch | None = None) -> IngestReport:
    """Stores files in a corpus."""
    return store(paths, Destination(home, corpus, DEFAULT_MODEL, jobs=jobs), watch or Watch())


def states(report: IngestReport) -> list[str]:
    """What became of each file."""
    return [outcome.state for outcome in report.outcomes]


def contents(home: Path, corpus: str) -> dict[str, bytes]:
    """The files of the live generation that hold what was read."""
    (generation,) = (home / "corpora" / corpus / "generations").iterdir()
    return {name: (generation / name).read_bytes() for name in ("records.sqlite", "offsets.npy", "vectors.npy")}


def test_the_corpus_is_the_same_for_any_number_of_processes(home: Path, folder: Path) -> None:
    """One process or three, or one file after the other: outcomes and stored bytes are the same."""
    expected = run(home, "one", folder, jobs=1)
    assert states(expected) == ["new"] * 2 + ["failed"] + ["new"] * 3
    assert run(home, "three", folder, jobs=3).outcomes == expected.outcomes
    for file in sorted(folder.iterdir()):
        run(home, "single", file)
    assert contents(home, "one") == contents(home, "three") == contents(home, "single")


def test_an_interrupted_run_goes_on(home: Path, folder: Path) -> None:
    """What was done before an interruption is stored, can be read, and isn't read or embedded again."""
    with pytest.raises(KeyboardInterrupt):
        run(home, "ended", folder, watch=Watch(ends_before=4))
    assert summary(home, "ended").documents == 3
    assert summary(home, "ended").failed == 1
    watch = Watch()
    report = run(home, "ended", folder, watch=watch)
    assert states(report) == ["unchanged"] * 2 + ["failed", "unchanged"] + ["new"] * 2
    assert watch.files == len(watch.turns) == 6
    placed = [outcome.model_copy(update={"placement": None}) for outcome in report.outcomes]
    assert watch.outcomes == placed != report.outcomes
    again = run(home, "ended", folder)
    assert states(again) == ["unchanged"] * 2 + ["failed"] + ["unchanged"] * 3
    assert sum(outcome.embedded for outcome in again.outcomes) == 0
    facts = [(outcome.title, outcome.passages, outcome.integrity) for outcome in report.outcomes]
    assert [(outcome.title, outcome.passages, outcome.integrity) for outcome in again.outcomes] == facts
    assert verify(home, "ended") == ()


def test_nothing_is_read_of_what_is_stored(home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unchanged files need no reader: a run over them succeeds where no process could be started."""
    run(home, "kept", folder)
    (folder / "2.md").unlink()
    monkeypatch.setattr(sys, "executable", str(folder / "none"))
    assert states(run(home, "kept", folder)) == ["unchanged"] * 5


# What answers to SIGTERM is what answers to SIGINT.
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 130), (signal.SIGKILL, -9)])
def test_a_run_that_is_ended_from_outside(home: Path, folder: Path, number: signal.Signals, code: int) -> None:
    """SIGTERM ends with 130 and one line, kill -9 with none; nothing stored is lost and no process stays."""
    name = f"ended{int(number)}"
    environment = {**os.environ, "EVQA_HOME": str(home)}
    command = [SCRIPT, "ingest", str(folder), "--corpus", name, "--jobs", "2", "--verbose"]
    process = subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True)
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(number)
    # The workers hold what they were started with: where one stayed, this would wait.
    _, err = process.communicate(timeout=60)
    assert process.returncode in (code, 4)
    assert "new" in first
    if process.returncode == 130:
        assert err.splitlines()[-1].startswith("evqa: interrupted; ")
        assert "Traceback" not in err
    assert states(run(home, name, folder))[0] == "unchanged"
    assert verify(home, name) == ()


def test_a_file_that_vanishes(home: Path, tmp_path: Path) -> None:
    """A file that is gone when it is its turn fails, but isn't kept as a failure."""
    files = [written(tmp_path / f"{n}.md", MOSS) for n in range(2)]

    class Vanishing(Watch):
        def begin(self, files: int) -> None:
            (tmp_path / "1.md").unlink()

    report = run(home, "vanished", *files, watch=Vanishing())
    assert states(report) == ["new", "failed"]
    assert "no such file" in (report.outcomes[1].error or "")
    assert run(home, "vanished", files[0]).standing == []


def test_only_readers_are_loaded_to_read() -> None:
    """A process that reads files imports neither torch nor anything of the index."""
    code = "import sys, api.intake.reading; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not {"torch", "faiss", "onnxruntime", "tantivy", "index", "rich"} & loaded


def test_a_pdf_is_kept_as_long_as_its_document(home: Path, tmp_path: Path) -> None:
    """Beside the records, since its pages are shown from it; found missing, it is kept anew; a text isn't kept, and
    what isn't stored either."""
    corpus = "pages"
    pdf = tmp_path / "wool.pdf"
    pdf.write_bytes(wool())
    kept = home / "corpora" / corpus / "sources"
    assert states(run(home, corpus, pdf, written(tmp_path / "moss.md", MOSS))) == ["new", "new"]
    (found,) = kept.iterdir()
    assert found.read_bytes() == wool()
    found.unlink()
    assert states(run(home, corpus, pdf)) == ["unchanged"]
    assert found.read_bytes() == wool()
    assert verify(home, corpus) == ()
    found.write_bytes(b"%PDF")
    assert "is damaged" in verify(home, corpus)[0]
    with writing(home, corpus, DEFAULT_MODEL) as writer:
        writer.remove("wool.pdf")
    assert list(kept.iterdir()) == []
