"""`python -m eval.benchmark`: measure answers and speed on one review, beside the best peer and the targets."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.command_line import add_json, exit_code, parser_for, print_result
from eval.cost.cold import Cost
from eval.cost.figures import Budget, verdict
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
from eval.report.corpus_run import measure_corpus
from eval.report.report import RunReport
from eval.runs.gold import load_gold
from eval.sets import GOLD as FOLDER
from eval.sets import SHARED
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
    """Quality and speed on one review. `has_peer` says whether the best peer was measured on these questions.

    `load` is the mean number of processes that wanted a core in the minute before. If it comes near `cores`, the
    measured times are too long.
    """

    review: str
    has_peer: bool
    report: RunReport
    ingest: Ingest
    cold: Cold
    batch: Cost
    warm: Warm
    bytes_on_disk: int
    cores: int
    load: float

    @property
    def budgets(self) -> tuple[Budget, ...]:
        """The costs that have a limit."""
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
            if measured := self.report.overall.get(name):
                peer = f"{BEST_PEER[name]:.3f}" if self.has_peer else "–"
                met = verdict(measured.value >= target)
                yield f"{name:<30} {measured.value:>9.3f} {peer:>10} {target:>8.2f}  {met}"

    def _speed(self) -> Iterator[str]:
        yield f"{'cost':<30} {'evqa':>9} {'':>10} {'budget':>8}"
        for budget in self.budgets:
            cost = f"{budget.name:<30} {budget.value:>9.2f} {budget.unit:<10} {budget.limit:>8g}"
            yield f"{cost}  {verdict(budget.is_kept)}"
        heavy = ", ".join(self.cold.heavy) or "none"
        yield f"{'heavy modules in a cold ask':<30} {heavy:>9} {'':<10} {'none':>8}  {verdict(not self.cold.heavy)}"
        yield f"{'  read':<30} {self.ingest.read:>9.2f} s"
        yield f"{'  embed and index':<30} {self.ingest.store:>9.2f} s ({self.ingest.passages} passages)"
        yield f"{'all questions, one process':<30} {self.batch.seconds:>9.2f} s"
        yield f"{'corpus on disk':<30} {self.bytes_on_disk / 1e6:>9.2f} MB"
        yield f"{'load before, on ' + str(self.cores) + ' cores':<30} {self.load:>9.2f}"


def benchmark(review: Path, gold_path: Path, model: str) -> Benchmark:
    """Ingest the review into a temporary home and measure it. Raises EvqaError if a step fails."""
    questions = [question.question for question in load_gold(gold_path)]
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
                cold=cold_ask(home, questions[:: max(1, len(questions) // COLD_ASKS)][:COLD_ASKS]),
                batch=batch_cost(home, gold_path),
                warm=warm_ask(corpus, questions),
                bytes_on_disk=size_on_disk(corpus_folder(home, CORPUS)),
                cores=os.cpu_count() or 1,
                load=load,
            )


def inputs(review: Path | None, gold: Path | None) -> tuple[Path, Path]:
    """The review and gold set given; else the real review, if it lies beside the checkout; else the sample."""
    usual = (REVIEW, GOLD) if REVIEW.is_file() and GOLD.is_file() else (sample_path(), SAMPLE_GOLD)
    return review or usual[0], gold or usual[1]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it: exit code 0, or 1 if something that it runs fails."""
    parser = parser_for("benchmark", __doc__)
    parser.add_argument("--review", type=Path, help="the review to ingest")
    parser.add_argument("--gold", type=Path, help="questions about it, with evidence and references")
    add_json(parser)
    arguments = parser.parse_args(argv)

    def run() -> None:
        result = benchmark(*inputs(arguments.review, arguments.gold), settings_from(os.environ).model)
        print_result(result, result.lines(), arguments.json)

    return exit_code(run, misused=1)


if __name__ == "__main__":
    sys.exit(main())
