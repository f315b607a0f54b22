"""POST of an enrichment: a job that looks references up, and what questions see of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.served import Service
from evqa.settings import settings_from
from ingest.reader import read
from ingest.sample import sample_path
from tests.api.cli.test_enrich import papers_of
from tests.api.enrichment.world import World, serving
from tests.api.http.clients import Client, problem_of
from tests.api.http.uploading import ended

TARGET = "/v1/corpora/default/enrichment"


@pytest.fixture
def world() -> Iterator[World]:
    """A world that knows the sample's works."""
    with serving(papers_of(read(sample_path()).references)) as world:
        world.headers = {"X-Rate-Limit-Limit": "50", "X-Rate-Limit-Interval": "1s"}
        yield world


@pytest.fixture
def client(home: Path, tmp_path: Path, world: World) -> Iterator[Client]:
    """A client of a server with the sample, which asks that world."""
    own = tmp_path / "home"
    shutil.copytree(home, own)
    service = Service(settings_from({"EVQA_HOME": str(own), **world.settings()}))
    with TestClient(create_app(service), raise_server_exceptions=False) as client:
        yield client


def test_a_job_looks_references_up(client: Client, world: World) -> None:
    """When the job is done, questions name the retraction; a second job asks nobody anything."""
    response = client.post(TARGET, json={})
    assert response.status_code == 202, response.text
    job = ended(client, response.json())
    assert (job["state"], job["error"], job["enriched"]["works"]) == ("done", None, 90)
    assert {each["source"]: each["answered"] for each in job["enriched"]["sources"]}["crossref"] == 90
    answer = client.post("/v1/ask", json={"question": "What does reference 15 support?"}).json()
    (entry,) = [each for each in answer["references"] if each["number"] == 15]
    assert entry["status"]["notices"][0]["type"] == "retraction"
    asked = len(world.log)
    assert ended(client, client.post(TARGET, json={}).json())["state"] == "done"
    assert len(world.log) == asked


def test_mistakes_are_told(client: Client) -> None:
    """A corpus that isn't there, one that isn't the user's, and fields that aren't known."""
    assert problem_of(client, "POST", "/v1/corpora/none/enrichment", json={})["status"] == 404
    assert problem_of(client, "POST", TARGET, json={"retractions": True})["status"] == 422
