"""`python -m eval.load`: how many questions a second the service answers, how soon, and whether its memory grows."""

import argparse
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from eval.benchmark import inputs
from eval.cost.clients import Ask, Client, Pace, asking, repeated, saturating, steady, varied
from eval.cost.figures import Kind, Load, Memory, Row, Spent, failures, row_of, slope
from eval.cost.server import Server, busy_seconds, processor_seconds, serving
from eval.cost.speed import environment_of, evqa_script, store
from eval.runs.gold import load_gold
from evqa.errors import EvqaError, UsageError
from evqa.model import Record
from evqa.settings import settings_from

CORPUS = "default"
CONNECTIONS = 8
# At a steady rate there have to be more than are ever busy, or the loop wouldn't be open.
STEADY_CONNECTIONS = 32
RATE = 20.0
SAMPLES = 40
MOST_ASKS, MOST_SECONDS = 1_000_000, 3_600.0
METRICS, BY_HAND = "/metrics of the server", "run the server by hand to see why"
MADE = re.compile(rb"^evqa_bodies_made_total (\S+)$", re.MULTILINE)


class Plan(Record):
    """How long each phase lasts (seconds), how often the phases are run, how many questions memory is measured over."""

    seconds: float = 20.0
    steady: float = 60.0
    rate: float = RATE
    runs: int = 3
    asks: int = 20_000

    def check(self) -> None:
        """Raises UsageError where that couldn't be measured, or wouldn't end."""
        for name, value, most in (("seconds", self.seconds, MOST_SECONDS), ("steady", self.steady, MOST_SECONDS),
                                  ("rate", self.rate, 10_000), ("runs", self.runs, 100)):  # fmt: skip
            if not 0 < value <= most:
                raise UsageError(f"--{name} {value:g}", "can't be measured", f"give more than 0 and at most {most:g}")
        if not (self.asks == 0 or SAMPLES <= self.asks <= MOST_ASKS):
            raise UsageError(f"--asks {self.asks}", "can't be measured", f"give 0, or {SAMPLES} to {MOST_ASKS:,}")


@contextmanager
def clients(server: Server, number: int) -> Iterator[list[Client]]:
    """So many clients of a server, closed when the block ends."""
    with ExitStack() as stack:
        made = [Client(server.host, server.port) for _ in range(number)]
        for each in made:
            stack.callback(each.close)
        yield made


def asks_of(kind: Kind, questions: Sequence[str], start: int) -> Iterable[Ask]:
    """The requests of a kind, without end; new ones from the `start`-th on."""
    if kind == "healthz":
        return map(Ask, repeated(["/healthz"]))
    return map(asking, repeated(questions) if kind == "repeated" else varied(questions, start))


def made_so_far(server: Server) -> int:
    """How many bodies the server has had to make since it started, as its /metrics say. Raises EvqaError without."""
    try:
        with urlopen(f"http://{server.host}:{server.port}/metrics", timeout=60) as response:
            found = MADE.search(response.read())
    except URLError as error:
        raise EvqaError(METRICS, "can't be read", BY_HAND, str(error.reason)) from error
    if not found:
        raise EvqaError(METRICS, "they don't say evqa_bodies_made_total", BY_HAND)
    return int(float(found[1]))


class Measuring:
    """One server under load; no question of the kind `new` is ever sent twice."""

    def __init__(self, server: Server, questions: Sequence[str], plan: Plan) -> None:
        self._server, self._questions, self._plan = server, questions, plan
        self._used = len(questions)

    def rehearse(self) -> None:
        """Asks every question once, so that the repeated ones are kept."""
        with clients(self._server, 1) as only:
            sent = saturating(only, map(asking, self._questions), MOST_SECONDS)
        if failed := failures(sent):
            raise EvqaError("", f"{failed} of {len(sent)} questions failed before any was timed", BY_HAND)

    def row(self, kind: Kind, is_steady: bool) -> Row:
        """One phase."""
        asks = asks_of(kind, self._questions, self._used)
        before = self._spent()
        with clients(self._server, STEADY_CONNECTIONS if is_steady else CONNECTIONS) as several:
            sent = (
                steady(several, asks, Pace(self._plan.rate, self._plan.steady))
                if is_steady
                else saturating(several, asks, self._plan.seconds)
            )
        spent = self._spent().since(before)
        self._used += len(sent) if kind == "new" else 0
        return row_of(kind, "steady" if is_steady else "saturated", sent, spent)

    def _spent(self) -> Spent:
        """So far; `others` is what is left of the cores' work."""
        server = self._server.seconds
        others = busy_seconds() - server - processor_seconds(os.getpid())
        return Spent(time.perf_counter(), server, others, made_so_far(self._server))

    def memory(self) -> Memory:
        """Sends new questions and looks at the server's memory as often."""
        before, begun, failed = self._server.megabytes, time.perf_counter(), 0
        asks = iter(asks_of("new", self._questions, self._used))
        size = self._plan.asks // SAMPLES
        samples = []
        with clients(self._server, CONNECTIONS) as several:
            for _ in range(SAMPLES):
                failed += failures(saturating(several, islice(asks, size), MOST_SECONDS))
                samples.append(self._server.megabytes)
        return Memory(
            asks=size * SAMPLES,
            failed=failed,
            seconds=time.perf_counter() - begun,
            before=before,
            after=samples[-1],
            largest=max(samples),
            slope=slope(samples[SAMPLES // 2 :], size),
        )


def load(review: Path, gold: Path, model: str, plan: Plan) -> Load:
    """Ingests the review into a temporary home, serves it in a process of its own and puts that under load.

    Raises UsageError for a plan that can't be, InputError for files that can't be read, EvqaError when the server
    fails.
    """
    plan.check()
    questions = [each.question for each in load_gold(gold)]
    before = os.getloadavg()[0]
    with TemporaryDirectory() as folder:
        store(review, Path(folder), model, CORPUS)
        with serving([str(evqa_script()), "serve", "--port", "0"], environment_of(Path(folder))) as server:
            rows, memory = measured(server, questions, plan)
    return Load(
        review=review.name,
        questions=len(questions),
        cores=os.cpu_count() or 1,
        load=before,
        rows=rows,
        memory=memory,
    )


def measured(server: Server, questions: Sequence[str], plan: Plan) -> tuple[tuple[Row, ...], Memory | None]:
    """Every phase as often as planned, in turn, then memory."""
    measuring = Measuring(server, questions, plan)
    measuring.rehearse()
    kinds: tuple[Kind, ...] = ("healthz", "repeated", "new")
    rows = [measuring.row(kind, is_steady) for _ in range(plan.runs) for kind in kinds for is_steady in (False, True)]
    in_order = sorted(rows, key=lambda row: (kinds.index(row.kind), row.loop))
    return tuple(in_order), measuring.memory() if plan.asks else None


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and prints it; 1 and one line on stderr when something that it runs fails."""
    parser = argparse.ArgumentParser(prog="python -m eval.load", description=(__doc__ or "").partition(": ")[2])
    parser.add_argument("--review", type=Path, help="the review to ingest")
    parser.add_argument("--gold", type=Path, help="questions on it")
    plan = Plan()
    for name, kind, told in (
        ("seconds", float, "how long each phase at saturation lasts"),
        ("steady", float, "how long each phase at a steady rate lasts"),
        ("rate", float, "requests a second of a steady phase"),
        ("runs", int, "how often the phases are run"),
        ("asks", int, "new questions over which memory is measured; 0 for none"),
    ):
        default = getattr(plan, name)
        parser.add_argument(f"--{name}", type=kind, default=default, help=f"{told} (default: {default:g})")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(argv)
    try:
        chosen = Plan(**{name: getattr(given, name) for name in Plan.model_fields})
        found = load(*inputs(given.review, given.gold), settings_from(os.environ).model, chosen)
    except EvqaError as error:
        print(error, file=sys.stderr)
        return 1
    print(found.model_dump_json() if given.json else "\n".join(found.lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
