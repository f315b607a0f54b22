"""/metrics."""

from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from api.http.routes.metrics import Gauges
from api.http.served import Service
from tests.api.http.clients import QUESTION, UNANSWERED, Client, ready
from tests.api.http.guarded import guarded


class Two:
    """Two jobs."""

    def states(self) -> dict[str, int]:
        """One of each."""
        return {"running": 1, "done": 1}


def counted(client: Client) -> dict[tuple[str, str], float]:
    """Every sample by its name and its labels' values."""
    text = client.get("/metrics").text
    return {
        (sample.name, " ".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_was_done_is_counted(home: Path) -> None:
    """Requests by route and status, latencies by route and stage, answers, refusals, kept bodies, corpora."""
    with guarded(home) as client:
        for question in (QUESTION, QUESTION, UNANSWERED):
            ready(client).post("/v1/ask", json={"question": question})
        client.get("/v1/corpora/none/references")
        client.get("/anything")
        found = counted(client)
    expected = {
        ("evqa_requests_total", "POST /v1/ask 200"): 3,
        ("evqa_requests_total", "GET /v1/corpora/{name}/references 404"): 1,
        ("evqa_requests_total", "GET unmatched 404"): 1,
        ("evqa_request_seconds_count", "/v1/ask"): 3,
        ("evqa_stage_seconds_count", "working"): 3,
        ("evqa_stage_seconds_count", "waiting"): 3,
        ("evqa_stage_seconds_count", "answering"): 2,
        ("evqa_stage_seconds_count", "writing"): 2,
        ("evqa_stage_seconds_count", "opening"): 1,
        ("evqa_answers_total", "answered"): 2,
        ("evqa_answers_total", "insufficient_evidence"): 1,
        ("evqa_bodies_found_total", ""): 1,
        ("evqa_bodies_made_total", ""): 2,
        ("evqa_corpus_documents", "default"): 1,
    }
    assert {name: found.get(name) for name in expected} == expected
    assert found["evqa_corpus_passages", "default"] > 10
    # What a reference supports is looked up; only the other question has to be searched for.
    assert found["evqa_stage_seconds_count", "retrieving"] == 1
    assert 0 < found["evqa_stage_seconds_sum", "retrieving"] < found["evqa_stage_seconds_sum", "answering"]


def test_each_app_counts_for_itself(home: Path) -> None:
    """A second app begins at nothing."""
    for _ in range(2):
        with guarded(home) as client:
            client.get("/healthz")
            assert counted(client)["evqa_requests_total", "GET /healthz 200"] == 1


def test_jobs_are_told_by_state(service: Service) -> None:
    """As many as there are now, of each state."""
    (jobs,) = [family for family in Gauges(service, Two()).collect() if family.name == "evqa_jobs"]
    assert {sample.labels["state"]: sample.value for sample in jobs.samples} == {"running": 1, "done": 1}
