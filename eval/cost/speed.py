"""Measure what reading, storing and asking cost on this machine."""

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
    """Median seconds over several runs: to read a file, and to embed and index it with the model loaded."""

    read: float
    store: float
    passages: int
    runs: int

    @property
    def total(self) -> float:
        """Seconds from the file to a published corpus."""
        return self.read + self.store


class Cold(Record):
    """`evqa ask` in a new process: median wall seconds, largest peak memory in MB, heavy modules imported."""

    seconds: float
    megabytes: float
    heavy: tuple[str, ...]
    asks: int


class Warm(Record):
    """Milliseconds a question in a running process with an open corpus."""

    p50: float
    p99: float
    asks: int


def ingest_times(review: Path, model: str, runs: int = INGESTS) -> Ingest:
    """Ingest the review `runs` times, each time into a new corpus, after one run that isn't counted.

    The model is loaded before. The uncounted run exports the model's query form, which every home needs once.
    """
    loaded = load_lazily(model)
    with TemporaryDirectory() as home:
        timed = [store(review, Path(home), model, f"{CORPUS}-{run}", lambda _: loaded) for run in range(runs + 1)][1:]
    reading, storing, counts = zip(*timed, strict=True)
    return Ingest(read=statistics.median(reading), store=statistics.median(storing), passages=counts[0], runs=runs)


def store(
    review: Path, home: Path, model: str, corpus: str = CORPUS, load: "Callable[[str], Embedder]" = load_lazily
) -> tuple[float, float, int]:
    """Ingest a review: returns the seconds to read it, the seconds to embed and index it, and the passages stored."""
    before = time.perf_counter()
    document = read(review)
    of_document = passages(document)
    after = time.perf_counter()
    with writing(home, corpus, model, load) as writer:
        writer.put(document, of_document)
    return after - before, time.perf_counter() - after, len(of_document)


def cold_ask(home: Path, questions: Sequence[str]) -> Cold:
    """Ask each question in a process of its own, after one untimed question that lists the imported modules."""
    environment = environment_of(home)
    heavy = imported(ask_command(questions[0]), environment) & HEAVY
    costs = [cost(ask_command(question), environment) for question in questions]
    seconds = statistics.median(spent.seconds for spent in costs)
    megabytes = max(spent.megabytes for spent in costs)
    return Cold(seconds=seconds, megabytes=megabytes, heavy=tuple(sorted(heavy)), asks=len(costs))


def batch_cost(home: Path, gold: Path) -> Cost:
    """The cost of one process that opens the corpus and answers every question of the gold set."""
    command = [str(evqa_script()), "ask", "--corpus", CORPUS, "--questions", str(gold), "--json"]
    return cost(command, environment_of(home))


def ask_command(question: str) -> list[str]:
    """The command line that asks the benchmark's corpus."""
    return [str(evqa_script()), "ask", "--corpus", CORPUS, "--json", "--", question]


def environment_of(home: Path) -> Mapping[str, str]:
    """The environment of this process, with corpora under `home`."""
    return {**os.environ, "EVQA_HOME": str(home)}


def evqa_script() -> Path:
    """The `evqa` command installed beside this interpreter."""
    return Path(sysconfig.get_path("scripts")) / "evqa"


def warm_ask(corpus: Corpus, questions: Sequence[str], k: int = 5) -> Warm:
    """Ask all questions several times, after one pass that isn't counted."""
    times = list(_milliseconds(lambda question: ask(question, corpus, k), [*questions] * (PASSES + 1)))
    counted = times[len(questions) :]
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
