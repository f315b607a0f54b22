"""Two runs on one gold set: what differs, by how much, and on which questions."""

from collections.abc import Iterator, Sequence

from eval.measures.measurement import Measurements
from eval.measures.pairing import Difference
from eval.measures.scoring import FALLING, Responses, measurements
from eval.report.outcomes import Outcome, outcomes
from eval.report.report import answering, latency_measurements
from eval.runs.gold import GoldQuestion
from eval.runs.run import Run
from evqa.model import Record

# What decides who wins a question; those that both systems have are added up.
POINTS = ("hit@1", "hit@5", "reference_F1", "refused")
SAME = 1e-9
CLEAR = 0.05


class Pair(Record):
    """A question with what came of it from both systems."""

    a: Outcome
    b: Outcome

    @property
    def gain(self) -> float:
        """By how much `b` is better: the sum of hit@1, hit@5, reference F1 and right refusal, where both have them."""
        shared = [name for name in POINTS if name in self.a.scores and name in self.b.scores]
        return sum(self.b.scores[name] - self.a.scores[name] for name in shared)


class Comparison(Record):
    """System `b` against system `a`. `wins` are questions on which b is better, `losses` those on which a is.

    `differences` holds every measure that both have, by its name, b − a; latencies over the questions that both
    answered.
    """

    gold: str
    a: str
    b: str
    answerable: int
    unanswerable: int
    differences: dict[str, Difference]
    wins: tuple[Pair, ...]
    losses: tuple[Pair, ...]
    ties: int

    def lines(self) -> list[str]:
        """The comparison for a terminal: aligned columns, no colour."""
        return [*self._heading(), "", *self._table(), *_listed("wins of b", self.wins), *_listed("losses", self.losses)]

    def _heading(self) -> Iterator[str]:
        yield f"{self.gold}: {self.answerable} answerable, {self.unanswerable} unanswerable questions"
        yield f"a = {self.a}"
        yield f"b = {self.b}"
        yield f"b wins {len(self.wins)} questions, loses {len(self.losses)}, ties {self.ties}"

    def _table(self) -> Iterator[str]:
        yield f"{'measure':<20} {'a':>8} {'b':>8} {'b − a':>8}   {'95 % interval':<17} {'p':>7} {'n':>6}"
        for name, one in self.differences.items():
            bounds = f"{one.low:+.3f} – {one.high:+.3f}"
            values = f"{one.a:>8.3f} {one.b:>8.3f} {one.difference:>+8.3f}   {bounds:<17}"
            yield f"{name:<20} {values} {one.p:>7.4f} {one.questions:>6}  {verdict(name, one)}".rstrip()


def verdict(name: str, one: Difference) -> str:
    """ "better" or "worse" where chance did it in less than 5 % of the permutations, else ""."""
    if one.p >= CLEAR or one.difference == 0:
        return ""
    return "better" if (one.difference > 0) != (name in FALLING) else "worse"


def _listed(title: str, pairs: Sequence[Pair]) -> list[str]:
    rows = [f"  {pair.b.id:<14} {pair.gain:>+6.2f}  {_brief(pair.a)} → {_brief(pair.b)}" for pair in pairs]
    return ["", f"{title}: {len(pairs)}", *rows]


def _brief(outcome: Outcome) -> str:
    """What came, in a few words."""
    if not outcome.came:
        return "no response"
    parts = [] if outcome.kind == "unanswerable" else [f"rank {outcome.rank or '–'}"]
    parts += ["refused"] if outcome.status == "insufficient_evidence" else []
    parts += ["answered"] if outcome.status == "answered" and outcome.kind == "unanswerable" else []
    parts += [] if "reference_F1" not in outcome.scores else [f"F1 {outcome.scores['reference_F1']:.2f}"]
    return ", ".join(parts)


def compare(gold: Sequence[GoldQuestion], a: tuple[str, Run], b: tuple[str, Run], gold_name: str) -> Comparison:
    """Compares two runs, each given with its system's name. Raises InputError when one answers no question."""
    first, second = (answering(gold, run, gold_name, system) for system, run in (a, b))
    found = differences(measurements(gold, first), measurements(gold, second)) | latencies(first, second)
    pairs = [Pair(a=x, b=y) for x, y in zip(outcomes(gold, first), outcomes(gold, second), strict=True)]
    return comparison(gold_name, (a[0], b[0]), found, pairs)


def comparison(gold: str, systems: tuple[str, str], found: dict[str, Difference], pairs: Sequence[Pair]) -> Comparison:
    """The comparison of two systems from their differences and from all questions with what came of them."""
    wins = sorted((pair for pair in pairs if pair.gain > SAME), key=lambda pair: -pair.gain)
    losses = sorted((pair for pair in pairs if pair.gain < -SAME), key=lambda pair: pair.gain)
    unanswerable = sum(pair.a.kind == "unanswerable" for pair in pairs)
    return Comparison(
        gold=gold,
        a=systems[0],
        b=systems[1],
        answerable=len(pairs) - unanswerable,
        unanswerable=unanswerable,
        differences=found,
        wins=tuple(wins),
        losses=tuple(losses),
        ties=len(pairs) - len(wins) - len(losses),
    )


def differences(a: Measurements, b: Measurements) -> dict[str, Difference]:
    """Of every measure that both have, how far b lies above a."""
    return {name: one.against(b[name]) for name, one in a.items() if name in b}


def latencies(a: Responses, b: Responses) -> dict[str, Difference]:
    """The percentiles of latency over the questions that both answered."""
    both = [name for name in a if name in b]
    if not both:
        return {}
    first, second = (latency_measurements([run[name].ms for name in both]) for run in (a, b))
    return differences(first, second)
