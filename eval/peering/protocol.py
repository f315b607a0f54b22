"""What a peer is given, how it is run, and what it must write: stored runs, one for each system and document."""

import os
import subprocess
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from eval.peering.known import ADAPTERS, Peer
from eval.peering.trouble import PeerError, last_words
from eval.runs.run import SystemRun, load_run
from evqa.errors import InputError
from evqa.model import Record

RUNNER = ADAPTERS / "run_adapter.py"
# A peer sees no other variable: no key, no proxy, no PYTHONPATH.
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "OMP_NUM_THREADS", "SYSTEMROOT")
OFFLINE = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_OFFLINE": "1",
}
Runs = dict[str, SystemRun]


class PeerQuestion(Record):
    """A question, without what answers it."""

    id: str
    question: str


class PeerDocument(Record):
    """A document as a peer gets it. `passages` are None if the peer is to split the text itself."""

    name: str
    text: str
    passages: tuple[str, ...] | None
    questions: tuple[PeerQuestion, ...]


class PeerTask(Record):
    """All that a peer is asked: see `adapters/run_adapter.py`, which reads it."""

    model: str
    depth: int
    embedding_service: str | None = None
    work: str = ""
    documents: tuple[PeerDocument, ...]


def run_peer(peer: Peer, python: Path, task: PeerTask, folder: Path, limit: float) -> None:
    """Ask the peer everything, within `limit` seconds; its stored runs come under `folder`/<system>/.

    What it said is kept in `folder`/said.log. Raises PeerError if it fails or takes too long.
    """
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    given = folder / "task.json"
    given.write_text(task.model_copy(update={"work": str(work)}).model_dump_json(), encoding="utf-8")
    command = [str(python), str(RUNNER), str(peer.adapter), str(given), str(folder)]
    said = folder / "said.log"
    with said.open("wb") as log:
        try:
            code = subprocess.run(
                command, stdout=log, stderr=log, cwd=work, env=_environment(work), timeout=limit, check=False
            ).returncode
        except subprocess.TimeoutExpired as error:
            raise PeerError(peer.name, f"took over {limit:g} s", "give more by --limit") from error
        except OSError as error:
            raise PeerError(peer.name, "can't be started", "remove its environment", error.strerror) from error
    if code:
        words = last_words(said.read_text(encoding="utf-8", errors="replace"))
        raise PeerError(peer.name, f"ended with exit code {code}", "see said.log", words)


def _environment(work: Path) -> Mapping[str, str]:
    """The variables of a peer's process; its home is its own folder."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, **OFFLINE, "HOME": str(work), "USERPROFILE": str(work)}


def read_runs(folder: Path, asked: Mapping[str, Sequence[str]]) -> Runs:
    """The stored runs of one system, by document; `asked` are the ids of each document's questions.

    Raises PeerError if one is missing, can't be read, or doesn't answer exactly the questions that were asked.
    """
    return {document: _run_of(folder / f"{document}.jsonl", set(ids)) for document, ids in asked.items()}


def _run_of(path: Path, asked: Set[str]) -> SystemRun:
    try:
        run = load_run(path)
    except InputError as error:
        place = Path(error.facts.subject).name
        raise PeerError(place, error.facts.reason, "see said.log", error.facts.cause) from error
    answered = run.by_id().keys()
    if missing := sorted(asked - answered):
        raise PeerError(path.name, f"{len(missing)} of {len(asked)} questions aren't answered ({missing[0]})", "")
    if unknown := sorted(answered - asked):
        raise PeerError(path.name, f"{unknown[0]} is answered, but wasn't asked", "")
    return run
