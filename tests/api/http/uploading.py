"""What tests do with uploads and jobs."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.jobs.upload_form import UploadLimits
from api.http.served import Service
from evqa.settings import Settings
from tests.api.http.clients import Client

# Parts of a form for files of these names and contents.
Part = tuple[str, tuple[str | None, str | bytes, str]]


@contextmanager
def uploading(home: Path, limits: UploadLimits | None = None) -> Iterator[Client]:
    """A client of an app over a home, which takes uploads."""
    app = create_app(Service(Settings(home=str(home))), limits=limits)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def parts(files: Mapping[str, str | bytes], media: str = "application/octet-stream") -> list[Part]:
    """A form's files."""
    return [("file", (name, content, media)) for name, content in files.items()]


def uploaded(client: Client, corpus: str, files: Mapping[str, str | bytes], **fields: str) -> dict[str, Any]:
    """The job of an upload."""
    response = client.post(f"/v1/corpora/{corpus}/documents", files=parts(files), data=fields)
    assert response.status_code == 202, response.text
    job: dict[str, Any] = response.json()
    assert response.headers["location"] == f"/v1/jobs/{job['id']}"
    return job


def ended(client: Client, job: Mapping[str, Any]) -> dict[str, Any]:
    """The job once it has ended."""
    return until(client, job, {"done", "failed", "cancelled"})


def until(client: Client, job: Mapping[str, Any], states: set[str]) -> dict[str, Any]:
    """The job once it is in one of these states."""
    deadline = time.monotonic() + 240
    while True:
        found: dict[str, Any] = client.get(f"/v1/jobs/{job['id']}").json()
        if found["state"] in states:
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def events(text: str) -> list[tuple[int, str, dict[str, Any]]]:
    """(number, name, data) of each event of a stream."""
    found = []
    for block in filter(None, text.replace("\r\n", "\n").strip().split("\n\n")):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if fields:
            found.append((int(fields["id"]), fields["event"], json.loads(fields["data"])))
    return found


def leftovers(home: Path) -> list[Path]:
    """What lies in the folder of uploads, once what has ended had a moment to be deleted."""
    deadline = time.monotonic() + 2
    while (found := _below(home / "uploads")) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def _below(folder: Path) -> list[Path]:
    """What lies below a folder from which others delete meanwhile."""
    return sorted(Path(place) / name for place, folders, files in os.walk(folder) for name in (*folders, *files))
