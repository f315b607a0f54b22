"""`python -m eval.benchmark`: how well and how fast a review is asked, beside the best peer and the targets."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.cost.budget import Budget, verdict
from eval.cost.cold import Cost
from eval.cost.speed import (
    COLD_ASKS,
    CORPUS,
    Cold,
    Ingest,
    Warm,
    batch_cost,
    cold_ask,
    ingest_times,
    size_on_disk,
    store,
    warm_ask,
)
from eval.report.command import measure_corpus
from eval.report.report import Report
from eval.runs.gold import load_gold
from eval.sets import GOLD as FOLDER
from eval.sets import SHARED
from evqa.errors import EvqaError
from evqa.model import Record
from evqa.settings import settings_from
from index.corpus import open_corpus
from index.disk.folder import corpus_folder
from ingest.reader import read
from ingest.sample import sample_path

REVIEW = SHARED / "review" / "ev-review.md"
GOLD, SAMPLE_GOLD = FOLDER / "ev-review.jsonl", FOLDER / "sample.jsonl"

TARGETS = {"hit@1": 0.60, "hit@5": 0.85, "in1500c": 0.75, "reference_F1": 0.60, "AUROC": 0.75}
BEST_PEER = {"hit@1": 0.344, "hit@5": 0.656, "in1500c": 0.389, "reference_F1": 0.192, "AUROC": 0.665}


class Benchmark(Record):
    """Quality and speed of one review. `has_peer`: whether the best peer was measured on these questions.

    `load` is the number of processes that wanted a core before the benchmark began (mean of a minute): where it
    comes near `cores`, the times are too long.
    """

    review: str
    has_peer: bool
    report: Report
    ingest: Ingest
    cold: Cold
    batch: Cost
    warm: Warm
    bytes_on_disk: int
    cores: int
    load: float

    @property
    def budgets(self) -> tuple[Budget, ...]:
        """What has a limit."""
        return (
            Budget(name="cold ask, wall, median", value=self.cold.seconds, limit=0.8, unit="s"),
            Budget(name="ingest, model loaded, median", value=self.ingest.total, limit=4, unit="s"),
            Budget(name="warm ask p50", value=self.warm.p50, limit=8, unit="ms"),
            Budget(name="warm ask p99", value=self.warm.p99, limit=25, unit="ms"),
            Budget(name="peak memory, one ask", value=self.cold.megabytes, limit=400, unit="MB"),
            Budget(name="peak memory, all asked", value=self.batch.megabytes, limit=400, unit="MB"),
        )

    def lines(self) -> list[str]:
        """The benchmark for a terminal."""
        return [*self.report.lines(), "", *self._quality(), "", *self._speed()]

    def _quality(self) -> Iterator[str]:
        yield f"{'measure':<30} {'evqa':>9} {'best peer':>10} {'target':>8}"
        for name, target in TARGETS.items():
            if found := self.report.overall.get(name):
                peer = f"{BEST_PEER[name]:.3f}" if self.has_peer else "–"
                yield f"{name:<30} {found.value:>9.3f} {peer:>10} {target:>8.2f}  {verdict(found.value >= target)}"

    def _speed(self) -> Iterator[str]:
        yield f"{'cost':<30} {'evqa':>9} {'':>10} {'budget':>8}"
        for one in self.budgets:
            yield f"{one.name:<30} {one.value:>9.2f} {one.unit:<10} {one.limit:>8g}  {verdict(one.is_kept)}"
        heavy = ", ".join(self.cold.heavy) or "none"
        yield f"{'heavy modules in a cold ask':<30} {heavy:>9} {'':<10} {'none':>8}  {verdict(not self.cold.heavy)}"
        yield f"{'  read':<30} {self.ingest.read:>9.2f} s"
        yield f"{'  embed and index':<30} {self.ingest.store:>9.2f} s ({self.ingest.passages} passages)"
        yield f"{'all questions, one process':<30} {self.batch.seconds:>9.2f} s"
        yield f"{'corpus on disk':<30} {self.bytes_on_disk / 1e6:>9.2f} MB"
        yield f"{'load before, on ' + str(self.cores) + ' cores':<30} {self.load:>9.2f}"


def benchmark(review: Path, gold_path: Path, model: str) -> Benchmark:
    """Ingests the review into a temporary home and measures it. Raises the errors of what it runs."""
    asked = [question.question for question in load_gold(gold_path)]
    load = os.getloadavg()[0]
    with TemporaryDirectory() as folder:
        home = Path(folder)
        ingest = ingest_times(review, model)
        store(review, home, model)
        with open_corpus(home, CORPUS) as corpus:
            return Benchmark(
                review=review.name,
                has_peer=gold_path.name == GOLD.name,
                report=measure_corpus(gold_path, corpus, read(review).text),
                ingest=ingest,
                cold=cold_ask(home, asked[:: max(1, len(asked) // COLD_ASKS)][:COLD_ASKS]),
                batch=batch_cost(home, gold_path),
                warm=warm_ask(corpus, asked),
                bytes_on_disk=size_on_disk(corpus_folder(home, CORPUS)),
                cores=os.cpu_count() or 1,
                load=load,
            )


def inputs(review: Path | None, gold: Path | None) -> tuple[Path, Path]:
    """Review and gold set: those given, else the real review where it lies beside the checkout, else the sample."""
    usual = (REVIEW, GOLD) if REVIEW.is_file() and GOLD.is_file() else (sample_path(), SAMPLE_GOLD)
    return review or usual[0], gold or usual[1]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and prints it; 1 and one line on stderr when something that it runs fails."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmark", description=(__doc__ or "").partition(": ")[2])
    parser.add_argument("--review", type=Path, help="the review to ingest")
    parser.add_argument("--gold", type=Path, help="questions on it, with evidence and references")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(argv)
    try:
        found = benchmark(*inputs(given.review, given.gold), settings_from(os.environ).model)
    except EvqaError as error:
        print(error, file=sys.stderr)
        return 1
    print(found.model_dump_json() if given.json else "\n".join(found.lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
