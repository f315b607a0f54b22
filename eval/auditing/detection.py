"""Measure how many seeded faults an audit finds, by kind of fault."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.auditing.articles import Article
from eval.auditing.faults import SEEDS, Faulty, shifted_table
from eval.auditing.fit import is_found, seeded
from eval.auditing.list_faults import LIST_FAULTS, is_named
from eval.auditing.runs import RunScores
from eval.measures.measurement import BOUNDS, SEED
from eval.measures.measures import auroc
from evqa.audit.judging import Judging
from evqa.audit.weights import AuditWeights, auditing_with
from evqa.model import Record

Scores = NDArray[np.float64]
# Tables are few, so faults are put into them more often. Each round draws a table and a fault at random.
ROUNDS, TABLE_ROUNDS = 2, 8
FALSE_FLAGS = (0.01, 0.05)
# Intervals resample whole articles, as the pairs of one article depend on each other.
RESAMPLES = 500


class FaultScores(NamedTuple):
    """The log-odds of the right and of the wrong pairs of an article with faults, and whether its shift was found."""

    right: Scores
    wrong: Scores
    found: bool


class AuditedArticle(NamedTuple):
    """What an audit says about an article, as printed and with seeded faults.

    `clean` are the log-odds of its pairs as printed, `flagged` says which of them are called suspect, and `has_run`
    whether a shifted run is reported. `faults` are by kind. `lists` says which faults of the list are named. `bound` is
    the log-odds below which a pair is suspect. `is_shifted` says whether it was published with shifted numbers.
    """

    name: str
    clean: Scores
    flagged: NDArray[np.bool_]
    has_run: bool
    faults: dict[str, list[FaultScores]]
    lists: dict[str, bool]
    bound: float
    is_shifted: bool = False


class ArticleEstimate(Record):
    """A value with its 95 % interval, from resampling articles."""

    value: float
    low: float
    high: float


class ByKind(Record):
    """How well one kind of fault is found; recall and precision at 1 % and 5 % false flags of clean pairs.

    `flagged` is the share of the wrong pairs that are called suspect, `runs` the share of the shifts found with the
    right offset.
    """

    articles: int
    pairs: int
    AUROC: ArticleEstimate
    recall_at_1: ArticleEstimate
    recall_at_5: ArticleEstimate
    precision_at_1: float
    precision_at_5: float
    flagged: float
    runs: float | None = None


class Detection(Record):
    """How well an audit finds faults, over all articles.

    `false_flags` is the share of clean pairs called suspect, `false_runs` the share of clean articles with a reported
    run. `printed_runs` counts the articles published with a shift in which a run is reported. `lists` is the share of
    articles in which a fault of the list is named, by kind.
    """

    articles: int
    pairs: int
    false_flags: float
    false_runs: float
    printed_runs: int = 0
    kinds: dict[str, ByKind]
    lists: dict[str, float]
    runs: RunScores | None = None

    def lines(self) -> list[str]:
        """The table for a terminal."""
        head = f"{'seeded fault':<22}{'articles':>9}{'pairs':>7}{'AUROC':>22}{'recall at 5 %':>24}{'at 1 %':>8}"
        rows = [
            f"{self.articles} articles, {self.pairs} pairs; as printed, {_share(self.false_flags)} of the pairs are"
            f" called suspect, {_share(self.false_runs)} of the articles have a false run,"
            f" {self.printed_runs} a true run",
            "",
            f"{head}{'precision 5 / 1 %':>20}{'suspect':>9}{'runs':>7}",
        ]
        for name, kind in self.kinds.items():
            runs = "–" if kind.runs is None else f"{kind.runs:.3f}"
            rows.append(
                f"{name:<22}{kind.articles:>9}{kind.pairs:>7}{_cell(kind.AUROC):>22}{_cell(kind.recall_at_5):>24}"
                f"{kind.recall_at_1.value:>8.3f}{kind.precision_at_5:>13.3f} / {kind.precision_at_1:.2f}"
                f"{kind.flagged:>9.3f}{runs:>7}"
            )
        lists = [f"{name:<22}named in {_share(share)}" for name, share in self.lists.items()]
        return [*rows, "", *lists, *(["", *self.runs.lines()] if self.runs else [])]


def audited_articles(articles: Sequence[Article], weights: AuditWeights) -> list[AuditedArticle]:
    """Audit the articles with these weights, as printed and with faults."""
    with auditing_with(weights):
        return [_audited(article, weights.verdict.suspect, number) for number, article in enumerate(articles)]


def _faults(article: Article) -> Iterator[tuple[str, Faulty]]:
    for kind, seed in SEEDS.items():
        for _, _, faulty in seeded([article], [kind], TABLE_ROUNDS if seed is shifted_table else ROUNDS):
            yield kind, faulty


def _audited(article: Article, bound: float, number: int) -> AuditedArticle:
    judging = Judging(article.cited)
    pairs = judging.pairs
    faults: dict[str, list[FaultScores]] = {}
    for kind, faulty in _faults(article):
        with_faults = judging.printing(faulty.uses)
        log_odds = np.array([pair.log_odds for pair in with_faults.pairs])
        is_wrong = np.array(
            [(pair.signs.statement, pair.signs.entry) in faulty.wrong for pair in with_faults.pairs], dtype=np.bool_
        )
        is_shift_found = bool(faulty.offset) and is_found(faulty, with_faults.shifts)
        faults.setdefault(kind, []).append(FaultScores(log_odds[~is_wrong], log_odds[is_wrong], is_shift_found))
    return AuditedArticle(
        article.name,
        np.array([pair.log_odds for pair in pairs]),
        np.array([judging.verdict(pair) == "suspect" for pair in pairs], dtype=np.bool_),
        bool(judging.shifts),
        faults,
        {kind: is_named(article.cited, kind, np.random.default_rng([SEED, number])) for kind in LIST_FAULTS},
        bound,
        article.is_shifted,
    )


def detection(audited: Sequence[AuditedArticle]) -> Detection:
    """Measure the audits of articles."""
    clean = np.concatenate([article.clean - article.bound for article in audited])
    kinds = [kind for kind in SEEDS if any(kind in article.faults for article in audited)]
    return Detection(
        articles=len(audited),
        pairs=len(clean),
        false_flags=float(np.concatenate([article.flagged for article in audited]).mean()),
        false_runs=float(np.mean([article.has_run for article in audited if not article.is_shifted] or [False])),
        printed_runs=sum(article.has_run for article in audited if article.is_shifted),
        kinds={kind: _by_kind(audited, kind, clean) for kind in kinds},
        lists={kind: float(np.mean([article.lists[kind] for article in audited])) for kind in LIST_FAULTS},
    )


def _by_kind(audited: Sequence[AuditedArticle], kind: str, clean: Scores) -> ByKind:
    """Log-odds are taken relative to the bound of suspicion, since articles may be judged with different weights."""
    at_1, at_5 = (float(np.quantile(clean, share)) for share in FALSE_FLAGS)
    faulty = [article for article in audited if article.faults.get(kind)]
    right = [np.concatenate([fault.right - article.bound for fault in article.faults[kind]]) for article in faulty]
    wrong = [np.concatenate([fault.wrong - article.bound for fault in article.faults[kind]]) for article in faulty]
    shifts = [fault.found for article in faulty for fault in article.faults[kind]] if kind.startswith("shifted") else []
    all_wrong = np.concatenate(wrong)
    return ByKind(
        articles=len(faulty),
        pairs=len(all_wrong),
        AUROC=_estimate(lambda at: float(auroc(_joined(right, at), _joined(wrong, at))), len(faulty)),
        recall_at_1=_estimate(lambda at: float((_joined(wrong, at) < at_1).mean()), len(faulty)),
        recall_at_5=_estimate(lambda at: float((_joined(wrong, at) < at_5).mean()), len(faulty)),
        precision_at_1=_precision(right, wrong, at_1),
        precision_at_5=_precision(right, wrong, at_5),
        flagged=float((all_wrong < 0).mean()),
        runs=float(np.mean(shifts)) if shifts else None,
    )


def _joined(groups: Sequence[Scores], places: Iterable[int]) -> Scores:
    return np.concatenate([groups[place] for place in places])


def _precision(right: Sequence[Scores], wrong: Sequence[Scores], bound: float) -> float:
    false, true = (int(sum((scores < bound).sum() for scores in groups)) for groups in (right, wrong))
    return true / (true + false) if true + false else 1.0


def _estimate(measure: Callable[[Sequence[int]], float], count: int) -> ArticleEstimate:
    """The measure of all articles, with a percentile interval from resampling them. `measure` takes their places."""
    generator = np.random.default_rng(SEED)
    values = [float(measure(generator.integers(0, count, count).tolist())) for _ in range(RESAMPLES)]
    low, high = np.percentile(values, BOUNDS)
    return ArticleEstimate(
        value=round(float(measure(range(count))), 4), low=round(float(low), 4), high=round(float(high), 4)
    )


def _cell(value: ArticleEstimate) -> str:
    return f"{value.value:.3f} ({value.low:.3f} – {value.high:.3f})"


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"
