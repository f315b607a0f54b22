"""Jobs in their SQLite file."""

from pathlib import Path

import pytest

from api.http.jobs import job_store
from api.http.jobs.job import Job, Uploaded
from api.http.jobs.job_store import FILE, JobStore, now
from evqa.errors import CorpusError


def job(identity: str) -> Job:
    """A job that waits."""
    file = Uploaded(name="moss.md", bytes=765)
    return Job(id=identity, corpus="moss", created=now(), updated=now(), files=(file,))


def test_jobs_outlast_the_store(tmp_path: Path) -> None:
    """What was kept is there for the next store, with its events in order; the last event is the job."""
    store = JobStore(tmp_path)
    store.add(job("j-1"))
    store.update(job("j-1"), state="running", stage="embed", done=3, total=9)
    ended = store.update(job("j-1"), state="done", documents=("d-1",))
    store.add(job("j-2"))
    store.close()
    again = JobStore(tmp_path)
    assert again.job("j-1") == ended
    assert [each.id for each in again.recent(1)] == ["j-2"]
    assert [each.id for each in again.unfinished()] == ["j-2"]
    assert again.states() == {"done": 1, "queued": 1}
    numbers = [(each.number, each.is_last) for each in again.events("j-1", 0)]
    assert numbers == [(1, False), (2, False), (3, True)]
    assert Job.model_validate_json(again.events("j-1", 2)[0].body) == ended
    again.close()


def test_looking_makes_no_file(tmp_path: Path) -> None:
    """A home where nothing was uploaded stays as it is."""
    store = JobStore(tmp_path)
    assert (store.job("j-1"), store.recent(5), store.unfinished(), store.states()) == (None, [], [], {})
    assert list(tmp_path.iterdir()) == []


def test_old_jobs_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many that have ended are kept, the newest, and their events go with them; one that waits stays."""
    monkeypatch.setattr(job_store, "MOST_ENDED", 2)
    store = JobStore(tmp_path)
    for number in range(5):
        store.add(job(f"j-{number}"))
        if number:
            store.update(job(f"j-{number}"), state="failed", error="why")
    store.add(job("j-5"))
    assert [each.id for each in store.recent(9)] == ["j-5", "j-4", "j-3", "j-0"]
    assert store.events("j-1", 0) == []
    store.close()


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """What isn't SQLite is an error that names the file."""
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(CorpusError, match=r"jobs\.sqlite: damaged"):
        JobStore(tmp_path).recent(5)
