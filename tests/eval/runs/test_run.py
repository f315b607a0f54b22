"""Runs are stored and found again as they were, and record what a system answered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.runs.gold import GoldQuestion
from eval.runs.run import Hit, Response, SystemRun, load_run, run_library, save_run
from evqa.errors import InputError, UsageError
from evqa.model import Answer, CorpusState, Home, RankedPassage, Reference

NUMBER = st.floats(allow_nan=False, allow_infinity=False)
HITS = st.lists(st.builds(Hit, score=NUMBER, text=st.text()), max_size=3).map(tuple)
RESPONSE = st.builds(
    Response,
    id=st.text(min_size=1),
    ms=st.floats(0, 1e6),
    hits=HITS,
    references=st.none() | st.lists(st.integers(1, 99)).map(tuple),
    confidence=st.none() | NUMBER,
    status=st.none() | st.sampled_from(["answered", "insufficient_evidence"]),
)
STATE = CorpusState(name="test", fingerprint="f", documents=1)


def answer_to(question: str) -> Answer:
    """An answer with two passages and two references, or a refusal of a question about cooking."""
    if "cook" in question:
        return Answer(question=question, status="insufficient_evidence", confidence=0.1, corpus=STATE)
    if not question.strip():
        raise UsageError("the question", "empty", "ask something")
    home = Home(id="d-1", title="A review")
    passages = tuple(
        RankedPassage(id=f"p-{n}", kind="prose", document=home, start=0, end=3, text=f"P{n}", rank=n, score=1 / n)
        for n in (1, 2)
    )
    references = tuple(Reference(number=number, raw="…") for number in (7, 3))
    return Answer(
        question=question, status="answered", confidence=0.9, passages=passages, references=references, corpus=STATE
    )


@given(st.lists(RESPONSE, min_size=1, max_size=4, unique_by=lambda response: response.id))
def test_a_saved_run_loads_as_it_was(tmp_path_factory: pytest.TempPathFactory, responses: list[Response]) -> None:
    """Save and load give the same responses in the same order, one a line."""
    path = tmp_path_factory.mktemp("run") / "run.jsonl"
    run = SystemRun(responses=tuple(responses))
    save_run(run, path)
    assert load_run(path) == run
    assert path.read_bytes().count(b"\n") == len(responses)


def test_a_run_of_another_system_loads(tmp_path: Path) -> None:
    """References, confidence and status may be missing, further fields are passed over."""
    path = tmp_path / "run.jsonl"
    path.write_text('{"id":"a","ms":1,"hits":[{"score":2,"text":"x","page":4}],"model":"m"}')
    response = load_run(path).by_id()["a"]
    assert (response.texts, response.references, response.confidence) == (("x",), None, None)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id":"b","ms":-1,"hits":[]}', "line 2: ms"),
        ('{"id":"b","ms":1,"hits":[],"confidence":NaN}', "line 2: confidence"),
        ('{"id":"b","ms":1,"hits":[{"score":1}]}', "line 2: hits.0.text: Field required"),
        ('{"id":"a","ms":1,"hits":[]}', "the id 'a' occurs more than once"),
    ],
)
def test_a_bad_run_is_refused(tmp_path: Path, line: str, message: str) -> None:
    """Each line must be a response, and answer a question of its own."""
    path = tmp_path / "run.jsonl"
    path.write_text('{"id":"a","ms":1,"hits":[]}\n' + line)
    with pytest.raises(InputError, match=message):
        load_run(path)


def test_a_run_that_can_not_be_written_is_refused(tmp_path: Path) -> None:
    """A missing folder is named with the next step."""
    with pytest.raises(InputError, match=r"run.jsonl: can't be written \(No such file or directory\)"):
        save_run(SystemRun(responses=()), tmp_path / "none" / "run.jsonl")


def test_asking_records_what_came_back() -> None:
    """Passages become hits in order, top-level references numbers; a refusal is kept as one."""
    gold = [GoldQuestion(id=name, question=text, kind="unanswerable") for name, text in [("a", "EVs"), ("b", "cook")]]
    answered, refused = run_library(gold, answer_to).responses
    assert (answered.id, answered.texts, answered.references) == ("a", ("P1", "P2"), (7, 3))
    assert (answered.status, answered.confidence) == ("answered", 0.9)
    assert answered.ms > 0
    assert (refused.id, refused.hits, refused.references, refused.status) == ("b", (), (), "insufficient_evidence")


def test_a_question_that_can_not_be_asked_gets_no_response() -> None:
    """The run goes on; what is missing is scored as wrong and named in the report."""
    gold = [GoldQuestion(id=name, question=text, kind="unanswerable") for name, text in [("a", " "), ("b", "EVs")]]
    assert list(run_library(gold, answer_to).by_id()) == ["b"]
