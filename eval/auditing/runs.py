"""Fit and measure how sure an audit may be of a run: on faults of the authors and on misreadings of their articles.

What the audit sees are a file's pages, in which anything may be misread, or its tags, in which nothing is.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np

from eval.auditing.articles import Article
from eval.auditing.faults import SEEDS, Faulty
from eval.auditing.logistic import logistic, named
from eval.auditing.parse_faults import MISREADINGS, OF_TABLES
from evqa.audit.grounds import SIGNS, as_tagged
from evqa.audit.judging import JudgedRun, Judging
from evqa.audit.support import Cited
from evqa.audit.weights import AuditWeights, RunWeights, auditing_with
from evqa.model import Record

SEED = 20262
# A run is told from this confidence.
TOLD = 0.6
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)
SHIFTS = tuple(kind for kind in SEEDS if kind.startswith("shifted"))
AS_PRINTED, TAGGED = "as printed", ", tagged"
# Each fault and each misreading is put into an article so many times, into its tables more often, as they are few.
ROUNDS, TABLE_ROUNDS = 1, 4


class RunsByKind(Record):
    """What an audit says of articles with one fault or misreading, each put in `tries` times.

    `shifted`: the share in which something looks shifted, `told`: in which a run is told, `right`: in which one is told
    that is the fault.
    """

    tries: int
    shifted: float
    told: float
    right: float


class Bin(Record):
    """Candidates by confidence, from `low` on: how many, its mean, and the share whose numbers are wrong."""

    low: float
    count: int
    confidence: float
    wrong: float


class RunScores(Record):
    """How well the confidence of runs is founded, on articles left out: by kind of fault or misreading, and by bin."""

    kinds: dict[str, RunsByKind]
    bins: tuple[Bin, ...]

    def lines(self) -> list[str]:
        """Two tables for a terminal."""
        rows = [f"{'fault or misreading':<29}{'tries':>6}{'look shifted':>14}{'run told':>10}{'and right':>11}"]
        for kind, found in self.kinds.items():
            rows.append(f"{kind:<29}{found.tries:>6}{found.shifted:>14.3f}{found.told:>10.3f}{found.right:>11.3f}")
        rows += ["", f"{'confidence from':<29}{'runs':>6}{'mean':>14}{'wrong':>10}"]
        rows += [f"{each.low:<29}{each.count:>6}{each.confidence:>14.3f}{each.wrong:>10.3f}" for each in self.bins]
        return rows


class Candidate(NamedTuple):
    """A stretch that looks shifted: in which article, by which fault or misreading, and whether its numbers are wrong.

    Without a run nothing looked shifted there.
    """

    article: str
    kind: str
    turn: int
    is_wrong: bool
    run: JudgedRun | None = None

    @property
    def values(self) -> tuple[float, ...]:
        """Its grounds, in the order of SIGNS."""
        return tuple(float(getattr(self.run.grounds, sign)) for sign in SIGNS) if self.run else ()


def candidates(articles: Sequence[Article], weights: AuditWeights) -> list[Candidate]:
    """The candidates in articles as printed, with shifts seeded, and misread."""
    with auditing_with(weights):
        return [each for article in articles for each in _of(article)]


def _of(article: Article) -> Iterator[Candidate]:
    """Each is found as if its pages were read; where nothing is misread also as in a file with tags."""
    cited = _of_pages(article.cited)
    judging = Judging(cited)
    yield from _held(article, AS_PRINTED, 0, judging, None)
    for at, kind in enumerate((*SHIFTS, *MISREADINGS)):
        for turn in range(TABLE_ROUNDS if kind in {"shifted table", *OF_TABLES} else ROUNDS):
            draws = np.random.default_rng([SEED, crc32(article.name.encode()), at, turn])
            if kind in SEEDS:
                faulty = SEEDS[kind](cited, draws)
                if faulty:
                    yield from _held(article, kind, turn, judging.printing(faulty.uses), faulty)
            # An article published with a shift isn't right, however it is read.
            elif not article.is_shifted and (read := MISREADINGS[kind](cited, draws)):
                yield from _held(article, kind, turn, Judging(read), None)


def _of_pages(cited: Cited) -> Cited:
    """The article as if it were a file without tags."""
    source = cited.document.source.model_copy(update={"media_type": "application/pdf"})
    return cited._replace(document=cited.document.model_copy(update={"source": source}))


def _held(article: Article, kind: str, turn: int, judging: Judging, faulty: Faulty | None) -> Iterator[Candidate]:
    found = judging.candidates
    for run in found:
        is_wrong = article.is_shifted if faulty is None else is_of(run, faulty)
        yield Candidate(article.name, kind, turn, is_wrong, run)
        if kind not in MISREADINGS:
            tagged = run._replace(grounds=as_tagged(run.grounds))
            yield Candidate(article.name, kind + TAGGED, turn, is_wrong, tagged)
    for suffix in ("",) if kind in MISREADINGS else ("", TAGGED):
        if not found:
            yield Candidate(article.name, kind + suffix, turn, is_wrong=faulty is not None)


def is_of(run: JudgedRun, faulty: Faulty) -> bool:
    """Whether most of the run is the fault, with its offset."""
    right = [each.statement in faulty.shifted and each.offset == faulty.offset for each in run.shift.members]
    return 2 * sum(right) > len(right)


def fitted_runs(held: Sequence[Candidate]) -> RunWeights:
    """Fit how surely the numbers of a run are wrong. Raises UsageError without candidates of both sorts."""
    shown = [each for each in held if each.run]
    bias, weights = logistic(np.array([each.values for each in shown]), np.array([each.is_wrong for each in shown]))
    return RunWeights(bias=round(bias, 4), told=TOLD, **named(SIGNS, weights))


def run_scores(held: Sequence[tuple[Candidate, float]]) -> RunScores:
    """Score candidates with the confidence that weights fitted on other articles give them."""
    groups: dict[str, dict[tuple[str, int], list[tuple[Candidate, float]]]] = {}
    for each, sure in held:
        groups.setdefault(each.kind, {}).setdefault((each.article, each.turn), []).append((each, sure))
    return RunScores(kinds={kind: _by_kind(list(tries.values())) for kind, tries in groups.items()}, bins=_bins(held))


def _by_kind(tries: Sequence[Sequence[tuple[Candidate, float]]]) -> RunsByKind:
    told = [[each for each, sure in found if each.run and sure >= TOLD] for found in tries]
    return RunsByKind(
        tries=len(tries),
        shifted=float(np.mean([any(each.run for each, _ in found) for found in tries])),
        told=float(np.mean([bool(found) for found in told])),
        right=float(np.mean([any(each.is_wrong for each in found) for found in told])),
    )


def _bins(held: Sequence[tuple[Candidate, float]]) -> tuple[Bin, ...]:
    found = []
    for low, high in pairwise(BINS):
        inside = [(sure, each.is_wrong) for each, sure in held if each.run and low <= sure < high]
        if inside:
            sure, wrong = np.array(inside, dtype=np.float64).mean(axis=0).tolist()
            found.append(Bin(low=low, count=len(inside), confidence=sure, wrong=wrong))
    return tuple(found)
