"""The server as a process."""

import os
import re
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from api.http.serving import address_of, listening
from evqa.errors import UsageError
from tests.api.http.clients import QUESTION
from tests.api.running import Run

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "evqa")


@contextmanager
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, and its address, as it says it."""
    command = [SCRIPT, "serve", "--port", "0"]
    environment = {**os.environ, "EVQA_HOME": str(home), "PYTHONWARNINGS": "error"}
    with subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.fullmatch(r"evqa: listening on (http://127\.0\.0\.1:\d+); .*\n", line)
        assert found, line + process.stderr.read()
        try:
            yield process, found[1]
        finally:
            process.kill()


def test_a_server_answers_and_ends(home: Path, asked: Run) -> None:
    """It says in one line where it listens, answers in the command line's bytes, and SIGTERM ends it with 0 and no
    further word than a line for each request; what was begun by then is answered."""
    expected = asked("ask", QUESTION, "--json").out.removesuffix("\n").encode()
    with served(home) as (process, address), httpx2.Client(base_url=address) as client:
        response = client.post("/v1/ask", json={"question": QUESTION}, timeout=60)
        assert (response.status_code, response.content) == (200, expected)
        assert "server" not in response.headers
        host, port = address.removeprefix("http://").split(":")
        body = b'{"question":"What do vesicles carry to T cells?"}'
        with socket.create_connection((host, int(port)), timeout=30) as begun:
            head = [
                "POST /v1/ask HTTP/1.1",
                f"Host: {host}:{port}",
                "Content-Type: application/json",
                f"Content-Length: {len(body)}",
            ]
            begun.sendall("\r\n".join([*head, "", ""]).encode() + body[:10])
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
            begun.sendall(body[10:])
            assert begun.recv(15) == b"HTTP/1.1 200 OK"
            while begun.recv(65_536):
                pass
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "")
    assert [line.split()[1:3] for line in err.splitlines()] == [["info", "request"]] * 2


def test_a_port_in_use_is_one_line(evqa: Run) -> None:
    """A port that another listens on is a usage error that names it."""
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        ran = evqa("serve", "--port", port)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"evqa: port {port} of 127.0.0.1: in use; stop what listens there, or give another --port\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--port", "x"), "'x' isn't a port"),
        (("--port", "65536"), "'65536'"),
        (("--host", "no host"), "no such address"),
    ],
)
def test_an_address_that_cannot_be(evqa: Run, arguments: tuple[str, ...], words: str) -> None:
    """Is named, with exit code 2."""
    ran = evqa("serve", *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_an_address_of_another_machine() -> None:
    """An address that isn't this machine's can't be listened on."""
    with pytest.raises(UsageError, match=r"port 0 of 192\.0\.2\.1"):
        listening("192.0.2.1", 0)


def test_addresses_are_written_for_browsers() -> None:
    """IPv6 goes in brackets."""
    with socket.socket(socket.AF_INET6) as bound:
        try:
            bound.bind(("::1", 0))
        except OSError:
            pytest.skip("no IPv6 here")
        assert address_of(bound) == f"http://[::1]:{bound.getsockname()[1]}"
