"""An OpenAI-compatible endpoint on this machine that replies with one sentence, as it is told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ScriptedEndpoint(ThreadingHTTPServer):
    """Replies with `text`, naming those of the claims it is shown whose texts are in `claims`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.text = ""
        self.claims: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def reply(self, asked: dict[str, Any]) -> bytes:
        """A chat completion for a request."""
        shown = json.loads(asked["messages"][1]["content"])["claims"]
        # A claim that isn't shown can't be named: then the model names the first that is.
        names = [each["number"] for each in shown if each["text"] in self.claims] or [1]
        content = json.dumps({"sentences": [{"text": self.text, "claims": names}]})
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


class _Handler(BaseHTTPRequestHandler):
    server: ScriptedEndpoint

    def do_POST(self) -> None:
        """Reply."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = self.server.reply(asked)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def scripted_endpoint() -> Iterator[ScriptedEndpoint]:
    """The endpoint, running until the block ends."""
    with ScriptedEndpoint() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
