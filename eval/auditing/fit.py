"""Fit how the audit weighs the signs of a wrong citation, on articles with seeded faults.

Printed citations are taken as right: a statement cites what supports it, and a random entry doesn't support it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from eval.auditing.articles import Article
from eval.auditing.faults import SEEDS, Faulty, replaced, shifted_from, shifted_section, swapped
from eval.measures.rounding import above, below
from evqa.audit.judging import Judging
from evqa.audit.pair_signs import SIGNS as PAIR_SIGNS
from evqa.audit.pair_signs import pair_signs
from evqa.audit.shifts import Shift
from evqa.audit.support import SIGNS as SUPPORT_SIGNS
from evqa.audit.support import Support, log_odds
from evqa.audit.weights import AuditWeights, PairWeights, ShiftWeights, SupportWeights, VerdictBounds, auditing_with
from evqa.errors import UsageError

Matrix = NDArray[np.float64]
SEED = 20261
# Random entries for each cited entry.
DRAWN = 3
# A wrong source keeps the order about as often as not, so the weight of order is fixed.
IN_ORDER = 1.0
FALSE_FLAGS, FALSE_FITS = 0.01, 0.02
# Bounds beyond which a rival entry speaks against a citation by itself, how steeply, and from where a title counts as
# broad. One clean pair in 200 lies beyond these.
RIVAL, LEAD, SLOPE, BROAD = 5.5, 5.0, 3.0, 0.8
SHIFT_START = ShiftWeights(
    damping=1.0, turn=2.5, again=0.0, jump=-8.0, opening=5.0, stepping=6.0, closing=3.0, least=8.0, whole=8.0
)
SHIFT_GRID: dict[str, tuple[float, ...]] = {
    "damping": (0.7, 0.85, 1.0),
    "turn": (2.0, 2.5, 3.0),
    "again": (0.0, 0.3),
    "jump": (-8.0, -6.0, -4.0),
    "opening": (5.0, 6.0, 8.0),
    "stepping": (4.0, 6.0, 8.0),
    "closing": (2.0, 3.0, 4.0),
    "least": (6.0, 8.0, 10.0),
}
# The least gain for which a new value is taken: about the standard error of a share among 200 runs.
GAIN = 0.02
# Lengths of runs of statements that stand for a small table, how many of each length an article gives, and the share of
# them that may look shifted.
WINDOWS, DRAWN_WINDOWS, FALSE_WHOLE = (3, 4, 5, 6), 12, 0.0025
# One false run weighs as much as so many missed runs.
FALSE_RUN = 5.0


def fitted_on(articles: Sequence[Article]) -> AuditWeights:
    """Fit all weights on these articles. Raises UsageError for fewer than two articles."""
    if len(articles) < 2:
        raise UsageError("", "weights are fitted on two articles or more", "name a folder with more of them")
    support = _support(articles)
    start = AuditWeights(support=support, pair=_NO_PAIR, verdict=_NO_BOUNDS, shift=SHIFT_START)
    pair = _pair(articles, start)
    begun = start.model_copy(update={"pair": pair, "verdict": _NO_BOUNDS.model_copy(update={"broad": BROAD})})
    bounded = begun.model_copy(update={"verdict": _bounds(articles, begun)})
    return bounded.model_copy(update={"shift": _shift(articles, bounded)})


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
    bias, weights = _logistic(np.concatenate(rows), np.array(cited), np.array(weight))
    # The sample has DRAWN random entries for each cited one; the odds against a single random entry are wanted.
    return SupportWeights(bias=round(bias + float(np.log(DRAWN)), 4), **_named(SUPPORT_SIGNS, weights))


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
    kinds = [name for name, seed in SEEDS.items() if seed in (replaced, swapped)]
    for article, _, faulty in seeded(articles, kinds, rounds=2):
        support = log_odds(Support(article.cited).signs(faulty.uses), weights.support)
        for signs in pair_signs(article.cited, faulty.uses, support):
            rows.append(signs.values[:-1])
            right.append((signs.statement, signs.entry) not in faulty.wrong)
    bias, pair_weights = _logistic(np.array(rows), np.array(right), None)
    return PairWeights(bias=round(bias, 4), in_order=IN_ORDER, **_named(PAIR_SIGNS[:-1], pair_weights))


def _bounds(articles: Sequence[Article], weights: AuditWeights) -> VerdictBounds:
    with auditing_with(weights):
        clean = [each.log_odds for article in articles for each in Judging(article.cited).pairs]
        wrong = [
            each.signs.support
            for article, _, faulty in seeded(articles, ["replaced"])
            for each in Judging(article.cited, faulty.uses).pairs
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


def _shift(articles: Sequence[Article], weights: AuditWeights) -> ShiftWeights:
    """Coordinate search from SHIFT_START, one pass; a value is taken if it gains GAIN."""
    kinds = [name for name, seed in SEEDS.items() if seed in (shifted_from, shifted_section)]
    with auditing_with(weights):
        clean = [Judging(article.cited) for article in articles if not article.is_shifted]
        faulty = [
            (fault, Judging(article.cited, fault.uses)) for article, _, fault in seeded(articles, kinds, rounds=2)
        ]
        best, quality = weights.shift, _shift_quality(clean, faulty, weights.shift)
        for name, values in SHIFT_GRID.items():
            for value in values:
                tried = best.model_copy(update={name: value})
                # No value can gain GAIN once the quality is this close to 1.
                if quality < 1 - GAIN and tried != best:
                    tried_quality = _shift_quality(clean, faulty, tried)
                    if tried_quality > quality + GAIN:
                        best, quality = tried, tried_quality
    return best.model_copy(update={"whole": _whole(articles, weights.model_copy(update={"shift": best}))})


def _shift_quality(clean: Sequence[Judging], faulty: Sequence[tuple[Faulty, Judging]], weights: ShiftWeights) -> float:
    """Share of the shifts found with their offset, minus FALSE_RUN times the share of clean articles with a run."""
    hits = [is_found(fault, judging.shifts_by(weights)) for fault, judging in faulty]
    false = [bool(judging.shifts_by(weights)) for judging in clean]
    return float(np.mean(hits)) - FALSE_RUN * float(np.mean(false))


def is_found(faulty: Faulty, runs: Sequence[tuple[str | None, Shift]]) -> bool:
    """Whether most of the statements in runs that touch the shift have its offset."""
    touching = [run for _, run in runs if any(each.statement in faulty.shifted for each in run.members)]
    offsets = Counter(each.offset for run in touching for each in run.members)
    return bool(offsets) and offsets.most_common(1)[0][0] == faulty.offset


def _named(names: Sequence[str], weights: Matrix) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def _logistic(rows: Matrix, right: NDArray[np.bool_], weight: Matrix | None) -> tuple[float, Matrix]:
    """Bias and weights of a logistic regression with a weak penalty."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise UsageError("", "fitting weights needs scikit-learn", "run `pip install scikit-learn`") from error
    model = LogisticRegression(max_iter=1000).fit(rows, right, sample_weight=weight)
    return float(model.intercept_[0]), np.asarray(model.coef_[0], dtype=np.float64)
