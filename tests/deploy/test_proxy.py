"""The proxy of `deploy/`, live: the real program with the settings that are shipped."""

import json
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2

from tests.api.http.test_serving import served
from tests.deploy.conftest import HOLD, Proxy, Start

PROBLEM = "application/problem+json"


def test_the_service_answers_through_tls(proxied: Start, bare_home: Path) -> None:
    """Health comes through TLS from a real server, with its own headers; plain HTTP is sent on to TLS."""
    with served(bare_home) as (_, address), proxied(int(address.rpartition(":")[2])) as proxy, proxy.client() as client:
        response = client.get("/healthz")
        assert (response.status_code, response.json()) == (200, {"status": "ok"})
        assert response.headers["strict-transport-security"]
        assert response.headers["content-security-policy"]
        # The proxy's log calls the request what the service calls it.
        assert response.headers["x-request-id"] in logged(proxy, "/healthz 200")
        refused = client.get("/healthz", headers={"Host": "elsewhere.example"})
        assert (refused.status_code, refused.headers["content-type"]) == (421, PROBLEM)
        sent_on = httpx2.get(f"http://127.0.0.1:{proxy.plain_port}/v1/corpora?x=1", follow_redirects=False)
        assert (sent_on.status_code, sent_on.headers["location"]) == (308, "https://127.0.0.1/v1/corpora?x=1")


def test_the_service_is_told_the_name(proxied: Start, behind: int) -> None:
    """The name that a client used, port and all, reaches the service, which decides on it."""
    with proxied(behind) as proxy, proxy.client() as client:
        assert f"host: localhost:{proxy.port}" in client.get("/").text.lower()


def test_a_body_is_bounded(proxied: Start, behind: int) -> None:
    """A question's body may have 65,536 bytes and an upload's 512,000,000; one byte more is a 413 in the service's
    form."""
    with proxied(behind) as proxy, proxy.client() as client:
        assert client.post("/v1/ask", content=bytes(65_536)).text == "65536"
        assert client.post("/v1/corpora/moss/documents", content=bytes(65_537)).text == "65537"
        large = client.post("/v1/ask", content=bytes(65_537))
        assert (large.status_code, large.headers["content-type"], large.json()["status"]) == (413, PROBLEM, 413)
        with proxy.connected() as upload:
            upload.sendall(b"POST /v1/corpora/moss/documents HTTP/1.1\r\nHost: localhost\r\n")
            upload.sendall(b"Content-Length: 512000001\r\n\r\n")
            assert upload.recv(12) == b"HTTP/1.1 413"


def seconds_until_cut(slow: ssl.SSLSocket, goes_on: bytes) -> float:
    """How long it takes until the other end hangs up, while this is sent every tenth of a second."""
    slow.settimeout(0.1)
    began = time.monotonic()
    while time.monotonic() - began < 30:
        try:
            slow.sendall(goes_on)
            if not slow.recv(65_536):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


def test_a_slow_head_is_cut(proxied: Start, behind: int) -> None:
    """A client that goes on with the head of a request for longer than it may is hung up on."""
    with proxied(behind, client_header_timeout="1s") as proxy, proxy.connected() as slow:
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        assert 0.5 < seconds_until_cut(slow, b"x") < 20


def test_a_slow_body_is_cut(proxied: Start, behind: int) -> None:
    """A client that stops in the midst of a body is hung up on."""
    with proxied(behind, client_body_timeout="1s") as proxy, proxy.connected() as slow:
        slow.sendall(b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx")
        assert 0.5 < seconds_until_cut(slow, b"") < 20


def test_events_come_as_they_are_sent(proxied: Start, behind: int) -> None:
    """The first of a job's events reaches the client before the service has sent the last."""
    with proxied(behind) as proxy, proxy.client() as client, client.stream("GET", "/v1/jobs/j-0/events") as response:
        lines = response.iter_lines()
        assert next(lines) == "event: progress"
        HOLD.set()
        assert "event: end" in list(lines)


def test_one_address_has_so_much_answered_at_once(proxied: Start, behind: int) -> None:
    """Beyond the bound a request of the same address is a 429 in the service's form."""
    with proxied(behind, limit_conn="addresses 2") as proxy, ThreadPoolExecutor(2) as pool, proxy.client() as client:
        held = [pool.submit(status_of, proxy, "/held") for _ in range(2)]
        deadline = time.monotonic() + 20
        while (refused := client.get("/")).status_code == 200 and time.monotonic() < deadline:
            time.sleep(0.05)
        HOLD.set()
        assert [each.result() for each in held] == [200, 200]
    assert (refused.status_code, refused.headers["content-type"], refused.headers["retry-after"]) == (429, PROBLEM, "1")


def status_of(proxy: Proxy, path: str) -> int:
    """The status with which a path is answered, once the requests of others leave room for it."""
    with proxy.client() as client:
        while (status := client.get(path).status_code) == 429:
            time.sleep(0.05)
        return status


def test_a_service_that_is_away_is_told(proxied: Start) -> None:
    """Without a service behind it the proxy answers 503 in the service's form; the log holds no query."""
    with proxied(1) as proxy, proxy.client() as client:
        response = client.get("/v1/corpora/moss/references?cited_by=secret")
        assert (response.status_code, response.headers["content-type"]) == (503, PROBLEM)
        assert "try again" in json.loads(response.text)["detail"]
        assert "secret" not in logged(proxy, "/v1/corpora/moss/references 503")


def logged(proxy: Proxy, words: str) -> str:
    """The proxy's log, once these words stand in it."""
    deadline = time.monotonic() + 20
    while words not in (text := proxy.log.read_text(encoding="utf-8")):
        assert time.monotonic() < deadline, text
        time.sleep(0.05)
    return text
