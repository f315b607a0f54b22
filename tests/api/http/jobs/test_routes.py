"""Jobs and their events over HTTP."""

from pathlib import Path

from index.disk.lock import write_lock
from tests.api.http.clients import Client, problem_of
from tests.api.http.uploading import ended, events, leftovers, until, uploaded
from tests.api.running import MOSS


def test_events_tell_every_step(moss_client: Client) -> None:
    """From the first event: read, embed, index and publish in that order, with counts; the last is the job itself, and
    ends the stream."""
    (job,) = moss_client.get("/v1/jobs").json()
    response = moss_client.get(f"/v1/jobs/{job['id']}/events")
    assert response.headers["content-type"].startswith("text/event-stream")
    found = events(response.text)
    assert [number for number, _, _ in found] == list(range(1, len(found) + 1))
    stages = [data.get("stage") for _, name, data in found if name == "progress"]
    assert list(dict.fromkeys(filter(None, stages))) == ["read", "embed", "index", "publish"]
    embedded = [data for _, _, data in found if data.get("stage") == "embed"]
    assert (embedded[0]["done"], embedded[-1]["done"], embedded[-1]["total"]) == (0, 10, 10)
    assert found[-1][1:] == ("end", job)


def test_events_go_on_from_where_they_broke_off(moss_client: Client) -> None:
    """With Last-Event-ID only what came later is sent; behind the last, nothing."""
    (job,) = moss_client.get("/v1/jobs").json()
    path = f"/v1/jobs/{job['id']}/events"
    every = events(moss_client.get(path).text)
    assert events(moss_client.get(path, headers={"Last-Event-ID": "3"}).text) == every[3:]
    assert events(moss_client.get(path, headers={"Last-Event-ID": str(len(every))}).text) == []
    assert problem_of(moss_client, "GET", path, headers={"Last-Event-ID": "x"})["status"] == 422


def test_a_job_waits_for_the_command_line(moss_client: Client, moss_home: Path) -> None:
    """While another process writes the corpus the job says so and waits, asks are answered, and then it is done."""
    with write_lock(moss_home / "corpora" / "moss"):
        job = uploaded(moss_client, "moss", {"moss.md": MOSS})
        waiting = until(moss_client, job, {"waiting"})
        assert "is being written by process" in waiting["error"]
        asked = moss_client.post("/v1/ask", json={"question": "What does reference 4 support?", "corpus": "moss"})
        assert asked.json()["status"] == "answered"
    assert ended(moss_client, job)["state"] == "done"


def test_cancelling(moss_client: Client, moss_home: Path) -> None:
    """A job that runs and one behind it are ended, their uploads gone; one that has ended can't be cancelled."""
    with write_lock(moss_home / "corpora" / "moss"):
        running, queued = (uploaded(moss_client, "moss", {"new.md": MOSS.replace("Moss", name)}) for name in "AB")
        until(moss_client, running, {"waiting"})
        assert moss_client.delete(f"/v1/jobs/{queued['id']}").json()["state"] == "cancelled"
        assert moss_client.delete(f"/v1/jobs/{running['id']}").status_code == 202
        assert ended(moss_client, running)["state"] == "cancelled"
    assert problem_of(moss_client, "DELETE", f"/v1/jobs/{running['id']}")["status"] == 409
    assert [name for _, name, _ in events(moss_client.get(f"/v1/jobs/{queued['id']}/events").text)][-1] == "end"
    assert leftovers(moss_home) == []


def test_jobs_that_are_not_there(moss_client: Client) -> None:
    """Are 404, whatever is asked of them; the list is bounded."""
    for method, path in (("GET", ""), ("GET", "/events"), ("DELETE", "")):
        found = problem_of(moss_client, method, f"/v1/jobs/j-none{path}")
        assert (found["status"], found["detail"]) == (
            404,
            "no job 'j-none': it isn't there; GET /v1/jobs names the recent ones",
        )
    assert problem_of(moss_client, "GET", "/v1/jobs?most=0")["status"] == 422
