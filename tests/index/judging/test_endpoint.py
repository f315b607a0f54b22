"""Asking an endpoint, whatever it does."""

import gzip
import json
from collections.abc import Callable

import pytest

from index.judging.endpoint import (
    MOST_BYTES,
    REST,
    AwayError,
    Breaker,
    Endpoint,
    RefusedError,
    Times,
    UnusableError,
    breaker_of,
    is_loopback,
)
from tests.index.judging.scripted import Request, Scripted, ScriptedEndpoint, failing, reply, scripted

KEY = "sk-secret-0123456789"
MESSAGES = [{"role": "user", "content": "Which?"}]


def asking(server: ScriptedEndpoint, pauses: list[float] | None = None, whole: float = 30.0) -> Endpoint:
    """The server's endpoint; pauses are noted and not slept."""
    slept = [] if pauses is None else pauses
    return Endpoint(server.address, "m", KEY, Times(whole=whole, sleep=slept.append), Breaker(server.address))


def test_what_is_sent() -> None:
    """Model, messages, a temperature and a seed that make the reply repeatable, the form, and the key in its header."""
    with scripted(reply("yes")) as server:
        assert asking(server).reply(MESSAGES, {"type": "json_object"}) == "yes"
        (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.body == {
        "model": "m", "messages": MESSAGES, "temperature": 0, "seed": 0, "stream": False,
        "response_format": {"type": "json_object"},
    }  # fmt: skip
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["accept-encoding"] == "identity"


def test_without_key_and_form() -> None:
    """No key, no header of it; no form, no field for it."""
    with scripted(reply("yes")) as server:
        assert Endpoint(server.address, "m").reply(MESSAGES, None) == "yes"
        (request,) = server.requests
    assert "authorization" not in request.headers
    assert "response_format" not in request.body


@pytest.mark.parametrize(
    ("first", "pause"),
    [
        (failing(500), 0.5),
        (failing(503), 0.5),
        (failing(429), 0.5),
        (failing(429, Retry_After="2"), 2.0),
        (failing(503, Retry_After="0"), 0.0),
        (failing(429, Retry_After="soon"), 0.5),
        (failing(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), 0.0),
    ],
)
def test_what_may_pass_is_tried_again(first: Scripted, pause: float) -> None:
    """A busy or a failing server is asked again, after the time that it asks for or a short one."""
    pauses: list[float] = []
    with scripted(first, reply("yes")) as server:
        assert asking(server, pauses).reply(MESSAGES, None) == "yes"
        assert len(server.requests) == 2
    assert pauses == [pause]


def test_not_forever() -> None:
    """After two more tries a server that fails on is away."""
    pauses: list[float] = []
    with scripted(failing(500)) as server:
        with pytest.raises(AwayError, match=r"^status 500$"):
            asking(server, pauses).reply(MESSAGES, None)
        assert len(server.requests) == 3
    assert pauses == [0.5, 1.5]


@pytest.mark.parametrize("after", ["11", "3600", "9" * 400, "Wed, 21 Oct 2115 07:28:00 GMT"])
def test_a_long_wait_is_none(after: str) -> None:
    """A server that asks to wait for longer than ten seconds isn't asked again."""
    with scripted(failing(429, Retry_After=after)) as server:
        with pytest.raises(AwayError, match=r"^status 429$"):
            asking(server).reply(MESSAGES, None)
        assert len(server.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_what_is_refused_is_not_tried_again(status: int) -> None:
    """Any other status ends at once, with its number and without the server's words."""
    with scripted(failing(status)) as server:
        with pytest.raises(RefusedError, match=rf"^status {status}$") as caught:
            asking(server).reply(MESSAGES, None)
        assert (caught.value.status, len(server.requests)) == (status, 1)


@pytest.mark.slow
@pytest.mark.parametrize("stalled", [Scripted(stall=True), Scripted(b'{"choices', stall=True, in_body=True)])
def test_too_slow(stalled: Scripted) -> None:
    """A server that says nothing, or stops in the middle, is away when the time is over; it isn't asked again."""
    with scripted(stalled) as server:
        with pytest.raises(AwayError, match=r"^timed out after 0\.3 s$"):
            asking(server, whole=0.3).reply(MESSAGES, None)
        assert len(server.requests) == 1


def test_nobody_there() -> None:
    """Where nothing listens, the system's reason is told after two more tries."""
    with scripted(reply("yes")) as server:
        pass
    pauses: list[float] = []
    with pytest.raises(AwayError, match=r"^connection refused$"):
        asking(server, pauses).reply(MESSAGES, None)
    assert pauses == [0.5, 1.5]


def test_who_was_away_is_left_in_peace() -> None:
    """After a failure the server isn't asked for a while, and the reason is the same; then it is asked again."""
    now = [100.0]
    with scripted(failing(500), failing(500), failing(500), reply("yes")) as server:
        breaker = Breaker(server.address, lambda: now[0])
        endpoint = Endpoint(server.address, "m", times=Times(sleep=lambda _: None), breaker=breaker)
        for _ in range(3):
            with pytest.raises(AwayError, match=r"^status 500$"):
                endpoint.reply(MESSAGES, None)
        assert len(server.requests) == 3
        now[0] += REST
        assert endpoint.reply(MESSAGES, None) == "yes"
    assert breaker_of("http://a/v1") is breaker_of("http://a/v1")


@pytest.mark.parametrize(
    "answer",
    [
        Scripted(b"not JSON"),
        Scripted(b"[]"),
        Scripted(b"{}"),
        Scripted(b'{"choices": []}'),
        Scripted(b'{"choices": [{"message": {"content": null, "refusal": "No."}}]}'),
        Scripted(b'{"choices": [{"message": {"content": [{"type": "text", "text": "yes"}]}}]}'),
        Scripted(b"[" * 100_000),
        Scripted(b"\xff\xfe\x00"),
        Scripted(b"<html>Log in</html>", media="text/html"),
        Scripted(reply("yes").body, media="text/plain"),
        Scripted(gzip.compress(reply("yes").body), headers={"Content-Encoding": "gzip"}),
        Scripted(b" " * (MOST_BYTES + 1)),
        reply("y" * MOST_BYTES),
    ],
)
def test_no_chat_completion(answer: Scripted) -> None:
    """What isn't one, or is too long, is unusable, said in a few words of our own."""
    with scripted(answer) as server:
        with pytest.raises(UnusableError) as caught:
            asking(server).reply(MESSAGES, None)
        assert len(server.requests) == 1
    assert not {"yes", "Log", "No."} & set(str(caught.value).split())


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    """The question goes to no other address than the one that was set."""
    with scripted(reply("yes")) as other:
        there = f"{other.address}/chat/completions"
        with (
            scripted(Scripted(status=status, headers={"Location": there})) as server,
            pytest.raises(UnusableError, match="redirect"),
        ):
            asking(server).reply(MESSAGES, None)
        assert not other.requests


def test_no_proxy_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment isn't asked for an address of this machine."""
    with scripted(failing(500)) as proxy, scripted(reply("yes")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{proxy.host}")
        assert asking(server).reply(MESSAGES, None) == "yes"
        assert not proxy.requests


def test_the_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for any other address."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with scripted(reply("yes")) as proxy:
        monkeypatch.setenv("http_proxy", f"http://{proxy.host}")
        assert Endpoint("http://llm.example/v1", "m").reply(MESSAGES, None) == "yes"
        assert [request.path for request in proxy.requests] == ["http://llm.example/v1/chat/completions"]


@pytest.mark.parametrize("proxy", ["gopher://me:secret@proxy.example", "socks5://me:secret@proxy.example"])
def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    """Such a proxy is told in our words, without its password."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", proxy)
    endpoint = Endpoint("http://llm.example/v1", "m", breaker=Breaker(""))
    with pytest.raises(AwayError, match=r"^the environment's proxy or certificates can't be used$") as caught:
        endpoint.reply(MESSAGES, None)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("address", "is_own"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.0.0.2/v1", True),
        ("http://[::1]:8/v1", True),
        ("http://llm.localhost/v1", True),
        ("http://localhost.example/v1", False),
        ("https://10.0.0.1/v1", False),
    ],
)
def test_loopback(address: str, is_own: bool) -> None:
    """Which addresses are this machine's."""
    assert is_loopback(address) is is_own


def echo(request: Request) -> Scripted:
    """An answer that repeats the key, in its status line's body and its headers."""
    return Scripted(json.dumps(request.headers).encode(), 401, headers={"X-Key": request.headers["authorization"]})


@pytest.mark.parametrize(
    "answer", [echo, failing(500), Scripted(f'{{"{KEY}": 1}}'.encode()), Scripted(media=KEY), reply(None)]
)
def test_the_key_is_never_told(answer: Scripted | Callable[[Request], Scripted]) -> None:
    """Neither an error, nor what an error comes from, nor the endpoint printed, holds the key."""
    with scripted(answer) as server:
        endpoint = asking(server)
        with pytest.raises((AwayError, RefusedError, UnusableError)) as caught:
            endpoint.reply(MESSAGES, None)
    assert KEY not in repr(endpoint)
    error: BaseException | None = caught.value
    while error is not None:
        assert KEY not in f"{error!r}{error}"
        error = error.__cause__ or error.__context__
