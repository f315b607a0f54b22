"""A source asked over a real connection: limits, failures that pass, failures that don't, and what is refused."""

import socket
from collections.abc import Iterator

import pytest

from api.enrichment.asking import DownError, FailedError, UnreadableError, jitter
from api.enrichment.client import Base, Limits, PassingError, Reply, SourceClient
from api.enrichment.pace import Pace
from index.judging.endpoint import AwayError
from tests.api.enrichment.asking import Clock, asker, closing_client
from tests.api.enrichment.world import (
    Fault,
    Paper,
    World,
    cut,
    html,
    moved,
    sending,
    serving,
    slow,
    status,
)

DOI = "works/10.1000%2Fx"


@pytest.fixture
def world() -> Iterator[World]:
    """A world of one work."""
    with serving([Paper("10.1000/x", "Moss")]) as world:
        yield world


def asked(world: World, clock: Clock, limits: Limits | None = None, path: str = DOI) -> Reply:
    """The reply of Crossref about the work."""
    replies: list[Reply] = []
    with closing_client(asker(f"{world.address}/crossref", clock, limits=limits)) as one:
        one.ask(path, "application/json", replies.append)
    return replies[-1]


def test_a_work_is_asked_for(world: World) -> None:
    """A reply comes with status, headers and body; 404 is an answer."""
    assert b"Moss" in asked(world, Clock()).body
    assert asked(world, Clock(), path="works/10.1000%2Fnone").status == 404


@pytest.mark.parametrize("fault", [status(500), status(503), status(429), cut()])
def test_what_may_pass_is_tried_again(world: World, fault: Fault) -> None:
    """Busy, broken and cut replies are asked for again after a pause that grows."""
    clock = Clock()
    world.wrong("crossref", fault, fault)
    assert b"Moss" in asked(world, clock).body
    pauses = [each for each in clock.slept if each > 0.5]
    assert len(pauses) == 2
    assert 1 <= pauses[0] <= 1.5
    assert 3 <= pauses[1] <= 4.5


def test_a_pause_that_is_asked_for_is_kept(world: World) -> None:
    """Retry-After decides how long to wait, and one of hours means that the source is down."""
    clock = Clock()
    world.wrong("crossref", status(429, Retry_After="7"))
    asked(world, clock)
    assert any(6.5 < each <= 7.5 for each in clock.slept)
    world.wrong("crossref", status(429, Retry_After="7200"))
    with pytest.raises(FailedError, match="asks to wait 7200 s"):
        asked(world, Clock())


def test_jitter_is_the_same_for_the_same_request() -> None:
    """Pauses look like chance and aren't."""
    assert jitter("a", 1) == jitter("a", 1)
    assert len({jitter(str(n), 0) for n in range(50)}) > 20


@pytest.mark.parametrize(("code", "tries"), [(401, 1), (403, 4), (429, 4)])
def test_a_source_that_refuses_is_down(world: World, code: int, tries: int) -> None:
    """Without a right key at once, and after some tries where it says that it was asked too often."""
    world.wrong("crossref", *[status(code)] * tries)
    with closing_client(asker(f"{world.address}/crossref", Clock())) as one:
        with pytest.raises(FailedError, match=str(code)):
            one.ask(DOI, "application/json", lambda _: None)
        with pytest.raises(DownError, match=str(code)):
            one.ask(DOI, "application/json", lambda _: None)
    assert world.asked("crossref") == tries


def test_a_source_that_is_broken_is_down_after_some_failures(world: World) -> None:
    """After three requests that failed for good, nobody asks any more."""
    world.wrong("crossref", *[status(500)] * 100)
    with closing_client(asker(f"{world.address}/crossref", Clock())) as one:
        for _ in range(3):
            with pytest.raises(FailedError, match="500"):
                one.ask(DOI, "application/json", lambda _: None)
        before = world.asked("crossref")
        with pytest.raises(DownError):
            one.ask(DOI, "application/json", lambda _: None)
    assert world.asked("crossref") == before == 12


def test_a_request_that_cannot_be_read_is_told_apart(world: World) -> None:
    """A list that the source can't read may be read in halves, and doesn't mean that it is down."""
    world.wrong("crossref", status(400))
    with pytest.raises(UnreadableError):
        asked(world, Clock())


@pytest.mark.parametrize(
    "to", ["http://localhost:1/x", "http://169.254.169.254/latest", "//a.example/x", "ftp://a/x", ""]
)
def test_no_redirect_leaves_the_source(world: World, to: str) -> None:
    """A redirect to another host, port or scheme isn't followed."""
    world.wrong("crossref", *[moved(to)] * 9)
    with pytest.raises(FailedError, match="a redirect to another host"):
        asked(world, Clock())


def test_a_redirect_within_the_source_is_followed(world: World) -> None:
    """One on the same host is, and one without end isn't."""
    world.wrong("crossref", moved("/crossref/works/10.1000%2Fx"))
    assert b"Moss" in asked(world, Clock()).body
    world.wrong("crossref", *[moved("/crossref/works/10.1000%2Fx")] * 9)
    with pytest.raises(FailedError, match="redirects without end"):
        asked(world, Clock())


def test_sizes_and_times_are_bounded(world: World) -> None:
    """A huge reply ends where the limit is, a slow one after the limit on time."""
    world.wrong("crossref", *[sending(b" " * 100_000)] * 9)
    with pytest.raises(FailedError, match="more than 50,000 bytes"):
        asked(world, Clock(), Limits(most_bytes=50_000))
    world.faults["crossref"].clear()
    world.wrong("crossref", *[slow(0.4)] * 9)
    with pytest.raises(FailedError, match="timed out"):
        asked(world, Clock(), Limits(whole=0.1))


def test_nobody_there_is_told() -> None:
    """A port where nobody listens is a failure in one line."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with closing_client(asker(f"http://127.0.0.1:{port}", Clock())) as one, pytest.raises(FailedError, match="refused"):
        one.ask(DOI, "application/json", lambda _: None)


def test_private_addresses_are_refused_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source's own name that leads into a private network isn't asked; a mirror that the user sets may lie there."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(AwayError, match="an address of a private network"):
        Base("http://localhost:1").check()
    Base("http://localhost:1", is_set=True).check()
    with pytest.raises(AwayError):
        SourceClient(Base("http://127.0.0.1:1")).get("works")


def test_a_web_page_is_a_reply_all_the_same(world: World) -> None:
    """The client hands over what came; who reads it says what it is."""
    world.wrong("crossref", html())
    assert asked(world, Clock()).body.startswith(b"<!DOCTYPE html>")


def test_the_pace_is_kept_and_learned() -> None:
    """Requests are spaced by the rate, which the headers of a reply change; a used-up limit waits for its reset."""
    clock = Clock()
    pace = Pace(2.0, clock)
    assert [pace.wait() for _ in range(3)] == [0.0, 0.5, 1.0]
    pace.heed({"x-rate-limit-limit": "50", "x-rate-limit-interval": "10s"})
    assert pace.rate == 5.0
    pace.heed({"x-rate-limit-limit": "0", "x-rate-limit-interval": "1s"})
    assert pace.rate == 0.01
    pace.heed({"x-rate-limit-limit": "many", "x-rate-limit-interval": "1s"})
    assert pace.rate == 0.01
    pace.heed({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "30"})
    assert pace.pause == 30


def test_what_cannot_be_read_is_tried_again(world: World) -> None:
    """A reply that its reader refuses as cut off is asked for again."""
    seen: list[int] = []

    def read(reply: Reply) -> None:
        seen.append(reply.status)
        if len(seen) == 1:
            raise PassingError("cut off")

    with closing_client(asker(f"{world.address}/crossref", Clock())) as one:
        one.ask(DOI, "application/json", read)
    assert seen == [200, 200]
