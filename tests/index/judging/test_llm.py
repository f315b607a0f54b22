"""A language model as judge."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evqa.corpus.judge import MOST_READ
from index.judging.endpoint import Breaker, Endpoint, Times
from index.judging.grades import GRADES, version
from index.judging.llm import LlmJudge
from index.judging.verdicts import FILE, Verdicts
from tests.index.judging.judges import LOCAL, SHOWN, StandIn, shown
from tests.index.judging.scripted import Scripted, ScriptedEndpoint, failing, grading, reply, scripted

QUESTION = "How much water does moss hold?"
KEY = "sk-secret-0123456789"


def judge_of(server: ScriptedEndpoint, home: Path, local: StandIn | None = None, model: str = "tiny") -> LlmJudge:
    """A judge that asks the server and keeps what it says in the home."""
    times = Times(whole=30.0, sleep=lambda _: None)
    endpoint = Endpoint(server.address, model, KEY, times, Breaker(server.address))
    return LlmJudge(endpoint, Verdicts(home, print), local or StandIn())


def test_grades_become_probabilities(tmp_path: Path) -> None:
    """Each passage gets its grade's probability, in order; model and version are named, and nothing else decided."""
    local = StandIn()
    with scripted(grading(1, 3, 0)) as server:
        verdict = judge_of(server, tmp_path, local).verdict(QUESTION, SHOWN)
    assert verdict.relevances == (GRADES[1], GRADES[3], GRADES[0])
    assert (verdict.judge.name, verdict.judge.version, verdict.problem) == ("llm:tiny", version(), "")
    assert local.asked == 0


def test_the_same_question_is_sent_once(tmp_path: Path) -> None:
    """Asked again, in another process or without the server, the verdict is the same, and no request is made."""
    with scripted(grading(1, 3, 0), grading(3, 0, 0)) as server:
        judge = judge_of(server, tmp_path)
        first = judge.verdict(QUESTION, SHOWN)
        assert judge.verdict(QUESTION, SHOWN) == judge_of(server, tmp_path).verdict(QUESTION, SHOWN) == first
        assert len(server.requests) == 1
    assert judge_of(server, tmp_path).verdict(QUESTION, SHOWN) == first


def test_what_the_verdict_depends_on(tmp_path: Path) -> None:
    """Another question, another order, another context or another model is another verdict."""
    other = (shown(SHOWN[0].passage.text, "A sentence before."), *SHOWN[1:])
    with scripted(grading(0, 0, 0)) as server:
        judge = judge_of(server, tmp_path)
        for question, passages in ((QUESTION, SHOWN), ("Why?", SHOWN), (QUESTION, SHOWN[::-1]), (QUESTION, other)):
            judge.verdict(question, passages)
        judge_of(server, tmp_path, model="other").verdict(QUESTION, SHOWN)
        assert len(server.requests) == 5


def test_many_at_once(tmp_path: Path) -> None:
    """Threads that ask the same at once have the same verdict, though the model wavers."""
    grades = [grading(*numbers) for numbers in ((0, 3, 0), (3, 0, 0), (1, 1, 1), (2, 2, 2))]
    with scripted(*grades) as server, ThreadPoolExecutor(4) as threads:
        judges = [judge_of(server, tmp_path) for _ in range(4)]
        found = list(threads.map(lambda judge: judge.verdict(QUESTION, SHOWN), judges))
    assert len(set(found)) == 1


def test_no_more_than_it_may_read(tmp_path: Path) -> None:
    """At most twenty passages are sent."""
    with scripted(grading(1)) as server:
        judge_of(server, tmp_path).verdict(QUESTION, SHOWN * 20)
        (request,) = server.requests
    assert len(request.asked["passages"]) == MOST_READ
    schema = request.body["response_format"]["json_schema"]
    assert schema["strict"] is True
    assert len(schema["schema"]["required"]) == MOST_READ


@pytest.mark.parametrize("status", [400, 422])
def test_servers_that_know_no_schema(tmp_path: Path, status: int) -> None:
    """Where a server refuses a schema it is asked for any object, then for any text; what it took is kept to."""
    with scripted(failing(status), failing(status), grading(0, 0, 3)) as server:
        judge = judge_of(server, tmp_path)
        assert judge.verdict(QUESTION, SHOWN).relevances[2] == GRADES[3]
        judge.verdict("Why?", SHOWN)
        assert [request.form for request in server.requests] == ["json_schema", "json_object", None, None]


def test_a_refusal_for_another_reason_changes_no_form(tmp_path: Path) -> None:
    """A server that refuses whatever the form is asked for the strictest one the next time."""
    with scripted(*[failing(400)] * 3, grading(3, 0, 0)) as server:
        judge = judge_of(server, tmp_path)
        assert "didn't answer (status 400)" in judge.verdict(QUESTION, SHOWN).problem
        assert not judge.verdict(QUESTION, SHOWN).problem
        assert [request.form for request in server.requests] == ["json_schema", "json_object", None, "json_schema"]


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (failing(401), "didn't answer (status 401)"),
        (failing(404), "didn't answer (status 404)"),
        (failing(500), "didn't answer (status 500)"),
        (failing(429, Retry_After="60"), "didn't answer (status 429)"),
        (Scripted(b"{"), "gave no chat completion"),
        (Scripted(b"<p>", media="text/html"), "gave something else than JSON"),
        (Scripted(b" " * 1_000_001), "gave more than 1,000,000 bytes"),
        (reply("Passage 2 says it."), "gave a reply without grades"),
        (reply('{"1": 7}'), "gave what is no grade"),
        (reply('{"9": 3}'), "gave a grade for a passage that wasn't shown"),
        (reply('{"1": "Twenty times"}'), "gave what is no grade"),
    ],
)
def test_the_local_judge_steps_in(tmp_path: Path, answer: Scripted, failure: str) -> None:
    """Where the model doesn't say, the local judge does and is named; one line says why; nothing is kept."""
    local = StandIn()
    with scripted(answer) as server:
        verdict = judge_of(server, tmp_path, local).verdict(QUESTION, SHOWN)
        assert verdict.problem == f"the language model at {server.host} {failure}, so the local judge decided"
        assert (verdict.judge, verdict.relevances, local.asked) == (LOCAL, (0.9, 0.1, 0.1), 1)
        assert not (tmp_path / FILE).exists()
        server.answers = [grading(0, 3, 0)]
        fresh = judge_of(server, tmp_path, local)
        assert fresh.verdict(QUESTION, SHOWN).problem == ""


def test_a_batch_is_not_slowed(tmp_path: Path) -> None:
    """Of many questions to a server that is away only the first one waits; each says the same."""
    with scripted(failing(503)) as server:
        judge = judge_of(server, tmp_path)
        problems = {judge.verdict(f"Question {number}?", SHOWN).problem for number in range(20)}
        assert len(server.requests) == 3
    assert len(problems) == 1


def test_a_kept_verdict_needs_no_server(tmp_path: Path) -> None:
    """While a server is away what it said before still counts."""
    with scripted(grading(0, 3, 0), failing(500)) as server:
        judge = judge_of(server, tmp_path)
        first = judge.verdict(QUESTION, SHOWN)
        assert judge.verdict("Why?", SHOWN).problem
        assert judge.verdict(QUESTION, SHOWN) == first


def test_the_key_and_the_question_are_not_kept(tmp_path: Path) -> None:
    """What is kept holds neither key nor question nor text."""
    with scripted(grading(0, 3, 0)) as server:
        judge = judge_of(server, tmp_path)
        judge.verdict(QUESTION, SHOWN)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not [text for text in (KEY, QUESTION, "tiny", SHOWN[0].passage.text) if text.encode() in kept]
    assert KEY not in repr(judge.__dict__)
