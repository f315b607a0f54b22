"""`python -m eval.load`: measure the service under load: questions a second, latency, and whether its memory grows."""

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
from eval.command_line import add_json, exit_code, parser_for, print_result
from eval.cost.clients import Ask, Client, Pace, asking, repeated, saturating, steady, varied
from eval.cost.figures import Kind, Load, Memory, Phase, Spent, failures, phase_of, slope
from eval.cost.server import ServerProcess, busy_seconds, processor_seconds, serving
from eval.cost.speed import environment_of, evqa_script, store
from eval.runs.gold import load_gold
from evqa.errors import EvqaError, UsageError
from evqa.model import Record
from evqa.settings import settings_from

CORPUS = "default"
CONNECTIONS = 8
# At a steady rate there must be more connections than are ever busy, so that no request waits for one.
STEADY_CONNECTIONS = 32
RATE = 20.0
SAMPLES = 40
MOST_ASKS, MOST_SECONDS = 1_000_000, 3_600.0
METRICS, BY_HAND = "/metrics of the server", "run the server by hand to see why"
MADE = re.compile(rb"^evqa_bodies_made_total (\S+)$", re.MULTILINE)


class Plan(Record):
    """What to measure: seconds and rate of the phases, how many times they run, and the questions for memory."""

    seconds: float = 20.0
    steady: float = 60.0
    rate: float = RATE
    runs: int = 3
    asks: int = 20_000

    def check(self) -> None:
        """Raise UsageError if a value can't be measured or would take too long."""
        for name, value, most in (("seconds", self.seconds, MOST_SECONDS), ("steady", self.steady, MOST_SECONDS),
                                  ("rate", self.rate, 10_000), ("runs", self.runs, 100)):  # fmt: skip
            if not 0 < value <= most:
                raise UsageError(f"--{name} {value:g}", "can't be measured", f"give more than 0 and at most {most:g}")
        if not (self.asks == 0 or SAMPLES <= self.asks <= MOST_ASKS):
            raise UsageError(f"--asks {self.asks}", "can't be measured", f"give 0, or {SAMPLES} to {MOST_ASKS:,}")


@contextmanager
def clients(server: ServerProcess, number: int) -> Iterator[list[Client]]:
    """Open so many clients of a server; they are closed after the block."""
    with ExitStack() as stack:
        opened = [Client(server.host, server.port) for _ in range(number)]
        for client in opened:
            stack.callback(client.close)
        yield opened


def asks_of(kind: Kind, questions: Sequence[str], start: int) -> Iterable[Ask]:
    """Requests of a kind, without end; new questions begin with the `start`-th."""
    if kind == "healthz":
        return map(Ask, repeated(["/healthz"]))
    return map(asking, repeated(questions) if kind == "repeated" else varied(questions, start))


def made_so_far(server: ServerProcess) -> int:
    """Response bodies that the server has computed since it started, from its /metrics. Raises EvqaError without."""
    try:
        with urlopen(f"http://{server.host}:{server.port}/metrics", timeout=60) as response:
            match = MADE.search(response.read())
    except URLError as error:
        raise EvqaError(METRICS, "can't be read", BY_HAND, str(error.reason)) from error
    if not match:
        raise EvqaError(METRICS, "evqa_bodies_made_total is missing", BY_HAND)
    return int(float(match[1]))


class Measuring:
    """Puts one server under load. No question of the kind `new` is sent twice."""

    def __init__(self, server: ServerProcess, questions: Sequence[str], plan: Plan) -> None:
        self._server, self._questions, self._plan = server, questions, plan
        self._used = len(questions)

    def rehearse(self) -> None:
        """Ask every question once, so that the answers to repeated ones are cached."""
        with clients(self._server, 1) as only:
            sent = saturating(only, map(asking, self._questions), MOST_SECONDS)
        if failed := failures(sent):
            raise EvqaError("", f"{failed} of {len(sent)} questions failed before any was timed", BY_HAND)

    def row(self, kind: Kind, is_steady: bool) -> Phase:
        """Run one phase."""
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
        return phase_of(kind, "steady" if is_steady else "saturated", sent, spent)

    def _spent(self) -> Spent:
        """What was used up so far. `others` is the work of all cores minus that of the server and of this process."""
        server = self._server.seconds
        others = busy_seconds() - server - processor_seconds(os.getpid())
        return Spent(time.perf_counter(), server, others, made_so_far(self._server))

    def memory(self) -> Memory:
        """Send new questions, and sample the server's memory SAMPLES times."""
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
    """Ingest the review into a temporary home, serve it in a process of its own, and put that under load.

    Raises UsageError for an impossible plan, InputError if a file can't be read, EvqaError if the server fails.
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


def measured(server: ServerProcess, questions: Sequence[str], plan: Plan) -> tuple[tuple[Phase, ...], Memory | None]:
    """Run all phases in turn, as many times as planned, then measure memory."""
    measuring = Measuring(server, questions, plan)
    measuring.rehearse()
    kinds: tuple[Kind, ...] = ("healthz", "repeated", "new")
    rows = [measuring.row(kind, is_steady) for _ in range(plan.runs) for kind in kinds for is_steady in (False, True)]
    in_order = sorted(rows, key=lambda row: (kinds.index(row.kind), row.loop))
    return tuple(in_order), measuring.memory() if plan.asks else None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it: exit code 0, or 1 if something that it runs fails."""
    parser = parser_for("load", __doc__)
    parser.add_argument("--review", type=Path, help="the review to ingest")
    parser.add_argument("--gold", type=Path, help="questions about it")
    plan = Plan()
    for name, kind, text in (
        ("seconds", float, "length of each phase at saturation, in seconds"),
        ("steady", float, "length of each phase at a steady rate, in seconds"),
        ("rate", float, "requests a second of a steady phase"),
        ("runs", int, "how many times the phases run"),
        ("asks", int, "new questions over which memory is measured; 0 for none"),
    ):
        default = getattr(plan, name)
        parser.add_argument(f"--{name}", type=kind, default=default, help=f"{text} (default: {default:g})")
    add_json(parser)
    arguments = parser.parse_args(argv)

    def run() -> None:
        chosen = Plan(**{name: getattr(arguments, name) for name in Plan.model_fields})
        result = load(*inputs(arguments.review, arguments.gold), settings_from(os.environ).model, chosen)
        print_result(result, result.lines(), arguments.json)

    return exit_code(run, misused=1)


if __name__ == "__main__":
    sys.exit(main())
