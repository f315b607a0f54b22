"""POST and DELETE of documents."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from api.http.jobs.upload_form import UploadLimits
from index.disk.lock import write_lock
from tests.api.http.clients import Client, problem_of
from tests.api.http.uploading import ended, leftovers, parts, uploaded, uploading
from tests.api.running import MOSS

TARGET = "/v1/corpora/moss/documents"
BOUNDARY = {"Content-Type": "multipart/form-data; boundary=x"}
GAP = "\n".join(line for line in MOSS.split("\n") if not line.startswith("3. "))


def test_an_upload_is_asked_at_once(moss_client: Client) -> None:
    """When a job is done its document answers; the job has its id, integrity report and place."""
    (job,) = moss_client.get("/v1/jobs").json()
    assert (job["state"], job["stage"], job["error"]) == ("done", None, None)
    (outcome,) = job["outcomes"]
    assert outcome["integrity"]["contiguous"]
    assert outcome["placement"]["kind"] == "review"
    assert (outcome["file"], outcome["state"], job["documents"]) == ("moss.md", "new", [outcome["document"]])
    answer = moss_client.post("/v1/ask", json={"question": "What does reference 4 support?", "corpus": "moss"}).json()
    assert answer["claims"][0]["references"] == [4]
    assert answer["passages"][0]["document"]["id"] == outcome["document"]


@pytest.mark.slow
def test_the_server_never_loads_what_embeds() -> None:
    """Nothing of the bulk model's packages comes into the process that serves, whatever it has stored by now."""
    code = "import sys, api.http.serving; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"torch", "transformers", "sentence_transformers"} & set(loaded)


def test_the_same_file_again_and_an_unsound_one(moss_client: Client, moss_home: Path) -> None:
    """Two uploads to one corpus follow each other: the same bytes are unchanged, a file with a gap isn't stored where
    `strict` is sent; without it it is. Nothing of any stays in the folder of uploads."""
    again = uploaded(moss_client, "moss", {"moss.md": MOSS})
    unsound = uploaded(moss_client, "moss", {"g.md": GAP}, strict="true", allow_partial="true")
    assert (unsound["strict"], unsound["allow_partial"]) == (True, True)
    found = ended(moss_client, again)
    assert (found["state"], found["outcomes"][0]["state"], len(found["documents"])) == ("done", "unchanged", 1)
    found = ended(moss_client, unsound)
    assert (found["state"], found["outcomes"][0]["state"], found["documents"]) == ("failed", "unsound", [])
    assert found["error"].startswith("g.md: not sound (no entry for reference 3")
    assert "without strict=true" in found["error"]
    stored = ended(moss_client, uploaded(moss_client, "moss", {"g.md": GAP}))
    (outcome,) = stored["outcomes"]
    assert (stored["state"], stored["error"], outcome["state"], outcome["error"]) == ("done", None, "new", None)
    assert outcome["integrity"]["missing"] == [3]
    assert leftovers(moss_home) == []
    (listed,) = [each for each in moss_client.get("/v1/corpora").json() if each["name"] == "moss"]
    assert (listed["documents"], listed["failed"]) == (2, 0)


def test_bad_files_are_named_and_do_not_stop_others(moss_client: Client, moss_home: Path) -> None:
    """Of several files each has its outcome; names are shown as they came, the server's own folders never."""
    files: dict[str, str | bytes] = {"moss.md": MOSS, "../torn.pdf": b"%PDF-1.7 torn", "empty.xml": ""}
    found = ended(moss_client, uploaded(moss_client, "moss", files))
    assert [(each["file"], each["state"]) for each in found["outcomes"]] == [
        ("moss.md", "unchanged"),
        ("torn.pdf", "failed"),
        ("empty.xml", "failed"),
    ]
    assert found["state"] == "done"
    assert "empty file" in found["outcomes"][2]["error"]
    assert str(moss_home) not in str(found)
    assert "uploads" not in str(found)
    bad = ended(moss_client, uploaded(moss_client, "fresh", {"torn.pdf": b"%PDF-1.7 torn"}))
    assert (bad["state"], bad["documents"]) == ("failed", [])
    assert bad["error"].startswith("torn.pdf: ")
    assert "fresh" not in {each["name"] for each in moss_client.get("/v1/corpora").json()}


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"files": parts({"a.odt": "x"})}, 415, "a.odt: unknown format '.odt'"),
        ({"files": parts({"a.pdf": "x"}, "image/png")}, 415, "declared as 'image/png'"),
        ({"files": parts({"a.md": "x"}), "data": {"allow_partial": "maybe"}}, 422, "true or false, not 'maybe'"),
        ({"files": parts({"a.md": "x"}), "data": {"strict": "1"}}, 422, "strict: true or false, not '1'"),
        ({"files": parts({"a.md": "x"}), "data": {"model": "x"}}, 422, "'model': no such field"),
        ({"files": [("allow_partial", (None, "true", "text/plain"))]}, 422, "body file: missing"),
        ({"files": parts({"a.md": "x" * 3000})}, 413, "a.md: larger than 2,000 bytes"),
        ({"files": parts({f"{n}.md": "x" * 1900 for n in range(3)})}, 413, "larger than 4,000 bytes"),
        ({"files": parts({f"{n}.md": "x" for n in range(4)})}, 413, "more than 3 files"),
        ({"json": {"file": "x"}}, 415, "isn't a form"),
        ({"content": b"--x\r\nno form", "headers": BOUNDARY}, 400, "can't be taken apart"),
        ({"content": b"", "headers": BOUNDARY}, 400, "ends before its last boundary"),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "Missing boundary"),
    ],
)
def test_what_cannot_be_taken(home: Path, tmp_path: Path, given: dict[str, object], status: int, words: str) -> None:
    """Is refused with its status and the value at fault, leaves no file, and makes no job."""
    with uploading(_bare(home, tmp_path), UploadLimits(upload=4_000, file=2_000, files=3)) as client:
        found = problem_of(client, "POST", TARGET, **given)
        assert (found["status"], words in found["detail"]) == (status, True), found
        assert client.get("/v1/jobs").json() == []
    assert leftovers(tmp_path / "bare") == []


@pytest.mark.parametrize("name", ["..", "a b", "-x/..", "%2e%2e", ".hidden", "x" * 65, "sample.0123456789abcdef"])
def test_names_cannot_leave_the_folder(moss_client: Client, moss_home: Path, name: str) -> None:
    """A corpus is called as the command line allows; any other name is refused before the body is read."""
    before = sorted(path.name for path in (moss_home / "corpora").iterdir())
    target = f"/v1/corpora/{name.replace('/', '%2F')}/documents"
    assert moss_client.post(target, files=parts({"a.md": MOSS})).status_code in (404, 405, 422)
    assert sorted(path.name for path in (moss_home / "corpora").iterdir()) == before
    assert leftovers(moss_home) == []


def test_a_full_disk(home: Path, tmp_path: Path) -> None:
    """What the disk refuses is a 507 that names no folder of the server's; the part that was written is gone."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with uploading(_bare(home, tmp_path)) as client:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
        try:
            found = problem_of(client, "POST", TARGET, files=parts({"large.md": "x" * 400_000}))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, before)
        assert (found["status"], found["error"]) == (507, "StorageError")
        assert str(tmp_path) not in str(found)
        assert leftovers(tmp_path / "bare") == []


def test_removal(moss_client: Client, moss_home: Path) -> None:
    """A removed document answers no more; while another process writes the corpus it is a 409, and what isn't there a
    404."""
    (job,) = moss_client.get("/v1/jobs").json()
    (document,) = job["documents"]
    with write_lock(moss_home / "corpora" / "moss"):
        found = problem_of(moss_client, "DELETE", f"{TARGET}/{document}")
    assert (found["status"], "is being written by" in found["detail"]) == (409, True)
    assert moss_client.delete(f"{TARGET}/{document}").status_code == 204
    for path in (f"{TARGET}/{document}", f"{TARGET}/moss.md", "/v1/corpora/none/documents/d-1"):
        assert problem_of(moss_client, "DELETE", path)["status"] == 404
    assert moss_client.get("/v1/corpora/moss").json()["contents"] == []


def _bare(home: Path, folder: Path) -> Path:
    made = folder / "bare"
    made.mkdir()
    for name in ("corpora", "models"):
        (made / name).symlink_to(home / name)
    return made
