"""Clients send what they should when they should, and count the time from then."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.cost.clients import Ask, Client, Clock, Pace, Sent, asking, repeated, saturating, steady, varied
from tests.eval.answering import Answering, answering


@contextmanager
def client_of(server: Answering) -> Iterator[Client]:
    """A client of the server."""
    client = Client("127.0.0.1", server.server_port)
    yield client
    client.close()


class Hands:
    """A clock that only sleeping and working move."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        """The time."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Moves it."""
        self.time += seconds


class Slow(Client):
    """A client whose first request takes a second, each other one a millisecond; nothing is sent."""

    def __init__(self, hands: Hands) -> None:
        self._hands, self._seconds = hands, iter([1.0])

    def send(self, ask: Ask) -> int:
        """See Client."""
        self._hands.sleep(next(self._seconds, 0.001))
        return 200


def test_a_steady_rate_is_kept() -> None:
    """Requests are due evenly, from now on."""
    assert list(Pace(rate=4, seconds=1).due(10)) == [10, 10.25, 10.5, 10.75]


def test_who_waits_for_a_slow_request_is_late() -> None:
    """Where one request holds everything up, those behind it count from when they should have been sent."""
    hands = Hands()
    sent = steady([Slow(hands)], repeat(Ask("/")), Pace(rate=4, seconds=1.5), Clock(hands.now, hands.sleep))
    assert [round(each.milliseconds) for each in sent] == [1000, 751, 502, 253, 4, 1]


def test_a_closed_loop_sends_when_it_has_the_answer() -> None:
    """The next request is sent when the last one is answered, and counts from then; none after the time is over."""
    hands = Hands()
    sent = saturating([Slow(hands)], repeat(Ask("/")), 1.0025, Clock(hands.now, hands.sleep))
    assert [round(each.milliseconds) for each in sent] == [1000, 1, 1, 1]


def test_several_clients_share_the_requests() -> None:
    """Each request is sent once, whichever client sends it; the responses' statuses come back."""
    with answering(200, 503, 200) as server, client_of(server) as one, client_of(server) as other:
        sent = saturating([one, other], map(asking, "abcdef"), 60)
        assert sorted(json.loads(body)["question"] for body in server.asked) == list("abcdef")
    assert sorted(each.status for each in sent) == [200] * 5 + [503]


def test_a_refused_connection_is_no_answer() -> None:
    """Where nothing listens the status is 0; the client is of use again later."""
    with answering() as server, client_of(server) as client:
        assert client.send(Ask("/healthz")) == 200
    assert client.send(Ask("/healthz")) == 0


@given(st.lists(st.text(min_size=1).filter(lambda text: text == text.rstrip()), min_size=1, unique=True),
       st.integers(0, 30))  # fmt: skip
def test_new_questions_are_new_and_the_same(questions: list[str], start: int) -> None:
    """However many are taken, none comes twice, and each is one of the questions but for blanks behind it."""
    found = list(islice(varied(questions, start), 50))
    assert len(set(found)) == 50
    assert {each.rstrip() for each in found} <= set(questions)
    assert found == list(islice(varied(questions), start, start + 50))


def test_repeated_questions_come_again() -> None:
    """In their order."""
    assert list(islice(repeated(["a", "b"]), 5)) == ["a", "b", "a", "b", "a"]


@pytest.mark.parametrize(("due", "done", "milliseconds"), [(1.0, 1.25, 250), (1.0, 1.0, 0)])
def test_time_counts_from_when_it_was_due(due: float, done: float, milliseconds: float) -> None:
    """In milliseconds."""
    assert Sent(due, done, 200).milliseconds == milliseconds
