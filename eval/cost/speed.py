"""What reading, storing and asking cost on this machine."""

import os
import statistics
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from eval.cost.cold import Cost, cost, imported
from evqa.answer import ask
from evqa.corpus.corpus import Corpus
from evqa.model import Record
from index.writer import load_lazily, writing
from ingest.passages import passages
from ingest.reader import read

if TYPE_CHECKING:
    from index.models.embed import Embedder

HEAVY = frozenset({"torch", "transformers", "sentence_transformers", "fastapi"})
COLD_ASKS = 7
INGESTS = 3
PASSES = 3
CORPUS = "benchmark"


class Ingest(Record):
    """Median seconds to read a file, and to embed and index it with the model loaded, over several runs."""

    read: float
    store: float
    passages: int
    runs: int

    @property
    def total(self) -> float:
        """Seconds from file to published corpus."""
        return self.read + self.store


class Cold(Record):
    """One `evqa ask` in a new process: median wall seconds, largest peak memory in MB, heavy modules imported."""

    seconds: float
    megabytes: float
    heavy: tuple[str, ...]
    asks: int


class Warm(Record):
    """Milliseconds a question in a running process with the corpus open."""

    p50: float
    p99: float
    asks: int


def ingest_times(review: Path, model: str, runs: int = INGESTS) -> Ingest:
    """Ingests the review `runs` times, each into a corpus of its own, after one run that isn't counted.

    The model is loaded once before; the uncounted run exports its query form, as every home does once.
    """
    loaded = load_lazily(model)
    with TemporaryDirectory() as home:
        timed = [store(review, Path(home), model, f"{CORPUS}-{run}", lambda _: loaded) for run in range(runs + 1)][1:]
    reading, storing, counts = zip(*timed, strict=True)
    return Ingest(read=statistics.median(reading), store=statistics.median(storing), passages=counts[0], runs=runs)


def store(
    review: Path, home: Path, model: str, corpus: str = CORPUS, load: "Callable[[str], Embedder]" = load_lazily
) -> tuple[float, float, int]:
    """Ingests the review into a corpus: seconds to read it, seconds to embed and index it, passages stored."""
    before = time.perf_counter()
    document = read(review)
    found = passages(document)
    after = time.perf_counter()
    with writing(home, corpus, model, load) as writer:
        writer.put(document, found)
    return after - before, time.perf_counter() - after, len(found)


def cold_ask(home: Path, questions: Sequence[str]) -> Cold:
    """Asks each question in a process of its own; one more before lists what is imported and isn't timed."""
    environment = environment_of(home)
    heavy = imported(ask_command(questions[0]), environment) & HEAVY
    costs = [cost(ask_command(question), environment) for question in questions]
    seconds = statistics.median(spent.seconds for spent in costs)
    megabytes = max(spent.megabytes for spent in costs)
    return Cold(seconds=seconds, megabytes=megabytes, heavy=tuple(sorted(heavy)), asks=len(costs))


def batch_cost(home: Path, gold: Path) -> Cost:
    """One process that opens the corpus and answers every question of the gold set."""
    command = [str(evqa_script()), "ask", "--corpus", CORPUS, "--questions", str(gold), "--json"]
    return cost(command, environment_of(home))


def ask_command(question: str) -> list[str]:
    """The command line that asks the benchmark's corpus."""
    return [str(evqa_script()), "ask", "--corpus", CORPUS, "--json", "--", question]


def environment_of(home: Path) -> Mapping[str, str]:
    """This process's environment with corpora under `home`."""
    return {**os.environ, "EVQA_HOME": str(home)}


def evqa_script() -> Path:
    """The installed `evqa` command of this interpreter's environment."""
    return Path(sysconfig.get_path("scripts")) / "evqa"


def warm_ask(corpus: Corpus, questions: Sequence[str], k: int = 5) -> Warm:
    """Asks all questions several times over, after one pass that isn't counted."""
    asked = list(_milliseconds(lambda question: ask(question, corpus, k), [*questions] * (PASSES + 1)))
    counted = asked[len(questions) :]
    p50, p99 = np.percentile(counted, (50, 99))
    return Warm(p50=float(p50), p99=float(p99), asks=len(counted))


def _milliseconds(answer: Callable[[str], object], questions: Sequence[str]) -> Iterator[float]:
    for question in questions:
        before = time.perf_counter()
        answer(question)
        yield (time.perf_counter() - before) * 1000


def size_on_disk(folder: Path) -> int:
    """Bytes of all files under the folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
