"""An embedding service on this machine, for peers that take their vectors over HTTP."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Encode = Callable[[list[str]], list[list[float]]]


class _Service(ThreadingHTTPServer):
    """Listens on a free port of the loopback address; one request embeds at a time."""

    daemon_threads = True

    def __init__(self, encode: Encode) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self._encode = encode
        self._lock = threading.Lock()

    def vectors(self, texts: list[str]) -> list[list[float]]:
        """The vectors of the texts, in order."""
        with self._lock:
            return self._encode(texts)


class _Handler(BaseHTTPRequestHandler):
    """Answers `POST …/embeddings` in the form of OpenAI's interface, vectors as lists of numbers."""

    server: _Service
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Embed `input`, a text or a list of texts."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [asked["input"]] if isinstance(asked["input"], str) else list(asked["input"])
        data = [
            {"object": "embedding", "index": place, "embedding": vector}
            for place, vector in enumerate(self.server.vectors(texts))
        ]
        usage = {"prompt_tokens": 0, "total_tokens": 0}
        answer = {"object": "list", "model": asked.get("model", ""), "data": data, "usage": usage}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def embedding_service(encode: Encode) -> Iterator[str]:
    """The service's address, "http://127.0.0.1:PORT/v1", while the block runs."""
    with _Service(encode) as service:
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{service.server_address[1]}/v1"
        finally:
            service.shutdown()
            thread.join()
