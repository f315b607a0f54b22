"""An OpenAI-compatible endpoint on this machine that answers as a test has written it."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

JSON = "application/json"


@dataclass(frozen=True)
class Scripted:
    """One answer: its status, body, and headers. `stall`: the server says nothing before the test ends; with
    `in_body` it stops in the middle of the body."""

    body: bytes = b""
    status: int = 200
    media: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    stall: bool = False
    in_body: bool = False


def reply(content: object) -> Scripted:
    """A chat completion with that content."""
    return Scripted(json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode())


def grading(*grades: int) -> Scripted:
    """A reply of grades for passages 1, 2 and so on."""
    return reply(json.dumps({str(number): grade for number, grade in enumerate(grades, 1)}))


def failing(status: int, **headers: str) -> Scripted:
    """An answer with that status."""
    body = b'{"error": {"message": "not with your key sk-secret"}}'
    return Scripted(body, status, headers={name.replace("_", "-"): value for name, value in headers.items()})


@dataclass
class Request:
    """What was sent: the path, the headers by their names in small letters, and the body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def form(self) -> str | None:
        """The type of reply that was asked for."""
        form = self.body.get("response_format")
        return form and form["type"]

    @property
    def asked(self) -> Any:
        """The user's message, read as JSON."""
        return json.loads(self.body["messages"][1]["content"])


class ScriptedEndpoint(ThreadingHTTPServer):
    """Gives the answers in turn, the last one again and again; keeps every request."""

    daemon_threads = True

    def __init__(self, answers: Sequence[Scripted | Callable[[Request], Scripted]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.requests: list[Request] = []
        self.over = threading.Event()
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        """The base address."""
        return f"http://{self.host}/v1"

    @property
    def host(self) -> str:
        """Address and port."""
        return f"127.0.0.1:{self.server_address[1]}"

    def answer(self, request: Request) -> Scripted:
        """The answer to a request."""
        with self._lock:
            self.requests.append(request)
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer if isinstance(answer, Scripted) else answer(request)


class _Handler(BaseHTTPRequestHandler):
    server: ScriptedEndpoint

    def do_POST(self) -> None:
        """Answers."""
        content = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.answer(Request(self.path, headers, json.loads(content)))
        if answer.stall and not answer.in_body:
            self.server.over.wait()
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media)
        self.send_header("Content-Length", str(len(answer.body) + answer.in_body))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(answer.body)
            self.wfile.flush()
        except OSError:
            return  # who asked has had enough
        if answer.in_body:
            self.server.over.wait()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def scripted(*answers: Scripted | Callable[[Request], Scripted]) -> Iterator[ScriptedEndpoint]:
    """The endpoint, running until the block ends."""
    with ScriptedEndpoint(answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
