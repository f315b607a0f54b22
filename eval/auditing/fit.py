"""Fit how the audit weighs the signs of a wrong citation, on articles with seeded faults.

Printed citations are taken as right: a statement cites what supports it, and a random entry doesn't support it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from eval.auditing.articles import Article
from eval.auditing.faults import SEEDS, Faulty, replaced, replaced_nearby, swapped
from eval.auditing.logistic import logistic, named
from eval.measures.rounding import above, below
from evqa.audit.grounds import SIGNS as RUN_SIGNS
from evqa.audit.judging import Judging
from evqa.audit.pair_signs import SIGNS as PAIR_SIGNS
from evqa.audit.pair_signs import pair_signs
from evqa.audit.shifts import Shift
from evqa.audit.support import SIGNS as SUPPORT_SIGNS
from evqa.audit.support import Support, log_odds
from evqa.audit.weights import (
    AuditWeights,
    PairWeights,
    RunWeights,
    ShiftWeights,
    SupportWeights,
    VerdictBounds,
    auditing_with,
)
from evqa.errors import UsageError

Matrix = NDArray[np.float64]
SEED = 20261
# Random entries for each cited entry.
DRAWN = 3
# A wrong source keeps the order about as often as not, so the weight of order is fixed.
IN_ORDER = 1.0
# Of the articles left out about half as many again lie below the bound, and rivals far ahead flag some more, so that it
# is set for well under one in 100.
FALSE_FLAGS, FALSE_FITS = 0.004, 0.02
# Bounds beyond which a rival entry speaks against a citation by itself, how steeply, and from where a title counts as
# broad. One clean pair in 200 lies beyond these.
RIVAL, LEAD, SLOPE, BROAD = 5.5, 5.0, 3.0, 0.8
# Chosen: no other value of a coarse grid around each found more shifts by the standard error of a share.
SHIFT = ShiftWeights(
    damping=1.0, turn=2.5, again=0.0, jump=-8.0, opening=5.0, stepping=6.0, closing=3.0, least=8.0, whole=8.0
)
# Lengths of runs of statements that stand for a small table, how many of each length an article gives, and the share of
# them that may look shifted.
WINDOWS, DRAWN_WINDOWS, FALSE_WHOLE = (3, 4, 5, 6), 12, 0.0025


def fitted_on(articles: Sequence[Article]) -> AuditWeights:
    """Fit all weights on these articles. Raises UsageError for fewer than two articles."""
    if len(articles) < 2:
        raise UsageError("", "weights are fitted on two articles or more", "name a folder with more of them")
    support = _support(articles)
    start = AuditWeights(support=support, pair=_NO_PAIR, verdict=_NO_BOUNDS, shift=SHIFT, run=ANY_RUN)
    pair = _pair(articles, start)
    begun = start.model_copy(update={"pair": pair, "verdict": _NO_BOUNDS.model_copy(update={"broad": BROAD})})
    bounded = begun.model_copy(update={"verdict": _bounds(articles, begun)})
    shift = SHIFT.model_copy(update={"whole": _whole(articles, bounded)})
    return bounded.model_copy(update={"shift": shift})


# Tells every candidate, until it is fitted how sure one may be: see `eval.auditing.runs`.
ANY_RUN = RunWeights(**dict.fromkeys(RUN_SIGNS, 0.0), bias=0.0, told=0.0)
_NO_PAIR = PairWeights(
    bias=0.0, support=1.0, rivals=0.0, neighbours=0.0, authors=0.0, early=0.0, astray=0.0, gap=0.0, in_order=0.0
)
_NO_BOUNDS = VerdictBounds(suspect=0.0, fits=1e9, rival=1e9, lead=1e9, slope=1.0, broad=1e9)


def _support(articles: Sequence[Article]) -> SupportWeights:
    """Each article weighs as the square root of its pairs, so that long articles don't decide alone."""
    rows, cited, weight = [], [], []
    for number, article in enumerate(articles):
        signs = Support(article.cited).signs(article.cited.uses)
        right = [(place, entry) for place, entries in enumerate(article.cited.uses) for entry in entries]
        random = list(_random_pairs(article, np.random.default_rng([SEED, number])))
        rows.append(np.array([signs[pair] for pair in (*right, *random)]))
        cited += [True] * len(right) + [False] * len(random)
        weight += [(len(right) + len(random)) ** -0.5] * (len(right) + len(random))
    bias, weights = logistic(np.concatenate(rows), np.array(cited), np.array(weight))
    # The sample has DRAWN random entries for each cited one; the odds against a single random entry are wanted.
    return SupportWeights(bias=round(bias + float(np.log(DRAWN)), 4), **named(SUPPORT_SIGNS, weights))


def _random_pairs(article: Article, draws: np.random.Generator) -> Iterator[tuple[int, int]]:
    """Statements with random entries that they don't cite."""
    count = len(article.cited.entries)
    for place, entries in enumerate(article.cited.uses):
        for entry in draws.integers(count, size=DRAWN * len(entries)).tolist():
            if entry not in entries:
                yield place, entry


def seeded(articles: Sequence[Article], kinds: Sequence[str], rounds: int = 1) -> Iterator[tuple[Article, str, Faulty]]:
    """Put each kind of fault into every article that it fits, `rounds` times."""
    for article in articles:
        for kind in kinds:
            for turn in range(rounds):
                draws = np.random.default_rng([SEED, crc32(article.name.encode()), list(SEEDS).index(kind), turn])
                if faulty := SEEDS[kind](article.cited, draws):
                    yield article, kind, faulty


def _pair(articles: Sequence[Article], weights: AuditWeights) -> PairWeights:
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    kinds = [name for name, seed in SEEDS.items() if seed in (replaced, swapped, replaced_nearby)]
    for article in articles:
        held = Support(article.cited)
        for _, _, faulty in seeded([article], kinds):
            support = log_odds(held.signs(faulty.uses), weights.support)
            for signs in pair_signs(article.cited, faulty.uses, support):
                rows.append(signs.values[:-1])
                right.append((signs.statement, signs.entry) not in faulty.wrong)
    bias, pair_weights = logistic(np.array(rows), np.array(right), None)
    return PairWeights(bias=round(bias, 4), in_order=IN_ORDER, **named(PAIR_SIGNS[:-1], pair_weights))


def _bounds(articles: Sequence[Article], weights: AuditWeights) -> VerdictBounds:
    clean: list[float] = []
    wrong: list[float] = []
    with auditing_with(weights):
        for article in articles:
            judging = Judging(article.cited)
            clean += [each.log_odds for each in judging.pairs]
            for _, _, faulty in seeded([article], ["replaced"]):
                wrong += [
                    each.signs.support
                    for each in judging.printing(faulty.uses).pairs
                    if (each.signs.statement, each.signs.entry) in faulty.wrong
                ]
    return VerdictBounds(
        suspect=below(float(np.quantile(clean, FALSE_FLAGS)), 3),
        fits=above(float(np.quantile(wrong, 1 - FALSE_FITS)), 3),
        rival=RIVAL,
        lead=LEAD,
        slope=SLOPE,
        broad=BROAD,
    )


def _whole(articles: Sequence[Article], weights: AuditWeights) -> float:
    """The gain that a table as a whole must exceed: all but FALSE_WHOLE of unshifted runs of statements stay below it.

    Tables are too few to measure this on, so runs of statements of the running text stand for them.
    """
    draws, gains = np.random.default_rng(SEED), []
    with auditing_with(weights):
        for article in articles:
            if article.is_shifted:
                continue
            judging = Judging(article.cited)
            running = [place for place, statement in enumerate(article.cited.statements) if statement.where != "table"]
            for length in WINDOWS:
                for first in draws.integers(max(1, len(running) - length + 1), size=DRAWN_WINDOWS).tolist():
                    run = judging.whole(running[first : first + length], weights.shift)
                    gains.append(run.gain if run else 0.0)
    return above(float(np.quantile(gains, 1 - FALSE_WHOLE)), 2)


def is_found(faulty: Faulty, runs: Sequence[tuple[str | None, Shift]]) -> bool:
    """Whether most of the statements in runs that touch the shift have its offset."""
    touching = [run for _, run in runs if any(each.statement in faulty.shifted for each in run.members)]
    offsets = Counter(each.offset for run in touching for each in run.members)
    return bool(offsets) and offsets.most_common(1)[0][0] == faulty.offset
