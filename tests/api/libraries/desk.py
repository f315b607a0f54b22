"""A server of this machine that speaks Zotero's local interface, as far as collections, items and files go.

What it does wrong is told to it beforehand, request by request.
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
Fault = Callable[["_Handler"], None]


def work(key: str, title: str, collections: Sequence[str] = (), **data: Any) -> Json:
    """A work as the interface tells it."""
    told = {
        "key": key,
        "itemType": "journalArticle",
        "title": title,
        "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Moss"}],
        "date": "2014-05-01",
        "DOI": f"10.1000/{key.lower()}",
        "tags": [{"tag": "wet"}],
        "collections": list(collections),
    }
    return {"key": key, "version": 3, "meta": {"numChildren": 1}, "data": told | data}


def attachment(key: str, parent: str, filename: str, **data: Any) -> Json:
    """A file of a work."""
    told = {
        "key": key,
        "itemType": "attachment",
        "parentItem": parent,
        "linkMode": "imported_file",
        "contentType": "application/pdf",
        "title": "Full Text PDF",
        "filename": filename,
        "dateAdded": "2024-01-01T00:00:00Z",
    }
    return {"key": key, "version": 4, "meta": {}, "data": told | data}


def collection(key: str, name: str, parent: str | bool = False) -> Json:
    """A collection, inside another if that is named."""
    return {"key": key, "version": 2, "data": {"key": key, "name": name, "parentCollection": parent}}


@dataclass
class Desk:
    """What lies in Zotero, what goes wrong, and what was asked. `files`: where each attachment's file is."""

    collections: list[Json] = field(default_factory=list)
    items: list[Json] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    groups: list[Json] = field(default_factory=list)
    address: str = ""
    faults: deque[Fault] = field(default_factory=deque)
    asked: list[str] = field(default_factory=list)

    def reply(self, path: str, query: Mapping[str, Sequence[str]]) -> tuple[int, bytes, int]:
        """Status, body and number of all results of a request."""
        found: list[Json] | None = None
        match path.strip("/").split("/"):
            case ["api", "users", "0", "groups"]:
                found = self.groups
            case ["api", ("users" | "groups"), number, "collections"]:
                found = self.collections if number == "0" else []
            case ["api", _, _, "collections", key, "items", "top"]:
                found = [each for each in self._top() if key in each["data"].get("collections", ())]
            case ["api", _, number, "items", "top"]:
                found = self._top() if number == "0" else []
            case ["api", _, _, "items", key, "children"]:
                found = [each for each in self.items if each["data"].get("parentItem") == key]
            case ["api", _, _, "items", key, "file", "view", "url"] if key in self.files:
                return 200, self.files[key].as_uri().encode(), 1
        return (404, b"Not found", 0) if found is None else self._page(found, query)

    def _top(self) -> list[Json]:
        return [each for each in self.items if not each["data"].get("parentItem")]

    def _page(self, found: Sequence[Json], query: Mapping[str, Sequence[str]]) -> tuple[int, bytes, int]:
        start, limit = (int(query.get(name, [default])[0]) for name, default in (("start", "0"), ("limit", "100000")))
        return 200, json.dumps(found[start : start + limit]).encode(), len(found)


class _Handler(BaseHTTPRequestHandler):
    desk: Desk
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request, or do what is wrong with it."""
        self.desk.asked.append(self.path)
        if self.desk.faults:
            self.desk.faults.popleft()(self)
            return
        parts = urlsplit(self.path)
        self.answer(*self.desk.reply(parts.path, parse_qs(parts.query)))

    def answer(self, status: int, body: bytes, total: int = 1) -> None:
        """Send a whole reply."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Total-Results", str(total))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def says(status: int, body: bytes = b"") -> Fault:
    """A reply of that status and body."""
    return lambda handler: handler.answer(status, body)


@contextmanager
def opened_desk() -> Iterator[Desk]:
    """A running Zotero with nothing in it."""
    desk = Desk()
    handler = type("Handler", (_Handler,), {"desk": desk})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    desk.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
