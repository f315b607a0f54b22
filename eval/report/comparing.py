"""Compare two runs on one gold set: which measures differ, by how much, and on which questions."""

from collections.abc import Iterator, Sequence

from eval.measures.measurement import Difference, Measurements
from eval.measures.scoring import FALLING, Responses, measurements
from eval.report.outcomes import QuestionOutcome, outcomes
from eval.report.report import answering, latency_measurements
from eval.runs.gold import GoldQuestion
from eval.runs.run import SystemRun
from evqa.model import Record

# The sum of these decides which system wins a question; only scores that both systems have count.
POINTS = ("hit@1", "hit@5", "reference_F1", "refused")
SAME = 1e-9
CLEAR = 0.05


class OutcomePair(Record):
    """The outcomes of one question with both systems."""

    a: QuestionOutcome
    b: QuestionOutcome

    @property
    def gain(self) -> float:
        """By how much `b` is better: the sum of hit@1, hit@5, reference F1 and right refusal that both have."""
        shared = [name for name in POINTS if name in self.a.scores and name in self.b.scores]
        return sum(self.b.scores[name] - self.a.scores[name] for name in shared)


class Comparison(Record):
    """System `b` compared with system `a`.

    `wins` are the questions on which b is better, `losses` those on which a is better. `differences` holds b − a for
    every measure that both have, by name; latencies count the questions that both answered.
    """

    gold: str
    a: str
    b: str
    answerable: int
    unanswerable: int
    differences: dict[str, Difference]
    wins: tuple[OutcomePair, ...]
    losses: tuple[OutcomePair, ...]
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
        for name, gap in self.differences.items():
            bounds = f"{gap.low:+.3f} – {gap.high:+.3f}"
            values = f"{gap.a:>8.3f} {gap.b:>8.3f} {gap.difference:>+8.3f}   {bounds:<17}"
            yield f"{name:<20} {values} {gap.p:>7.4f} {gap.questions:>6}  {verdict(name, gap)}".rstrip()


def verdict(measure: str, difference: Difference) -> str:
    """ "better" or "worse" if p lies below 5 %, else ""."""
    if difference.p >= CLEAR or difference.difference == 0:
        return ""
    return "better" if (difference.difference > 0) != (measure in FALLING) else "worse"


def _listed(title: str, pairs: Sequence[OutcomePair]) -> list[str]:
    rows = [f"  {pair.b.id:<14} {pair.gain:>+6.2f}  {_brief(pair.a)} → {_brief(pair.b)}" for pair in pairs]
    return ["", f"{title}: {len(pairs)}", *rows]


def _brief(outcome: QuestionOutcome) -> str:
    """The outcome in a few words."""
    if not outcome.came:
        return "no response"
    parts = [] if outcome.kind == "unanswerable" else [f"rank {outcome.rank or '–'}"]
    parts += ["refused"] if outcome.status == "insufficient_evidence" else []
    parts += ["answered"] if outcome.status == "answered" and outcome.kind == "unanswerable" else []
    parts += [] if "reference_F1" not in outcome.scores else [f"F1 {outcome.scores['reference_F1']:.2f}"]
    return ", ".join(parts)


def compare(
    gold: Sequence[GoldQuestion], a: tuple[str, SystemRun], b: tuple[str, SystemRun], gold_name: str
) -> Comparison:
    """Compare two runs, each given with its system's name. Raises InputError if one answers no question."""
    first, second = (answering(gold, run, gold_name, system) for system, run in (a, b))
    found = differences(measurements(gold, first), measurements(gold, second)) | latencies(first, second)
    pairs = [OutcomePair(a=x, b=y) for x, y in zip(outcomes(gold, first), outcomes(gold, second), strict=True)]
    return comparison(gold_name, (a[0], b[0]), found, pairs)


def comparison(
    gold: str, systems: tuple[str, str], found: dict[str, Difference], pairs: Sequence[OutcomePair]
) -> Comparison:
    """The comparison of two systems, from their differences and the outcomes of all questions."""
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
    """How far b lies above a, for every measure that both have."""
    return {name: measurement.against(b[name]) for name, measurement in a.items() if name in b}


def latencies(a: Responses, b: Responses) -> dict[str, Difference]:
    """Compare the percentiles of latency over the questions that both answered."""
    both = [name for name in a if name in b]
    if not both:
        return {}
    first, second = (latency_measurements([run[name].ms for name in both]) for run in (a, b))
    return differences(first, second)
