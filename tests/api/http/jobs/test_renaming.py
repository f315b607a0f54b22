"""PATCH of a corpus and of a document."""

from pathlib import Path

from api.http.guards.keys import needs_write
from api.http.jobs.job import Job
from api.http.jobs.job_store import JobStore, now
from index.disk.lock import write_lock
from tests.api.http.clients import Client, problem_of
from tests.api.http.uploading import ended, uploaded
from tests.api.running import MOSS


def stored(client: Client, corpus: str) -> str:
    """The address of a document in a corpus of its own."""
    job = ended(client, uploaded(client, corpus, {"moss.md": MOSS}))
    return f"/v1/corpora/{corpus}/documents/{job['documents'][0]}"


def test_a_document_has_another_title(moss_client: Client) -> None:
    """In the corpus, in full, and in answers, as soon as the response is there; sent again, the file keeps it."""
    document = stored(moss_client, "titled")
    assert moss_client.patch(document, json={"title": " Mosses "}).status_code == 204
    (listed,) = moss_client.get("/v1/corpora/titled").json()["contents"]
    assert listed["title"] == moss_client.get(document).json()["title"] == "Mosses"
    question = {"question": "What does reference 4 support?", "corpus": "titled"}
    answer = moss_client.post("/v1/ask", json=question).json()
    assert {each["document"]["title"] for each in answer["passages"]} == {"Mosses"}
    stored(moss_client, "titled")
    assert moss_client.get(document).json()["title"] == "Mosses"


def test_a_corpus_has_another_name(moss_client: Client) -> None:
    """Questions are put to it under the new name at once; the old one is free."""
    stored(moss_client, "earlier")
    renamed = moss_client.patch("/v1/corpora/earlier", json={"name": "later"}).json()
    assert (renamed["name"], renamed["documents"], renamed["state"]) == ("later", 1, "ready")
    question = {"question": "What does reference 4 support?", "corpus": "later"}
    assert moss_client.post("/v1/ask", json=question).json()["corpus"]["name"] == "later"
    assert moss_client.get("/v1/corpora/earlier").status_code == 404


def test_what_cannot_be_renamed_is_said(moss_client: Client, moss_home: Path) -> None:
    """What isn't there, a name that is taken or evqa's own, a title without a letter, and a corpus that is written."""
    document = stored(moss_client, "held")
    corpus = "/v1/corpora/held"

    def status(path: str, **change: str) -> int:
        found: int = problem_of(moss_client, "PATCH", path, json=change)["status"]
        return found

    assert status("/v1/corpora/nowhere", name="x") == 404
    assert status(f"{corpus}/documents/d-none", title="x") == 404
    taken = problem_of(moss_client, "PATCH", corpus, json={"name": "moss"})
    assert (taken["status"], "another corpus has it" in taken["detail"]) == (422, True)
    assert status(corpus, name=f"sample.{'0' * 16}") == 422
    for blank in ("", "   ", "\u2003\n"):
        assert status(document, title=blank) == 422
    assert moss_client.get(document).status_code == 200
    with write_lock(moss_home / "corpora/held"):
        assert status(document, title="x") == 409
    assert moss_client.get(corpus).json()["contents"][0]["title"] != "x"


def test_a_name_that_a_job_waits_for_is_taken(moss_client: Client, moss_home: Path) -> None:
    """A corpus isn't given the name of one that a job is about to make: both would be mixed."""
    stored(moss_client, "kept")
    store = JobStore(moss_home)
    job = Job(id="j-2", corpus="soon", files=(), created=now(), updated=now())
    store.add(job)
    problem = problem_of(moss_client, "PATCH", "/v1/corpora/kept", json={"name": "soon"})
    assert (problem["status"], "j-2" in problem["detail"]) == (409, True)
    store.update(job, state="cancelled")
    store.close()


def test_renaming_needs_a_key_that_may_write() -> None:
    """A key to read may rename neither a corpus nor a document."""
    assert needs_write({"method": "PATCH", "path": "/v1/corpora/a"})
    assert needs_write({"method": "PATCH", "path": "/v1/corpora/a/documents/d"})
