"""Questions made of documents' own structure."""

import shutil
from pathlib import Path

import pytest

from eval.made import EMPTY, INVENTED, SHORTEST, lines, made, main, right
from evqa.answer import ask
from index.corpus import open_corpus
from ingest.sample import sample_path
from tests.evqa.invented import BREAD_SHELF


@pytest.fixture(scope="module")
def home(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample under the command's name, so that nothing has to be embedded."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(bare_home / "models", folder / "models")
    shutil.copytree(next((bare_home / "corpora").glob("sample.*")), folder / "corpora" / "made-0")
    return folder


def test_the_same_each_time() -> None:
    """The questions are drawn alike each time, and some need no structure."""
    once, again = (list(made(BREAD_SHELF)) for _ in range(2))
    assert [each[:2] for each in once] == [each[:2] for each in again]
    assert sum(each.stage == "rule-unknown" for each in once) == len(EMPTY) + INVENTED


def test_what_is_right(home: Path) -> None:
    """Right is what shows the part's end first, or claims only what cites the work; another question's answer isn't."""
    with open_corpus(home, "made-0") as corpus:
        questions = list(made(corpus))
        ends = [each for each in questions if each.stage == "position"]
        uses = [each for each in questions if each.stage == "author-uses"]
        assert len(ends) >= 2 * SHORTEST
        assert uses
        first, last = ends[0], ends[SHORTEST]
        assert first.is_right(ask(first.question, corpus))
        assert not last.is_right(ask(first.question, corpus))
        assert not uses[0].is_right(ask(first.question, corpus))


def test_stages_earn_their_place(home: Path) -> None:
    """Each stage answers more of its questions rightly than is possible without it."""
    with open_corpus(home, "made-0") as corpus:
        found = right(corpus)
    assert set(found) == {"position", "author-uses", "rule-unknown"}
    assert all(count >= on > without for count, on, without in found.values())


def test_command(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line each stage; a document that isn't there is one line and exit code 2."""
    assert main([str(sample_path())], home) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told] == ["stage", "author-uses", "position", "rule-unknown"]
    assert main(["nothing.md"], home) == 2
    assert capsys.readouterr().err.startswith("made: ")


def test_lines() -> None:
    """Questions, right, right without."""
    assert [line.split() for line in lines({"position": (6, 5, 3)})][1] == ["position", "6", "5", "3"]
