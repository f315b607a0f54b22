"""DELETE /v1/corpora/{name}."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.jobs.job import Job
from api.http.jobs.job_store import JobStore, now
from api.http.served import Service
from api.opening import sample_name
from evqa.settings import Settings
from index.corpus import open_corpus
from index.disk.lock import write_lock
from tests.api.http.clients import Client, problem_of

MOSS = "/v1/corpora/moss"


@pytest.fixture
def taking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A removal that gives up soon."""
    monkeypatch.setattr("api.http.jobs.removal.PATIENCE", 0.2)


def test_a_corpus_is_gone(moss_client: Client, moss_home: Path) -> None:
    """Asked before, so that it is open here, it is removed from the disk, from the list and from answers; its name is
    free again."""
    asked = {"question": "Why do slugs avoid some cushions?", "corpus": "moss"}
    assert moss_client.post("/v1/ask", json=asked).status_code == 200
    response = moss_client.delete(MOSS)
    assert (response.status_code, response.content) == (204, b"")
    assert not (moss_home / "corpora" / "moss").exists()
    assert [each["name"] for each in moss_client.get("/v1/corpora").json() if each["use"] == "own"] == ["default"]
    assert moss_client.post("/v1/ask", json=asked).status_code == 404
    assert problem_of(moss_client, "DELETE", MOSS)["status"] == 404


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [("nowhere", 404, "there is"), (".hidden", 422, "1 to 64"), ("%2e%2e", 422, "1 to 64"), ("sample.x", 404, "there")],
)
def test_what_is_not_there(client: Client, name: str, status: int, words: str) -> None:
    """A problem names it, and no name leads out of the folder of the corpora."""
    problem = problem_of(client, "DELETE", f"/v1/corpora/{name}")
    assert (problem["status"], words in problem["detail"]) == (status, True)


def test_the_sample_stays(bare_home: Path) -> None:
    """The built-in sample, like all that evqa keeps for itself, isn't removed."""
    settings = Settings(home=str(bare_home))
    name = sample_name(settings)
    with TestClient(create_app(Service(settings))) as client:
        problem = problem_of(client, "DELETE", f"/v1/corpora/{name}")
    assert (problem["status"], "evqa keeps such names" in problem["detail"]) == (422, True)
    assert (bare_home / "corpora" / name).exists()


def test_a_job_goes_first(moss_client: Client, moss_home: Path) -> None:
    """While a job stores into it, or waits to, a corpus stays; the problem names the job and how to end it."""
    store = JobStore(moss_home)
    job = Job(id="j-1", corpus="moss", files=(), created=now(), updated=now())
    store.add(job)
    problem = problem_of(moss_client, "DELETE", MOSS)
    assert (problem["status"], "DELETE /v1/jobs/j-1" in problem["detail"]) == (409, True)
    store.update(job, state="cancelled")
    store.close()
    assert moss_client.delete(MOSS).status_code == 204


@pytest.mark.usefixtures("taking")
def test_another_writer_is_a_conflict(moss_client: Client, moss_home: Path) -> None:
    """While another process writes it, a corpus stays and goes on to answer."""
    with write_lock(moss_home / "corpora" / "moss"):
        response = moss_client.delete(MOSS)
    assert (response.status_code, "is being written" in response.json()["detail"]) == (409, True)
    assert response.headers["retry-after"]
    assert moss_client.get(MOSS).json()["documents"] == 1


@pytest.mark.usefixtures("taking")
def test_another_reader_is_a_conflict(moss_client: Client, moss_home: Path) -> None:
    """While another process has it open, a corpus stays; once that has let go, it is removed."""
    with open_corpus(moss_home, "moss"):
        assert moss_client.delete(MOSS).status_code == 409
    assert moss_client.delete(MOSS).status_code == 204


def test_who_reads_it_now_ends_first(moss_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A removal waits for a request of this server that reads the corpus, and then removes it."""
    service, waits = Service(Settings(home=str(moss_home))), []
    with TestClient(create_app(service)) as client, ExitStack() as reading:
        reading.enter_context(service.generation("moss"))

        def wait(_: float) -> None:
            waits.append(1)
            reading.close()

        monkeypatch.setattr("api.http.jobs.removal.sleep", wait)
        assert client.delete(MOSS).status_code == 204
    assert waits
