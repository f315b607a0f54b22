"""The results of a server under load: phases, memory, and which limits are kept."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from eval.cost.clients import Sent
from evqa.errors import EvqaError
from evqa.model import Record

Kind = Literal["healthz", "repeated", "new"]
Loop = Literal["saturated", "steady"]
LIMITS = {"asks/s": 250.0, "p50": 8.0, "p99": 25.0, "MB": 400.0}


class Budget(Record):
    """A cost beside its limit, both in `unit`."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def is_kept(self) -> bool:
        """Whether the cost is at most its limit."""
        return self.value <= self.limit


def verdict(is_met: bool) -> str:
    """A word for the last column of a table of limits."""
    return "met" if is_met else "MISSED"


class Spent(NamedTuple):
    """What a phase used up.

    `clock`: seconds of wall time. `server`: seconds of the server's processor time. `others`: seconds that the cores
    worked for neither server nor clients. `made`: response bodies that the server computed.
    """

    clock: float
    server: float
    others: float
    made: int

    def since(self, before: "Spent") -> "Spent":
        """What was used up since an earlier measurement."""
        clock, server, others = (now - then for now, then in zip(self[:3], before[:3], strict=True))
        return Spent(clock, server, others, self.made - before.made)


class Phase(Record):
    """One phase: what was asked (`kind`) in which loop, and the result.

    `made` counts the responses that had to be computed; all others came from the cache. `failed` counts the requests
    with another status than 200. Latencies are in milliseconds; at a steady rate they count from when a request was
    due. `processor` is the milliseconds of the server's processor time for each request. `others` is the number of
    cores that were busy with neither server nor clients.
    """

    kind: Kind
    loop: Loop
    requests: int
    failed: int
    made: int
    per_second: float
    p50: float
    p95: float
    p99: float
    processor: float
    others: float


class Memory(Record):
    """Resident memory of the server, in MB of 10^6 bytes, before and after so many questions, no two alike.

    `slope` is the growth in MB for 1,000 questions, by least squares over the second half of the samples. By then the
    cache of answers is full.
    """

    asks: int
    failed: int
    seconds: float
    before: float
    after: float
    largest: float
    slope: float


class Load(Record):
    """One server process under load. `load` is the number of processes that wanted a core in the minute before."""

    review: str
    questions: int
    cores: int
    load: float
    rows: tuple[Phase, ...]
    memory: Memory | None

    def lines(self) -> list[str]:
        """The measurement for a terminal."""
        head = f"{self.questions} questions on {self.review}; load before, on {self.cores} cores: {self.load:.2f}"
        return [head, "", *self._table(), "", *self._memory(), *self._limits()]

    def _table(self) -> Iterator[str]:
        titles = ("requests", "failed", "computed", "a second", "p50 ms", "p95 ms", "p99 ms", "cpu ms", "others")
        yield f"{'asked':<9} {'loop':<10}" + "".join(f"{title:>10}" for title in titles)
        for row in self.rows:
            counts = "".join(f"{count:>10,}" for count in (row.requests, row.failed, row.made))
            numbers = (row.per_second, row.p50, row.p95, row.p99, row.processor, row.others)
            yield f"{row.kind:<9} {row.loop:<10}{counts}" + "".join(f"{number:>10.2f}" for number in numbers)

    def _memory(self) -> Iterator[str]:
        if memory := self.memory:
            yield f"memory over {memory.asks:,} new questions in {memory.seconds:.0f} s ({memory.failed} failed):"
            yield f"  before {memory.before:.1f} MB, after {memory.after:.1f}, largest sample {memory.largest:.1f}"
            yield f"  slope over the second half {memory.slope:+.3f} MB for 1,000 questions"
            yield ""

    def _limits(self) -> Iterator[str]:
        for name, value, is_met in self.judged():
            yield f"{name:<32} {value:>10.2f}  {verdict(is_met)}"

    def judged(self) -> Iterator[tuple[str, float, bool]]:
        """Every value with a limit: its name with the limit, the median of the runs, and whether the limit is kept."""
        for kind in ("repeated", "new"):
            for title, loop, field in (("asks/s", "saturated", "per_second"), ("p50", "steady", "p50"),
                                       ("p99", "steady", "p99")):  # fmt: skip
                values = [getattr(row, field) for row in self.rows if (row.kind, row.loop) == (kind, loop)]
                if values:
                    yield _judged(f"{kind} {title}", float(np.median(values)), title, is_least=title == "asks/s")
        if self.memory:
            yield _judged("largest memory, MB", self.memory.largest, "MB", is_least=False)


def _judged(name: str, value: float, limit: str, is_least: bool) -> tuple[str, float, bool]:
    bound = LIMITS[limit]
    title = f"{name} ({'at least' if is_least else 'at most'} {bound:g})"
    return title, value, value >= bound if is_least else value <= bound


def slope(megabytes: Sequence[float], asks: int) -> float:
    """MB for 1,000 questions, by least squares over samples taken every `asks` questions."""
    places = np.arange(len(megabytes)) * asks / 1000
    return float(np.polyfit(places, megabytes, 1)[0])


def phase_of(kind: Kind, loop: Loop, sent: Sequence[Sent], spent: Spent) -> Phase:
    """Summarise the requests of a phase. Raises EvqaError if none was sent."""
    if not sent:
        raise EvqaError(f"phase {kind}", f"no request was sent in {spent.clock:.1f} s", "give more --seconds")
    p50, p95, p99 = np.percentile([each.milliseconds for each in sent], (50, 95, 99))
    return Phase(
        kind=kind,
        loop=loop,
        requests=len(sent),
        failed=failures(sent),
        made=spent.made,
        per_second=(len(sent) - failures(sent)) / spent.clock,
        p50=p50,
        p95=p95,
        p99=p99,
        processor=1000 * spent.server / len(sent),
        others=max(0.0, spent.others / spent.clock),
    )


def failures(sent: Sequence[Sent]) -> int:
    """The number of requests without a response of status 200."""
    return sum(each.status != 200 for each in sent)
