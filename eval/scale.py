"""`python -m eval.scale`: how long a question takes in a large corpus of invented documents, and what it costs."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from eval.cost.memory import peak_of
from eval.cost.synthetic import DrawnEmbedder, drawn
from eval.runs.gold import load_gold
from eval.sets import GOLD, SETS
from evqa.answer import ask
from evqa.errors import EvqaError, UsageError
from evqa.model import Record
from evqa.settings import settings_from
from index.corpus import open_corpus
from index.disk.folder import corpus_folder
from index.generation.generation import open_generation
from index.writer import load_lazily, writing

PASSAGES = 100_000
CORPUS = "scale"
LIMITS = (("p50", 15.0), ("p99", 50.0))


class Asked(Record):
    """Milliseconds a question in a running process: of wall time, of the processor; its peak memory in 10^6 bytes."""

    p50: float
    p99: float
    longest: float
    p50_processor: float
    p99_processor: float
    first: float
    megabytes: float
    questions: int


class Built(Record):
    """Seconds to store the documents and to publish them; bytes of each file of what was published."""

    passages: int
    documents: int
    tokens: int
    store: float
    publish: float
    files: dict[str, int]
    record: int


class Scale(Record):
    """A large corpus, built and asked."""

    built: Built
    asked: Asked

    def lines(self) -> list[str]:
        """The measurement for a terminal."""
        built, asked = self.built, self.asked
        head = f"{built.passages:,} passages of {built.documents:,} documents, {built.tokens:,} token vectors"
        costs = [("stored in", built.store, "s"), ("published in", built.publish, "s")]
        costs += [("record", built.record / 1e6, "MB")]
        costs += [(name, size / 1e6, "MB") for name, size in sorted(built.files.items(), key=lambda item: -item[1])]
        costs += [("first question", asked.first, "ms"), ("longest question", asked.longest, "ms")]
        costs += [("p50 of the processor", asked.p50_processor, "ms"), ("p99 of it", asked.p99_processor, "ms")]
        costs += [("peak memory", asked.megabytes, "MB")]
        limited = [(name, getattr(asked, name), limit) for name, limit in LIMITS]
        return [
            head,
            *(f"{name:<24} {value:>10.2f} {unit}" for name, value, unit in costs),
            *(f"{name:<24} {value:>10.2f} ms, at most {limit:g}" for name, value, limit in limited),
        ]


def questions() -> list[str]:
    """Those of the four gold sets."""
    return [each.question for found in SETS for each in load_gold(found.gold)]


def rehearsal() -> list[str]:
    """Questions that are asked before any is timed: those of the sample, which aren't timed."""
    return [each.question for each in load_gold(GOLD / "sample.jsonl")]


def build(home: Path, passages: int, model: str) -> Built:
    """Draws a corpus of so many passages under `home` and publishes it.

    Raises UsageError if there are none to draw, StorageError if the disk refuses.
    """
    if passages < 1:
        raise UsageError(f"--passages {passages}", "an empty corpus can't be asked", "give 1 or more")
    embedder = DrawnEmbedder(load_lazily(model))
    before = time.perf_counter()
    with writing(home, CORPUS, model, lambda _: embedder) as writer:
        for document, found in drawn(passages, [*questions(), *rehearsal()]):
            writer.put(document, found)
        stored = time.perf_counter()
        writer.publish()
        published = time.perf_counter()
    return _built(home, stored - before, published - stored)


def _built(home: Path, store: float, publish: float) -> Built:
    folder = corpus_folder(home, CORPUS)
    generation = open_generation(folder)
    if isinstance(generation, str):
        raise EvqaError(folder, generation, "build the corpus again")
    counts, place = generation.manifest, generation.folder
    generation.close()
    files = {path.name: size_of(path) for path in place.iterdir()}
    return Built(
        passages=counts.passages,
        documents=counts.documents,
        tokens=counts.tokens,
        store=store,
        publish=publish,
        files=files,
        record=sum(size_of(path) for path in folder.glob("corpus.sqlite*")),
    )


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files under a folder."""
    return path.stat().st_size if path.is_file() else sum(size_of(each) for each in path.iterdir())


def asked(home: Path, corpus: str = CORPUS) -> Asked:
    """Asks each question once, after others that aren't counted."""
    with open_corpus(home, corpus) as opened:
        before = time.perf_counter()
        ask(rehearsal()[0], opened)
        first = time.perf_counter() - before
        for question in rehearsal():
            ask(question, opened)
        times = []
        for question in questions():
            wall, processor = time.perf_counter(), time.process_time()
            ask(question, opened)
            times.append((time.perf_counter() - wall, time.process_time() - processor))
    wall_times, processor_times = 1000 * np.array(times).T
    p50, p99 = np.percentile(wall_times, (50, 99))
    p50_processor, p99_processor = np.percentile(processor_times, (50, 99))
    return Asked(
        p50=p50,
        p99=p99,
        longest=wall_times.max(),
        p50_processor=p50_processor,
        p99_processor=p99_processor,
        first=1000 * first,
        megabytes=peak_of(os.getpid()) / 1e6,
        questions=len(times),
    )


def asked_apart(home: Path) -> Asked:
    """The same in a process of its own, whose memory knows nothing of how the corpus was built."""
    command = [sys.executable, "-m", "eval.scale", "--ask", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = f"asking it ended with {done.returncode}"
        raise EvqaError(home, reason, "run `python -m eval.scale --ask` by hand", done.stderr.strip()[-500:])
    return Asked.model_validate_json(done.stdout)


def scale(passages: int, model: str, home: Path | None = None) -> Scale:
    """Builds a corpus under `home`, or in a folder that is deleted afterwards, and asks it."""
    with TemporaryDirectory() as folder:
        built = build(home or Path(folder), passages, model)
        return Scale(built=built, asked=asked_apart(home or Path(folder)))


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and prints it; 1 and one line on stderr when something that it runs fails."""
    parser = argparse.ArgumentParser(prog="python -m eval.scale", description=(__doc__ or "").partition(": ")[2])
    parser.add_argument("--passages", type=int, default=PASSAGES, help="how many passages to draw")
    parser.add_argument("--home", type=Path, help="where to leave the corpus")
    parser.add_argument("--ask", type=Path, metavar="HOME", help="only ask the corpus that was left there")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(argv)
    try:
        if given.ask:
            print(asked(given.ask).model_dump_json())
            return 0
        found = scale(given.passages, settings_from(os.environ).model, given.home)
    except EvqaError as error:
        print(error, file=sys.stderr)
        return 1
    print(found.model_dump_json() if given.json else "\n".join(found.lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
