"""A server under load, start to end: phases in turn, questions told apart, memory at last."""

import json
import os
from pathlib import Path

import pytest

from eval.cost.memory import PROC
from eval.cost.server import ServerProcess
from eval.load import SAMPLES, Measuring, Plan, asks_of, made_so_far, main, measured
from evqa.errors import EvqaError, UsageError
from tests.eval.answering import Answering, answering

SHORT = Plan(seconds=0.2, steady=0.2, rate=50, runs=2, asks=SAMPLES)
pytestmark = pytest.mark.skipif(not (PROC / "stat").is_file(), reason="processor time is read from /proc")


def server_of(double: Answering) -> ServerProcess:
    """This process as the server, since the double runs in it."""
    return ServerProcess(os.getpid(), "127.0.0.1", double.server_port)


def questions(double: Answering) -> list[str]:
    """What the double was asked so far."""
    return [json.loads(body)["question"] for body in double.asked]


@pytest.mark.slow
def test_every_phase_as_often_as_planned() -> None:
    """All kinds are measured in both loops, each twice; memory comes last, over as many questions as planned."""
    with answering() as double:
        rows, memory = measured(server_of(double), ["a", "b"], SHORT)
        asked = questions(double)
    assert [(row.kind, row.loop) for row in rows] == [
        (kind, loop)
        for kind in ("healthz", "repeated", "new")
        for loop in ("saturated", "saturated", "steady", "steady")
    ]
    assert [row.requests for row in rows if row.loop == "steady"] == [10] * 6
    assert memory is not None
    assert (memory.asks, memory.failed) == (SAMPLES, 0)
    new = [each for each in asked if each.endswith(" ")]
    assert len(new) == len(set(new)) == sum(row.requests for row in rows if row.kind == "new") + SAMPLES
    assert set(asked) - set(new) == {"a", "b"}


def test_a_question_that_fails_at_first_stops_the_run() -> None:
    """A server that can't answer isn't timed."""
    with answering(200, 503) as double, pytest.raises(EvqaError, match="1 of 2 questions failed"):
        Measuring(server_of(double), ["a", "b"], SHORT).rehearse()


def test_computed_answers_are_those_that_the_server_counts() -> None:
    """The number is read from /metrics; a server without it is refused."""
    with answering() as double:
        double.metrics = b"# TYPE\nevqa_bodies_made_total 1234.0\nevqa_bodies_bytes 5.0\n"
        assert made_so_far(server_of(double)) == 1234
        double.metrics = b"evqa_bodies_bytes 5.0\n"
        with pytest.raises(EvqaError, match="evqa_bodies_made_total is missing"):
            made_so_far(server_of(double))


def test_the_ceiling_asks_nothing() -> None:
    """/healthz has no body."""
    found = next(iter(asks_of("healthz", ["a"], 0)))
    assert (found.path, found.body) == ("/healthz", None)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan(seconds=0), "--seconds 0: can't"),
        (Plan(steady=1e9), "--steady 1e"),
        (Plan(rate=-1), "--rate -1"),
        (Plan(runs=0), "--runs 0"),
        (Plan(asks=1), "--asks 1: can't be measured; give 0, or 40"),
    ],
)
def test_a_plan_without_end_or_measure_is_refused(plan: Plan, words: str) -> None:
    """The option and its value are named."""
    with pytest.raises(UsageError, match=words):
        plan.check()


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback: the message on stderr, nothing on stdout, exit code 1."""
    assert main(["--gold", str(tmp_path / "none.jsonl")]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert "none.jsonl: can't be read" in printed.err
