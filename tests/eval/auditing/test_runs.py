"""How sure an audit may be of runs, on invented articles."""

from functools import cache

import pytest

from eval.auditing.articles import Article
from eval.auditing.fit import ANY_RUN
from eval.auditing.runs import AS_PRINTED, SHIFTS, TAGGED, TOLD, Candidate, candidates, fitted_runs, run_scores
from evqa.audit.grounds import confidence
from evqa.audit.weights import shipped
from tests.evqa.citing import on_topics


@cache
def held() -> tuple[Candidate, ...]:
    """The candidates of a few articles."""
    articles = [Article(f"PMC{count}", "[n]", on_topics(count)) for count in range(18, 26)]
    return tuple(candidates(articles, shipped().model_copy(update={"run": ANY_RUN})))


def test_only_seeded_shifts_are_wrong() -> None:
    """Candidates of misread articles aren't held against their authors, those of seeded shifts are."""
    assert {each.kind.removesuffix(TAGGED) for each in held() if each.is_wrong} <= set(SHIFTS)
    assert any(each.is_wrong and each.run for each in held())
    assert any(not each.is_wrong and each.run and each.kind == "entry lost" for each in held())
    assert {each.run is None for each in held() if each.kind == AS_PRINTED} == {True}


def test_fitted_confidence_tells_them_apart() -> None:
    """By weights fitted on them wrong runs are surer at their mean than misread ones."""
    weights = fitted_runs(held())
    sure = {
        is_wrong: [confidence(each.run.grounds, weights) for each in held() if each.run and each.is_wrong == is_wrong]
        for is_wrong in (True, False)
    }
    assert sum(sure[True]) / len(sure[True]) > sum(sure[False]) / len(sure[False])


def test_scores_by_kind_and_bin() -> None:
    """A kind's shares are of its tries, and a bin holds the candidates of its confidences with the share of wrong."""
    run = next(each.run for each in held() if each.run)
    judged = [
        (Candidate("a", "shifted section", 0, is_wrong=True, run=run), 0.99),
        (Candidate("b", "shifted section", 0, is_wrong=True, run=run), 0.3),
        (Candidate("a", "entry lost", 0, is_wrong=False, run=run), 0.1),
        (Candidate("b", "entry lost", 0, is_wrong=False), 0.0),
    ]
    found = run_scores(judged)
    shifted, lost = found.kinds["shifted section"], found.kinds["entry lost"]
    assert (shifted.tries, shifted.shifted, shifted.told, shifted.right) == (2, 1.0, 0.5, 0.5)
    assert (lost.tries, lost.shifted, lost.told, lost.right) == (2, 0.5, 0.0, 0.0)
    assert [(each.low, each.count, each.wrong) for each in found.bins] == [(0.0, 1, 0.0), (0.2, 1, 1.0), (0.95, 1, 1.0)]
    assert found.bins[0].confidence == pytest.approx(0.1)
    assert 0.5 <= TOLD < 1.0
    assert any("entry lost" in line for line in found.lines())
