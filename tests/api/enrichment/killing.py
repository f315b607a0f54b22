"""Look-ups of many entries, killed again and again, until all are answered.

`python -m tests.api.enrichment.killing [ENTRIES] [KILLS] [RATE]` prints how many look-ups were answered twice, and how
many are missing in the end. RATE: requests a second and pool; 0 for what the sources state. It asks a world of this
machine, and embeds nothing.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from api.enrichment.asking import Asker, Breaker
from api.enrichment.client import Base, SourceClient
from api.enrichment.pace import Pace
from api.enrichment.requests import Wanted
from api.enrichment.running import Run
from api.enrichment.sources import RATES, sources_of
from api.enrichment.wanted import Due, doi_requests
from evqa.model import Reference
from evqa.settings import settings_from
from index.store.lookups import LookUps
from index.store.store import created, opened
from tests.api.enrichment.world import Paper, World, serving

TODAY = date(2026, 11, 30)
SOURCES = ("crossref", "crossref-updates", "europepmc", "openalex")
# Up to so many works Unpaywall is asked, too, which takes one request a work.
SINGLY = 2_000
# Seconds after which a process is killed at the earliest, and how much later at most.
WARM, LONGEST = 0.8, 2.5


def wanted(entries: int) -> list[Wanted]:
    """So many works by DOI."""
    dois = (f"10.1000/{number}" for number in range(entries))
    return [Wanted(doi, Reference(number=number, raw=doi, DOI=doi)) for number, doi in enumerate(dois, 1)]


def ask(address: str, records: Path, entries: int, rate: float) -> None:
    """Ask the world at an address about all that isn't answered yet, so many requests a second."""
    environ = World((), address).settings()
    sources = sources_of(settings_from(environ), TODAY.isoformat(), texts=entries <= SINGLY)
    stop = threading.Event()
    pools = {
        pool: Asker(
            SourceClient(Base(f"{address}/{name}", is_set=True)),
            Pace(rate or stated, time.monotonic),
            Breaker(),
            stop.wait,
        )
        for name, rates in RATES.items()
        for pool, stated in rates.items()
    }
    with closing(created(records)) as store:
        lookups = LookUps(store)
        due = Due(TODAY, lookups.dates())
        Run(pools, stop, lookups.put).carry_out(doi_requests(wanted(entries), sources, due))


def _client(address: str) -> SourceClient:
    return SourceClient(Base(address, is_set=True))


def killed(order: Sequence[str], kills: int, chance: random.Random) -> int:
    """Ask in processes that are killed after a random time; the last ends by itself. Returns how many were killed."""
    count = 0
    while True:
        process = subprocess.Popen([sys.executable, "-m", __spec__.name, "ask", *order])
        try:
            code = process.wait(timeout=None if count >= kills else WARM + chance.random() * LONGEST)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            count += 1
        else:
            assert code == 0
            return count


def measured(entries: int, kills: int, rate: int, seed: int = 1) -> dict[str, int]:
    """How often the asking was killed, how many look-ups were asked for more than once, are missing, or are damaged."""
    papers = [Paper(each.key, f"Work {each.key}") for each in wanted(entries)]
    with tempfile.TemporaryDirectory() as folder, serving(papers) as world:
        records = Path(folder) / "corpus.sqlite"
        count = killed([world.address, str(records), str(entries), str(rate)], kills, random.Random(seed))
        with closing(opened(records)) as store:
            lookups = LookUps(store)
            known = lookups.dates()
            sources = (*SOURCES, *(["unpaywall"] if entries <= SINGLY else ()))
            missing = sum((source, each.key) not in known for source in sources for each in wanted(entries))
            damaged = len(list(lookups.damage()))
        return {"kills": count, "requests": len(world.log), "asked_again": again(world.answered), "missing": missing,
                "damaged": damaged}  # fmt: skip


def again(answered: Counter[tuple[str, str]]) -> int:
    """How many look-ups were answered more than once."""
    return sum(count > 1 for count in answered.values())


def main(arguments: Sequence[str]) -> None:
    """Print the figures, or ask as a process that may be killed."""
    if arguments[:1] == ["ask"]:
        address, records, *numbers = arguments[1:]
        ask(address, Path(records), int(numbers[0]), float(numbers[1]))
        return
    entries, kills, rate = (*map(int, arguments), *(10_000, 20, 100)[len(arguments) :])
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    begun = time.monotonic()
    sys.stdout.write(f"{measured(entries, kills, rate)} in {time.monotonic() - begun:.0f} s\n")


if __name__ == "__main__":
    main(sys.argv[1:])
