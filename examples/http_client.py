"""A program that uploads a file to a running service, follows the job and asks, with the standard library alone.

    evqa serve
    python examples/http_client.py http://127.0.0.1:8000 review.md "What activates mast cells?"

Where the service asks for a key, put one that was made with --scope write into the variable REVIEW_KEY.
"""

import json
import os
import sys
import uuid
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen


def requested(address: str, path: str, body: bytes | None = None, media: str = "application/json") -> Any:
    """The response to a request: GET without a body, else POST. An error of the service is raised as HTTPError."""
    headers = {"Content-Type": media}
    if key := os.environ.get("REVIEW_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    return urlopen(Request(address + path, data=body, headers=headers), timeout=60)


def upload(address: str, file: Path, corpus: str) -> dict[str, Any]:
    """Upload a file to a corpus, which is made where it isn't there, and return the job when it has ended."""
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
    body = head.encode() + file.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    media = f"multipart/form-data; boundary={boundary}"
    with requested(address, f"/v1/corpora/{corpus}/documents", body, media) as response:
        job: dict[str, Any] = json.load(response)
    with requested(address, f"/v1/jobs/{job['id']}/events") as events:
        for line in events:
            if line.startswith(b"data: "):
                job |= json.loads(line.removeprefix(b"data: "))
                print(f"{job['state']} {job['stage'] or ''}".rstrip(), file=sys.stderr)
    return job


def ask(address: str, question: str, corpus: str) -> dict[str, Any]:
    """The answer to a question. A refusal is an answer, too: its status is "insufficient_evidence"."""
    body = json.dumps({"question": question, "corpus": corpus}).encode()
    with requested(address, "/v1/ask", body) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def main(address: str, file: str, question: str) -> None:
    """Upload, ask, and print each sentence with its numbers and the entries behind them."""
    job = upload(address, Path(file), "example")
    if job["state"] != "done":
        sys.exit(f"{file} wasn't stored: {job['error']}")
    answer = ask(address, question, "example")
    for claim in answer["claims"]:
        print(claim["text"], claim["references"])
    for reference in answer["references"]:
        print(f"{reference['number']}. {reference['title']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
