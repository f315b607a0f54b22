"""Runs in a peer's environment: `run_adapter.py ADAPTER INPUT OUTPUT` asks one peer all questions.

INPUT is a JSON object: `model` (folder of the embedding model), `depth` (passages a question), `embedding_service` (an
address or null), `work` (a folder to write in) and `documents`, each with `name`, `text`, `passages` (texts, or null:
the peer splits the text) and `questions` (`id`, `question`). ADAPTER is a file with a class `Peer`: `Peer(task)` loads
what all documents share, `index(document)` returns for each system's name a function from a question to
`(hits, confidence)`; hits are pairs of score and text, best first, confidence may be None. Written are stored runs,
OUTPUT/<system>/<document>.jsonl. Only the standard library is used here, and only this machine can be reached.
"""

import importlib.util
import ipaddress
import json
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def stay_on_this_machine() -> None:
    """Refuse connections to anything but the loopback addresses."""
    connect = socket.socket.connect

    def refused(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            raise OSError(f"a connection to {address[0]} was refused: peers run offline")
        connect(self, address)

    socket.socket.connect = refused  # type: ignore[assignment,method-assign]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def loaded(path: str) -> Any:
    """The adapter's module."""
    spec = importlib.util.spec_from_file_location("adapter", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def responses(questions: list[dict[str, str]], search: Callable[[str], Any]) -> list[str]:
    """A line for each question. The first question is asked once before, untimed."""
    for question in questions[:1]:
        search(question["question"])
    return [_response(question, search) for question in questions]


def _response(question: dict[str, str], search: Callable[[str], Any]) -> str:
    before = time.perf_counter()
    hits, confidence = search(question["question"])
    response: dict[str, Any] = {
        "id": question["id"],
        "ms": (time.perf_counter() - before) * 1000,
        "hits": [{"score": float(score), "text": text} for score, text in hits],
    }
    if confidence is not None:
        response["confidence"] = float(confidence)
    return json.dumps(response, ensure_ascii=False)


def main() -> None:
    """Ask the peer about one document after the other."""
    adapter, source, output = sys.argv[1:]
    stay_on_this_machine()
    task = json.loads(Path(source).read_text(encoding="utf-8"))
    peer = loaded(adapter).Peer(task)
    for document in task["documents"]:
        for system, search in peer.index(document).items():
            folder = Path(output) / system
            folder.mkdir(parents=True, exist_ok=True)
            lines = responses(document["questions"], search)
            (folder / f"{document['name']}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(document["name"], file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
