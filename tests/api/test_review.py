"""The Python face."""

import pydoc
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import evqa as package
from api.review import Review
from evqa.errors import CorpusError, InputError, IntegrityError, UsageError
from evqa.model import Answer
from tests.api.running import Run, written

QUESTION = "Why do slugs avoid some cushions?"
NOWHERE = "What is the boiling point of tungsten hexafluoride?"


@pytest.fixture(scope="module")
def environ(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose data folder, a copy of these tests' own, has the model."""
    return {"EVQA_HOME": str(shutil.copytree(bare_home, tmp_path_factory.mktemp("review") / "home"))}


def test_a_file_answers_as_on_the_command_line(
    environ: dict[str, str], moss: Path, evqa: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a review answers is the record that `evqa ask --in FILE --json` prints, and stays whole behind its end."""
    with Review(moss, environ=environ) as review:
        answer, refused = review.ask(QUESTION), review.ask(NOWHERE, k=3)
        passages, references = review.search(QUESTION, k=3), review.references()
    monkeypatch.setenv("EVQA_HOME", environ["EVQA_HOME"])
    assert answer.model_dump_json() == evqa("ask", QUESTION, "--in", moss, "--json").out.rstrip("\n")
    assert answer.answer == "Slugs avoid cushions that contain bitter acids."
    assert isinstance(answer, Answer)
    assert (refused.status, len(refused.passages)) == ("insufficient_evidence", 3)
    assert [passage.rank for passage in passages] == [1, 2, 3]
    assert [reference.number for reference in references] == [1, 2, 3, 4]


def test_a_file_is_indexed_once(environ: dict[str, str], moss: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time, under another name, a file is found again by its content, and nothing is said or made."""
    folder = Path(environ["EVQA_HOME"]) / "corpora"
    Review(str(moss), environ=environ).close()
    corpora = sorted(folder.iterdir())
    capsys.readouterr()
    Review(shutil.copy(moss, moss.with_name("renamed.md")), environ=environ).close()
    assert sorted(folder.iterdir()) == corpora
    assert capsys.readouterr() == ("", "")


def test_a_stored_corpus_is_opened(home: Path) -> None:
    """A corpus is asked by its name, or the default one without; one that isn't there is refused by its name."""
    environ = {"EVQA_HOME": str(home)}
    with Review.stored(environ=environ) as review, Review.stored("default", environ=environ) as named:
        assert review.ask("What does reference 15 support?") == named.ask("What does reference 15 support?")
    with pytest.raises(CorpusError, match="nowhere"):
        Review.stored("nowhere", environ=environ)


def test_bad_files_are_refused(environ: dict[str, str], gap: Path, tmp_path: Path) -> None:
    """A missing file, with `strict` one with gaps, none at all and a misspelt setting are the project's errors, with
    the value."""
    with pytest.raises(InputError, match=r"none\.pdf"):
        Review(tmp_path / "none.pdf", environ=environ)
    with pytest.raises(IntegrityError, match=r"gap\.md"):
        Review(gap, strict=True, environ=environ)
    with pytest.raises(UsageError, match="no file given"):
        Review(environ=environ)
    with pytest.raises(UsageError, match="EVQA_HOEM"):
        Review(gap, environ={"EVQA_HOEM": "x"})


def test_gaps_need_no_leave(environ: dict[str, str], gap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with gaps is asked as it is; `allow_partial` changes nothing and says so once."""
    with Review(gap, environ=environ) as review:
        answer = review.ask(QUESTION)
    assert answer.status == "answered"
    assert "default now" not in capsys.readouterr().err
    with Review(gap, allow_partial=True, environ=environ) as review:
        assert review.ask(QUESTION) == answer
    assert capsys.readouterr().err.count("allow-partial is the default now") == 1


def test_a_closed_review_says_so(environ: dict[str, str], moss: Path) -> None:
    """Closing twice is nothing, asking afterwards an error that says what to do."""
    with Review(moss, environ=environ) as review:
        review.close()
    with pytest.raises(UsageError, match="this review: closed"):
        review.ask(QUESTION)


def test_the_review_is_found_in_the_package() -> None:
    """`from evqa import Review` is this class, and any other name that isn't there is an ordinary error."""
    assert package.Review is Review
    assert package.__all__ == ["Review"]
    with pytest.raises(AttributeError, match="Reviews"):
        package.Reviews  # type: ignore[attr-defined]  # noqa: B018


def test_the_package_alone_loads_nothing() -> None:
    """Until a review is named, importing evqa loads none of its files and no library."""
    code = "import sys; before = {*sys.modules}; import evqa; print(*{*sys.modules} - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    tops = {name.partition(".")[0] for name in done.stdout.split()}
    assert tops - sys.stdlib_module_names == {"evqa"}
    assert not [name for name in done.stdout.split() if name.startswith("evqa.")]


def test_a_review_is_audited_as_on_the_command_line(home: Path, asked: Run) -> None:
    """What an audit finds is the record that `evqa audit --json` prints."""
    with Review.stored(environ={"EVQA_HOME": str(home)}) as review:
        assert review.audit().model_dump_json() == asked("audit", "--json").out.rstrip("\n")


def test_help_shows_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The help of the class holds nothing of the process's environment; its settings count all the same."""
    monkeypatch.setenv("EVQA_LLM_KEY", "a-secret-key")
    told = pydoc.plain(pydoc.render_doc(Review))
    assert "a-secret-key" not in told
    assert "environ(" not in told
    monkeypatch.setenv("EVQA_HOEM", "x")
    with pytest.raises(UsageError, match="EVQA_HOEM"):
        Review.stored()


def test_documents_and_tables(plants_home: Path, in_plants: Run) -> None:
    """A review of several documents names them, and makes the table that `evqa table` prints, to the byte."""
    questions = ("Which partners does lichen consist of?", "Why do slugs avoid some cushions?")
    with Review.stored("plants", environ={"EVQA_HOME": str(plants_home)}) as review:
        assert [(each.source, each.title) for each in review.documents()] == [
            ("moss.md", "Moss on stones: a short review"),
            ("lichen.md", "Lichen on roofs: a short review"),
        ]
        table = review.table(*questions)
        one = review.table(*questions, documents=["lichen"], found=True)
        with pytest.raises(UsageError, match="no question given"):
            review.table()
    assert table.csv() == in_plants("table", *questions).out
    assert table.markdown() == in_plants("table", *questions, "--format", "md").out
    assert [(row.source, row.result) for row in one.rows] == [("lichen.md", "found")]
    assert "<table>" in table._repr_html_()


def test_sentences_are_checked(plants_home: Path, in_plants: Run) -> None:
    """Each sentence has its verdict in the order given, as `evqa check --json` has it; one without words is refused."""
    true, altered, absent = (
        "Sulphur dioxide kills most species within a year",
        "Sulphur dioxide kills all species within a year",
        "Glaciers retreated in nine valleys that were mapped from balloons",
    )
    with Review.stored("plants", environ={"EVQA_HOME": str(plants_home)}) as review:
        check = review.check(true, altered, absent)
        assert review.check(true).model_dump_json() == in_plants("check", true, "--json").out.rstrip("\n")
        with pytest.raises(UsageError, match="no word"):
            review.check("?!")
    assert [each.verdict for each in check.sentences] == ["verbatim", "near", "absent"]
    assert (check.verbatim, check.near, check.absent) == (1, 1, 1)
    (difference,) = check.sentences[1].differences
    assert (difference.quoted, difference.printed) == ("all", "most")
    assert check.sentences[0].places[0].document.title == "Lichen on roofs: a short review"


def test_a_draft_is_checked(plants_home: Path, in_plants: Run, tmp_path: Path) -> None:
    """Quotations and sentences with figures of a draft are checked with their lines, as `evqa check --file` does; a
    missing or unknown file is the project's error."""
    text = "# Draft\n\nIt is said that “Sulphur dioxide kills most species within a year”.\n\n> Glaciers melt in May.\n"
    draft = written(tmp_path / "draft.md", text)
    with Review.stored("plants", environ={"EVQA_HOME": str(plants_home)}) as review:
        check = review.check_draft(draft)
        assert review.check_draft(str(draft)) == check
        for wrong in ("gone.md", written(tmp_path / "draft.odt", "x")):
            with pytest.raises(InputError):
                review.check_draft(wrong)
    assert [(each.verdict, each.draft and each.draft.line) for each in check.sentences] == [
        ("verbatim", 3),
        ("absent", 5),
    ]
    assert check.model_dump_json() == in_plants("check", "--file", draft, "--json").out.rstrip("\n")


def test_an_answer_shows_itself_in_a_notebook(plants_home: Path) -> None:
    """What `ask` gives is an Answer that a notebook shows with its quotation."""
    with Review.stored("plants", environ={"EVQA_HOME": str(plants_home)}) as review:
        answer = review.ask("Which partners does lichen consist of?")
    assert isinstance(answer, Answer)
    assert "“Lichen consists of a fungus and an alga that feeds it (1).” [1]" in answer._repr_html_()
