"""Two servers on one home, while the command line ingests."""

import json
import os
import re
import sysconfig
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import httpx2
import pytest

from eval.cost.memory import PROC
from eval.cost.server import serving
from tests.api.running import MOSS, Run, written

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "evqa")
ASKED = {"question": "How many times their dry weight in water do cushions hold?", "corpus": "garden"}
HELD = re.compile(r"hold (\w+) times their dry weight")
Bodies = dict[str, set[str]]
pytestmark = pytest.mark.skipif(not (PROC / "stat").is_file(), reason="servers are watched by /proc")


def asked(address: str, stop: Event) -> Bodies:
    """Asks until told to stop: the bodies that came, by the fingerprint of the corpus that they name."""
    found: Bodies = defaultdict(set)
    with httpx2.Client(base_url=address, timeout=60) as client:
        while not stop.is_set():
            response = client.post("/v1/ask", json=ASKED)
            assert response.status_code == 200, response.text
            found[json.loads(response.text)["corpus"]["fingerprint"]].add(response.text)
    return found


def until_said(address: str, version: str) -> None:
    """Returns when the server's answer says so; while it opens the last generation, it answers from the one before."""
    deadline = time.monotonic() + 240
    while set(HELD.findall(text := httpx2.post(f"{address}/v1/ask", json=ASKED, timeout=60).text)) != {version}:
        assert time.monotonic() < deadline, text
        time.sleep(0.05)


def test_answers_are_of_one_generation_or_the_next(
    own_home: Path, evqa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer says what stands in the generation that it names, in the same bytes from both servers, and in the end
    both answer from the last."""
    monkeypatch.setenv("EVQA_HOME", str(own_home))
    versions = ("twenty", "thirty", "forty")

    def ingest(version: str) -> None:
        file = written(tmp_path / "moss.md", MOSS.replace("twenty times", f"{version} times"))
        assert evqa("ingest", file, "--corpus", "garden").code == 0

    ingest(versions[0])
    stop = Event()
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        servers = [stack.enter_context(serving([SCRIPT, "serve", "--port", "0"], os.environ)) for _ in range(2)]
        addresses = [f"http://{each.host}:{each.port}" for each in servers]
        asking = [pool.submit(asked, address, stop) for address in addresses]
        try:
            for version in versions[1:]:
                ingest(version)
            for address in addresses:
                until_said(address, versions[-1])
        finally:
            stop.set()
        found = [each.result() for each in asking]
    together = {
        name: found[0].get(name, set()) | found[1].get(name, set()) for name in found[0].keys() | found[1].keys()
    }
    assert all(len(bodies) == 1 for bodies in together.values())
    said = {name: set(HELD.findall(body)) for name, (body,) in together.items()}
    assert all(len(each) == 1 for each in said.values())
    assert len({next(iter(each)) for each in said.values()}) == len(said) >= 2
