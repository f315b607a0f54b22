"""`python -m eval.scale`: measure how long a question takes in a large corpus of synthetic documents."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from eval.command_line import add_json, exit_code, parser_for, print_result
from eval.cost.memory import peak_of
from eval.cost.synthetic import SyntheticEmbedder, synthetic_documents
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


class AskTimes(Record):
    """Milliseconds a question in a running process, in wall time and processor time; peak memory in 10^6 bytes.

    `first` is the time of the very first question, which also loads the model.
    """

    p50: float
    p99: float
    longest: float
    p50_processor: float
    p99_processor: float
    first: float
    megabytes: float
    questions: int


class Built(Record):
    """Seconds to store the documents and to publish them; bytes of each published file and of the record."""

    passages: int
    documents: int
    tokens: int
    store: float
    publish: float
    files: dict[str, int]
    record: int


class Scale(Record):
    """A large corpus: what it cost to build and to ask."""

    built: Built
    asked: AskTimes

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
    """The questions of the four gold sets."""
    return [question.question for gold_set in SETS for question in load_gold(gold_set.gold)]


def rehearsal() -> list[str]:
    """The questions of the sample, which are asked before any question is timed."""
    return [question.question for question in load_gold(GOLD / "sample.jsonl")]


def build(home: Path, passages: int, model: str) -> Built:
    """Store a synthetic corpus of so many passages under `home`, and publish it.

    Raises UsageError for fewer than one passage, StorageError if the disk refuses.
    """
    if passages < 1:
        raise UsageError(f"--passages {passages}", "an empty corpus can't be asked", "give 1 or more")
    embedder = SyntheticEmbedder(load_lazily(model))
    before = time.perf_counter()
    with writing(home, CORPUS, model, lambda _: embedder) as writer:
        for document, of_document in synthetic_documents(passages, [*questions(), *rehearsal()]):
            writer.put(document, of_document)
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


def ask_times(home: Path, corpus: str = CORPUS) -> AskTimes:
    """Ask each question once, after other questions that aren't timed."""
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
    return AskTimes(
        p50=p50,
        p99=p99,
        longest=wall_times.max(),
        p50_processor=p50_processor,
        p99_processor=p99_processor,
        first=1000 * first,
        megabytes=peak_of(os.getpid()) / 1e6,
        questions=len(times),
    )


def ask_times_apart(home: Path) -> AskTimes:
    """Ask in a process of its own, so that its memory doesn't include what building the corpus took."""
    command = [sys.executable, "-m", "eval.scale", "--ask", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = f"asking it ended with {done.returncode}"
        raise EvqaError(home, reason, "run `python -m eval.scale --ask` by hand", done.stderr.strip()[-500:])
    return AskTimes.model_validate_json(done.stdout)


def scale(passages: int, model: str, home: Path | None = None) -> Scale:
    """Build a corpus and ask it. Without `home` it lies in a folder that is deleted afterwards."""
    with TemporaryDirectory() as folder:
        built = build(home or Path(folder), passages, model)
        return Scale(built=built, asked=ask_times_apart(home or Path(folder)))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it: exit code 0, or 1 if something that it runs fails."""
    parser = parser_for("scale", __doc__)
    parser.add_argument("--passages", type=int, default=PASSAGES, help="number of passages (default: %(default)s)")
    parser.add_argument("--home", type=Path, help="folder that keeps the corpus")
    parser.add_argument("--ask", type=Path, metavar="HOME", help="only ask the corpus kept in this folder; prints JSON")
    add_json(parser)
    arguments = parser.parse_args(argv)

    def run() -> None:
        if arguments.ask:
            times = ask_times(arguments.ask)
            print_result(times, [], as_json=True)
            return
        result = scale(arguments.passages, settings_from(os.environ).model, arguments.home)
        print_result(result, result.lines(), arguments.json)

    return exit_code(run, misused=1)


if __name__ == "__main__":
    sys.exit(main())
