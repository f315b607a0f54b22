"""What an audit finds of seeded faults, by kind of fault."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.auditing.articles import Article
from eval.auditing.faults import SEEDS, Faulty, shifted_table
from eval.auditing.fit import is_found, seeded
from eval.auditing.list_faults import LIST_FAULTS, is_named
from eval.measures.bootstrap import BOUNDS, SEED
from eval.measures.measures import auroc
from evqa.audit.judging import Judging
from evqa.audit.weights import AuditWeights, auditing_with
from evqa.model import Record

Scores = NDArray[np.float64]
# Tables are few, so each article's are seeded more often; which one, and by what, is drawn anew.
ROUNDS, TABLE_ROUNDS = 2, 8
FALSE_FLAGS = (0.01, 0.05)
# Articles are drawn anew so many times for an interval: a pair of one article says much of its next.
RESAMPLES = 500


class Faults(NamedTuple):
    """Log-odds of the right and of the wrong pairs of an article with faults, and whether a run was found in it."""

    right: Scores
    wrong: Scores
    found: bool


class Seen(NamedTuple):
    """An article: log-odds of its pairs as printed, which are flagged, whether a run is seen, or is there; its faults.

    `bound`: the log-odds below which the weights that judged it call a pair suspect.
    """

    name: str
    clean: Scores
    flagged: NDArray[np.bool_]
    has_run: bool
    faults: dict[str, list[Faults]]
    lists: dict[str, bool]
    bound: float
    is_shifted: bool = False


class Measured(Record):
    """A value with its 95 % interval over articles."""

    value: float
    low: float
    high: float


class ByKind(Record):
    """What is found of one kind of fault. `recall` and `precision` at 1 % and 5 % false flags of clean pairs.

    `flagged`: share of the wrong pairs that are called suspect; `runs`: share of the shifts found with their offset.
    """

    articles: int
    pairs: int
    AUROC: Measured
    recall_at_1: Measured
    recall_at_5: Measured
    precision_at_1: float
    precision_at_5: float
    flagged: float
    runs: float | None = None


class Detection(Record):
    """All of it. `false_flags`: share of the clean pairs called suspect; `false_runs`: of clean articles with a run.

    `printed_runs`: of articles shifted as they were published, how many show a run. `lists`: share of articles in which
    a fault of the list itself is named.
    """

    articles: int
    pairs: int
    false_flags: float
    false_runs: float
    printed_runs: int = 0
    kinds: dict[str, ByKind]
    lists: dict[str, float]

    def lines(self) -> list[str]:
        """As a table."""
        head = f"{'seeded fault':<22}{'articles':>9}{'pairs':>7}{'AUROC':>22}{'recall at 5 %':>24}{'at 1 %':>8}"
        found = [
            f"{self.articles} articles, {self.pairs} pairs; as printed {_share(self.false_flags)} of the pairs are"
            f" called suspect, {_share(self.false_runs)} of the articles show a run that isn't there,"
            f" {self.printed_runs} one that is",
            "",
            f"{head}{'precision 5 / 1 %':>20}{'suspect':>9}{'runs':>7}",
        ]
        for name, each in self.kinds.items():
            runs = "–" if each.runs is None else f"{each.runs:.3f}"
            found.append(
                f"{name:<22}{each.articles:>9}{each.pairs:>7}{_told(each.AUROC):>22}{_told(each.recall_at_5):>24}"
                f"{each.recall_at_1.value:>8.3f}{each.precision_at_5:>13.3f} / {each.precision_at_1:.2f}"
                f"{each.flagged:>9.3f}{runs:>7}"
            )
        return [*found, "", *(f"{name:<22}named in {_share(share)}" for name, share in self.lists.items())]


def seen(articles: Sequence[Article], weights: AuditWeights) -> list[Seen]:
    """What audits with these weights see of the articles, as printed and with faults."""
    with auditing_with(weights):
        return [_seen(each, weights.verdict.suspect, number) for number, each in enumerate(articles)]


def _faults(article: Article) -> Iterator[tuple[str, Faulty]]:
    for kind, seed in SEEDS.items():
        for _, _, faulty in seeded([article], [kind], TABLE_ROUNDS if seed is shifted_table else ROUNDS):
            yield kind, faulty


def _seen(article: Article, bound: float, number: int) -> Seen:
    judging = Judging(article.cited)
    pairs = judging.pairs
    faults: dict[str, list[Faults]] = {}
    for kind, faulty in _faults(article):
        judged = Judging(article.cited, faulty.uses)
        wrong = [(each.signs.statement, each.signs.entry) in faulty.wrong for each in judged.pairs]
        scores, is_wrong = np.array([each.log_odds for each in judged.pairs]), np.array(wrong, dtype=np.bool_)
        found = Faults(scores[~is_wrong], scores[is_wrong], bool(faulty.offset) and is_found(faulty, judged.shifts))
        faults.setdefault(kind, []).append(found)
    return Seen(
        article.name,
        np.array([each.log_odds for each in pairs]),
        np.array([judging.verdict(each) == "suspect" for each in pairs], dtype=np.bool_),
        bool(judging.shifts),
        faults,
        {kind: is_named(article.cited, kind, np.random.default_rng([SEED, number])) for kind in LIST_FAULTS},
        bound,
        article.is_shifted,
    )


def detection(found: Sequence[Seen]) -> Detection:
    """Measures of what was seen."""
    clean = np.concatenate([each.clean - each.bound for each in found])
    return Detection(
        articles=len(found),
        pairs=len(clean),
        false_flags=float(np.concatenate([each.flagged for each in found]).mean()),
        false_runs=float(np.mean([each.has_run for each in found if not each.is_shifted] or [False])),
        printed_runs=sum(each.has_run for each in found if each.is_shifted),
        kinds={kind: _by_kind(found, kind, clean) for kind in SEEDS if any(kind in each.faults for each in found)},
        lists={kind: float(np.mean([each.lists[kind] for each in found])) for kind in LIST_FAULTS},
    )


def _by_kind(found: Sequence[Seen], kind: str, clean: Scores) -> ByKind:
    """Scores are told from the bound of suspicion, as articles may be judged by different weights."""
    least, more = (float(np.quantile(clean, share)) for share in FALSE_FLAGS)
    held = [each for each in found if each.faults.get(kind)]
    right = [np.concatenate([one.right - each.bound for one in each.faults[kind]]) for each in held]
    wrong = [np.concatenate([one.wrong - each.bound for one in each.faults[kind]]) for each in held]
    runs = [one.found for each in held for one in each.faults[kind]] if kind.startswith("shifted") else []
    every = np.concatenate(wrong)
    return ByKind(
        articles=len(held),
        pairs=len(every),
        AUROC=_measured(lambda at: float(auroc(_of(right, at), _of(wrong, at))), len(held)),
        recall_at_1=_measured(lambda at: float((_of(wrong, at) < least).mean()), len(held)),
        recall_at_5=_measured(lambda at: float((_of(wrong, at) < more).mean()), len(held)),
        precision_at_1=_precision(right, wrong, least),
        precision_at_5=_precision(right, wrong, more),
        flagged=float((every < 0).mean()),
        runs=float(np.mean(runs)) if runs else None,
    )


def _of(groups: Sequence[Scores], at: Iterable[int]) -> Scores:
    return np.concatenate([groups[place] for place in at])


def _precision(right: Sequence[Scores], wrong: Sequence[Scores], bound: float) -> float:
    false, true = (int(sum((each < bound).sum() for each in groups)) for groups in (right, wrong))
    return true / (true + false) if true + false else 1.0


def _measured(measure: Callable[[Sequence[int]], float], count: int) -> Measured:
    """With a percentile interval over articles drawn anew."""
    draws = np.random.default_rng(SEED)
    values = [float(measure(draws.integers(0, count, count).tolist())) for _ in range(RESAMPLES)]
    low, high = np.percentile(values, BOUNDS)
    return Measured(value=round(float(measure(range(count))), 4), low=round(float(low), 4), high=round(float(high), 4))


def _told(value: Measured) -> str:
    return f"{value.value:.3f} ({value.low:.3f} – {value.high:.3f})"


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"
