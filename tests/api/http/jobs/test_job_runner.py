"""Jobs that outlast their server."""

import asyncio
import shutil
import signal
import socket
import sqlite3
import time
from pathlib import Path

import httpx2
import pytest

from api.http.jobs.job import Job, Uploaded
from api.http.jobs.job_runner import GONE, Jobs
from api.http.jobs.job_store import JobStore, now
from api.http.served import Service
from index.disk.lock import write_lock
from tests.api.http.clients import ready
from tests.api.http.test_serving import served
from tests.api.http.uploading import ended, events, leftovers, parts, until, uploaded, uploading
from tests.api.running import MOSS

YOGURT = "Gardeners spread yogurt on stones to make moss grow faster (4)."
LICHEN = MOSS.replace("Moss", "Lichen").replace("moss", "lichen").replace("MOSS", "LICHEN")


def test_a_server_that_is_killed_in_mid_job(moss_home: Path) -> None:
    """SIGKILL while a job waits: the next server goes on with it from the kept upload, and its events from where they
    were; a corpus that wasn't there is made, answers at once, and is whole."""
    with served(moss_home) as (process, address), httpx2.Client(base_url=address, timeout=60) as client:
        (moss_home / "corpora" / "lichen").mkdir()
        with write_lock(moss_home / "corpora" / "lichen"):
            response = client.post("/v1/corpora/lichen/documents", files=parts({"lichen.md": LICHEN}))
            job = response.json()
            until(client, job, {"waiting"})  # type: ignore[arg-type]
            process.kill()
            process.wait()
    with served(moss_home) as (process, address), httpx2.Client(base_url=address, timeout=60) as client:
        told = events(client.get(f"{response.headers['location']}/events", headers={"Last-Event-ID": "2"}).text)
        assert told[0][2]["state"] == "queued"
        assert (told[-1][1], told[-1][2]["state"]) == ("end", "done")
        question = {"question": "What does reference 4 support?", "corpus": "lichen"}
        assert client.post("/v1/ask", json=question).json()["claims"][0]["references"] == [4]
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in said) == (0, False)
    assert leftovers(moss_home) == []


def test_an_upload_that_is_broken_off(moss_home: Path) -> None:
    """Leaves neither a file nor a job, and the server answers others."""
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="moss.md"\r\n\r\n# Moss'
    with served(moss_home) as (_, address), httpx2.Client(base_url=address, timeout=60) as client:
        before = client.get("/v1/jobs").json()
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as begun:
            head = "POST /v1/corpora/moss/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n"
            begun.sendall(f"{head}Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode() + body)
            while not list((moss_home / "uploads").glob("j-*")):
                assert client.get("/healthz").status_code == 200
        assert leftovers(moss_home) == []
        assert client.get("/v1/jobs").json() == before


def test_an_upload_that_is_gone(moss_home: Path) -> None:
    """A job whose upload can't be found is failed with the reason and what to do; what belongs to no job is deleted."""
    with uploading(moss_home) as client, write_lock(moss_home / "corpora" / "moss"):
        lost, torn = (uploaded(client, "moss", {"a.md": MOSS}) for _ in range(2))
        until(client, lost, {"waiting"})
    store = JobStore(moss_home)
    assert {each.id for each in store.unfinished()} == {lost["id"], torn["id"]}
    store.close()
    shutil.rmtree(moss_home / "uploads" / lost["id"])
    (moss_home / "uploads" / torn["id"] / "0" / "a.md").unlink()
    (moss_home / "uploads" / "j-stray" / "0").mkdir(parents=True)
    with uploading(moss_home) as client:
        for job in (lost, torn):
            found = client.get(f"/v1/jobs/{job['id']}").json()
            assert (found["state"], found["error"]) == ("failed", GONE)
        assert leftovers(moss_home) == []


def test_what_another_server_ends_meanwhile(own_service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that another server ends, and an upload that it deletes, after this one has listed them, stay as they
    are, and this one starts."""
    uploads = own_service.home / "uploads"
    uploads.mkdir()
    # Listed, and not there when it is opened.
    (uploads / "j-swept").symlink_to(uploads / "nowhere")
    created = now()
    job = Job(id="j-ended", corpus="default", created=created, updated=created, files=(Uploaded(name="a.md", bytes=1),))
    jobs = Jobs(own_service)
    jobs.store.add(job)
    unfinished = jobs.store.unfinished()
    jobs.store.update(job, state="done")
    monkeypatch.setattr(jobs.store, "unfinished", lambda: unfinished)
    asyncio.run(jobs.begin())
    found = jobs.store.job(job.id)
    assert found is not None
    assert (found.state, found.error) == ("done", None)
    jobs.store.close()


def test_two_servers_on_one_home(moss_home: Path) -> None:
    """A second server leaves the first one's jobs and uploads alone, and tells of them as they go on."""
    with uploading(moss_home) as first, uploading(moss_home) as second:
        with write_lock(moss_home / "corpora" / "moss"):
            job = uploaded(first, "moss", {"moss.md": MOSS})
            until(first, job, {"waiting"})
            with uploading(moss_home) as third:
                assert ready(third).get(f"/v1/jobs/{job['id']}").json()["state"] == "waiting"
        told = events(second.get(f"/v1/jobs/{job['id']}/events").text)
        assert (told[-1][1], told[-1][2]["state"]) == ("end", "done")
        assert [data["state"] for _, _, data in told].count("queued") == 1


def test_a_damaged_file_of_jobs_stops_no_server(moss_home: Path) -> None:
    """Questions are answered all the same; what needs the jobs says which file is damaged."""
    for path in moss_home.glob("jobs.sqlite*"):
        path.unlink()
    (moss_home / "jobs.sqlite").write_bytes(b"no database" * 100)
    with uploading(moss_home) as client:
        assert client.post("/v1/ask", json={"question": "What does reference 4 support?", "corpus": "moss"}).is_success
        found = client.get("/v1/jobs").json()
        assert (found["status"], "EVQA_HOME/jobs.sqlite: damaged" in found["detail"]) == (503, True)
    assert leftovers(moss_home) == []


def test_what_a_cancelled_job_had_stored_is_taken_out(moss_home: Path) -> None:
    """A job that is cancelled once its first file is stored leaves the corpus as it was."""
    many = {f"{number}.md": _repeated(number) for number in range(2, 22)}
    with uploading(moss_home) as client:
        before = client.get("/v1/corpora/moss").json()["contents"]
        job = uploaded(client, "moss", many)
        while not _stored(moss_home):
            assert not Job.model_validate(client.get(f"/v1/jobs/{job['id']}").json()).has_ended
            time.sleep(0.02)
        assert client.delete(f"/v1/jobs/{job['id']}").status_code == 202
        assert ended(client, job)["state"] == "cancelled"
        assert client.get("/v1/corpora/moss").json()["contents"] == before
        again = uploaded(client, "moss", {"moss.md": MOSS})
        assert ended(client, again)["state"] == "done"
        assert client.get("/v1/corpora/moss").json()["contents"] == before


def _repeated(times: int) -> str:
    """The review with one paragraph so many times: a document of its own, no passage of which has to be embedded."""
    return MOSS.replace(YOGURT, "\n\n".join([YOGURT] * times))


def _stored(home: Path) -> bool:
    connection = sqlite3.connect(home / "corpora" / "moss" / "corpus.sqlite")
    try:
        found = connection.execute("SELECT count(*) FROM document").fetchone()
    finally:
        connection.close()
    return int(found[0]) > 1
