"""A small server that answers as it was told, for tests of what puts a server under load."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue


class Answering(ThreadingHTTPServer):
    """Takes the status of each response from `statuses`, 200 when there is none left; `asked` holds the bodies in the
    order in which they came. Each response takes `seconds`. /metrics says how many bodies were made."""

    def __init__(self, *statuses: int, seconds: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.statuses: SimpleQueue[int] = SimpleQueue()
        for each in statuses:
            self.statuses.put(each)
        self.asked: list[bytes] = []
        self.seconds = seconds
        self.metrics = b"evqa_bodies_made_total 0.0\n"


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Answering
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answers a question."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(body)
        time.sleep(self.server.seconds)
        self._answer(200 if self.server.statuses.empty() else self.server.statuses.get(), b"{}")

    def do_GET(self) -> None:
        """Answers /metrics and all else."""
        self._answer(200, self.server.metrics if self.path == "/metrics" else b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def answering(*statuses: int, seconds: float = 0.0) -> Iterator[Answering]:
    """The server, running until the block ends."""
    with Answering(*statuses, seconds=seconds) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
