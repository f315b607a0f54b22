"""`evqa ask`."""

import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from api.cli.main import main
from index.disk.lock import write_lock
from tests.api.running import MOSS, Run, written

QUESTION = "What does reference 15 support?"
SAMPLE = "no corpus of your own yet, so this is the built-in sample; make your own with `evqa ingest PATH`"
UNRELATED = "What is the boiling point of tungsten hexafluoride?"


def test_the_sample_answers_where_there_is_no_corpus(
    evqa: Run, bare_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a corpus of one's own the built-in sample answers, found again, and stderr says that it is the sample."""
    monkeypatch.setenv("EVQA_HOME", str(bare_home))
    ran = evqa("ask", QUESTION)
    assert ran.code == 0
    assert ran.err == f"evqa: {SAMPLE}\n"
    assert [corpus["use"] for corpus in evqa("corpora", "--json").json] == ["sample"]


COMMANDS = {
    "ask": ("ask", "How much water do cushions hold?"),
    "search": ("search", "water"),
    "refs": ("refs", "2"),
    "audit": ("audit",),
    "verify": ("verify",),
}


@pytest.fixture(scope="module")
def own(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one corpus of one's own, which isn't called default, beside the sample."""
    folder = shutil.copytree(bare_home, tmp_path_factory.mktemp("own") / "home")
    review = written(folder / "moss.md", MOSS)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()), redirect_stderr(StringIO()) as messages:
        patch.setenv("EVQA_HOME", str(folder))
        assert main(["ingest", str(review), "--corpus", "mine"]) == 0, messages.getvalue()
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_the_only_corpus_answers(evqa: Run, own: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Where no corpus is named and none is called default the only one is used, as if it were named, and that is
    said: nobody is told that there is none, nor answered from the sample."""
    monkeypatch.setenv("EVQA_HOME", str(own))
    named = evqa(*COMMANDS[command], "--corpus", "mine")
    ran = evqa(*COMMANDS[command])
    assert (ran.code, ran.out) == (named.code, named.out) == (0, named.out)
    assert ran.err.startswith("evqa: no corpus is called default, so this is mine, the only one of your own\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_of_several_corpora_one_has_to_be_named(
    evqa: Run, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Without a default nobody guesses: one line lists the corpora and says what to type; code 2."""
    home = tmp_path / "home"
    shutil.copytree(own / "corpora" / "mine", home / "corpora" / "mine")
    shutil.copytree(own / "corpora" / "mine", home / "corpora" / "other")
    monkeypatch.setenv("EVQA_HOME", str(home))
    ran = evqa(*COMMANDS[command])
    assert (ran.code, ran.out) == (2, "")
    said = "no corpus was named: none is called default, and there is mine, other; name one with --corpus NAME"
    assert ran.err == f"evqa: {said}\n"


def test_the_default_corpus_answers_without_a_word(asked: Run) -> None:
    """With a default corpus nothing is said but the answer: the entry with its DOI under its number."""
    ran = asked("ask", QUESTION)
    assert (ran.code, ran.err) == (0, "")
    assert "[15]" in ran.out
    assert "https://doi.org/" in ran.out


def test_json_has_the_shape_of_the_contract(asked: Run) -> None:
    """The answer is one line; claims are slices of their passages, and their numbers resolve to entries."""
    ran = asked("ask", QUESTION, "--json", "-k", "3")
    answer = ran.json
    assert ran.out.count("\n") == 1
    assert list(answer) == [
        "question", "status", "confidence", "answer", "note", "missing", "claims", "references", "passages", "warnings",
        "judge", "corpus",
    ]  # fmt: skip
    assert 1 <= len(answer["passages"]) <= 3
    assert {entry["number"] for entry in answer["references"]} >= {15}
    passages = {passage["id"]: passage for passage in answer["passages"]}
    for claim in answer["claims"]:
        home = passages[claim["passage"]]
        assert home["text"][claim["start"] - home["start"] : claim["end"] - home["start"]] == claim["text"]


def test_the_same_question_gives_the_same_bytes(asked: Run) -> None:
    """Asked twice, the answer is byte-identical."""
    assert asked("ask", QUESTION, "--json").out == asked("ask", QUESTION, "--json").out


def test_a_refusal_is_three(asked: Run) -> None:
    """A question that the corpus doesn't answer ends with 3 and an answer that says so."""
    ran = asked("ask", UNRELATED)
    assert ran.code == 3
    assert "doesn't answer this question" in ran.out
    assert asked("ask", UNRELATED, "--json").json["status"] == "insufficient_evidence"


@pytest.mark.parametrize(
    "question",
    [
        "?!… ––",
        "면역 관문 억제제에 대한 내성은 어떻게 생깁니까?",
        "'; DROP TABLE document; --",
        'a AND (b OR "c:d^2~',
        "(?P<x>[a-z]+",
        "title:* +text:[1 TO *] -x",
        "\\",
        "%s {0} $(x)",
        "\x1b[31m\x00",
        "🧬",
        "a " * 900,
    ],
)
def test_no_question_crashes(asked: Run, question: str) -> None:
    """Whatever the characters, the question is answered or refused."""
    ran = asked("ask", question, "--json")
    assert ran.code in (0, 3), ran.err
    assert ran.json["question"] == question


@pytest.mark.parametrize("question", ["", "  ", "x" * 100_000])
def test_a_question_that_cannot_be_used(asked: Run, question: str) -> None:
    """An empty question and one of 100,000 characters are refused as usage, in one short line."""
    ran = asked("ask", question)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()[-1]) < 200


def test_a_corpus_that_is_not_there(asked: Run) -> None:
    """A corpus that was named isn't replaced by the sample."""
    ran = asked("ask", QUESTION, "--corpus", "nowhere")
    assert (ran.code, ran.out) == (6, "")
    assert "'nowhere'" in ran.err


def test_a_batch_keeps_order_and_ids(asked: Run, tmp_path: Path) -> None:
    """One answer a line in the order of the questions, the id first; a question that can't be used is refused."""
    lines = [{"id": "b", "question": QUESTION}, {"id": 7, "question": ""}, {"id": "a", "question": UNRELATED}]
    path = written(tmp_path / "q.jsonl", "\n".join(json.dumps(line) for line in lines))
    ran = asked("ask", "--questions", path, "--json")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [next(iter(answer.items())) for answer in answers] == [("id", "b"), ("id", 7), ("id", "a")]
    assert [answer["status"] for answer in answers] == ["answered", *["insufficient_evidence"] * 2]
    assert "empty" in answers[1]["warnings"][0]
    single = asked("ask", QUESTION, "--json").out
    assert ran.out.splitlines()[0] == single.rstrip("\n").replace("{", '{"id":"b",', 1)


def test_a_batch_in_words(asked: Run, tmp_path: Path) -> None:
    """Without --json each question stands above its answer."""
    path = written(tmp_path / "q.jsonl", json.dumps({"id": "b", "question": QUESTION}))
    assert asked("ask", "--questions", path).out.startswith(f"b: {QUESTION}\n")


def test_a_bad_batch_prints_nothing(asked: Run, tmp_path: Path) -> None:
    """A line that can't be read is named before anything is answered."""
    path = written(tmp_path / "q.jsonl", json.dumps({"id": 1, "question": QUESTION}) + "\n{")
    ran = asked("ask", "--questions", path, "--json")
    assert (ran.code, ran.out) == (4, "")
    assert "line 2" in ran.err


def test_files_are_asked_and_found_again(asked: Run, moss: Path, tmp_path: Path) -> None:
    """A file needs no step before; by its contents it is found again, under whatever name."""
    first = asked("ask", "What do gardeners spread on stones?", "--in", moss, "--json")
    again = asked("ask", "What do gardeners spread on stones?", "--json", "--in", written(tmp_path / "b.md", MOSS))
    assert first.code == again.code == 0
    assert [entry["number"] for entry in first.json["references"]] == [4]
    assert "indexing moss.md" in first.err
    assert again.err == ""
    assert again.out == first.out


def test_what_a_killed_process_left_is_completed(asked: Run, home: Path, tmp_path: Path) -> None:
    """A corpus of files that lacks one is completed, after waiting for the process that is writing it."""
    file = written(tmp_path / "rain.md", MOSS.replace("rain for weeks", "rain for days"))
    command = ("ask", "What do gardeners spread on stones?", "--json", "--in", file)
    first = asked(*command)
    name = first.json["corpus"]["name"]
    assert asked("remove", "rain.md", "--corpus", name).code == 0
    held, release = Event(), Event()

    def hold() -> None:
        with write_lock(home / "corpora" / name):
            held.set()
            release.wait(30)

    thread = Thread(target=hold)
    thread.start()
    held.wait(30)
    Timer(0.5, release.set).start()
    again = asked(*command)
    thread.join()
    assert "indexing rain.md" in again.err
    assert again.out == first.out


def test_a_file_with_gaps_is_asked_unless_strict(asked: Run, gap: Path) -> None:
    """It answers, and what it lacks is said once; with --strict it ends with 5 and names it, before and after that."""
    command = ("ask", "What do gardeners spread on stones?", "--in", gap)
    for strict in (True, False, True):
        ran = asked(*command, *(["--strict"] if strict else []))
        assert ran.code == (5 if strict else 0)
        assert ("gap.md: has gaps (no entry for reference 3" in ran.err) == (not strict)
        assert ("gap.md: no entry for reference 3" in ran.err) == strict
    assert asked(*command).err == ""
    needless = asked(*command, "--allow-partial")
    assert (needless.code, needless.out) == (0, asked(*command).out)
    assert needless.err.count("\n") == 1
    assert "default now" in needless.err


def test_a_gap_stands_with_the_claim_that_touches_it(asked: Run, tmp_path: Path) -> None:
    """A claim whose marker leads nowhere is marked in JSON and in words, and isn't said to cite nothing."""
    path = written(tmp_path / "beyond.md", MOSS.replace("faster (4)", "faster (9)"))
    command = ("ask", "What do gardeners spread on stones?", "--in", path)
    answer = asked(*command, "--json").json
    (gap,) = answer["claims"][0]["unresolved"]
    assert (gap["marker"], gap["missing"], gap["reason"]) == ("(9)", [9], "the bibliography has no entry 9")
    assert gap["warning"] in answer["warnings"]
    assert answer["references"] == []
    text = asked(*command).out
    assert text.count("the marker (9) isn't resolved") == 1
    assert "  ! the marker (9)" in text
    assert "cites no reference" not in text


def test_a_stored_corpus_is_asked_strictly(asked: Run, gap: Path) -> None:
    """--strict refuses a stored corpus that holds a document with gaps."""
    assert asked("ingest", gap, "--corpus", "loose").code == 0
    command = ("ask", "What do gardeners spread on stones?", "--corpus", "loose")
    assert asked(*command).code == 0
    ran = asked(*command, "--strict")
    assert (ran.code, ran.out) == (5, "")
    assert "gap.md: no entry for reference 3" in ran.err


def test_a_file_that_is_not_there(asked: Run, tmp_path: Path) -> None:
    """A missing file and a folder without a readable one end with 4 and are named."""
    (tmp_path / "bare").mkdir()
    written(tmp_path / "bare" / ".hidden.md", MOSS)
    for name in ("none.md", "bare"):
        ran = asked("ask", QUESTION, "--in", tmp_path / name)
        assert (ran.code, ran.out) == (4, "")
        assert name in ran.err
