"""Weights of an audit, fitted on invented articles with seeded faults."""

from functools import cache

import numpy as np
import pytest

from eval.auditing.articles import Article
from eval.auditing.faults import SEEDS, Faulty
from eval.auditing.fit import IN_ORDER, SHIFT, _whole, fitted_on, is_found, seeded
from evqa.audit.judging import Judging
from evqa.audit.shifts import Member, Shift
from evqa.audit.support import Cited
from evqa.audit.weights import AuditWeights, auditing_with
from evqa.errors import UsageError
from tests.evqa.citing import TOPICS, cited, entry, on_topics, statement, title

COUNT = 24


def mingled(every: int) -> Cited:
    """A review whose statements also name the topic of another one, so that words alone don't decide."""
    said = [
        f"{statement(topic)[:-1]} and {TOPICS[(place * every + 3) % COUNT][0]} [{place + 1}]."
        for place, topic in enumerate(TOPICS[:COUNT])
    ]
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    return cited("\n\n".join(["## Findings", *said]), listed)


ARTICLES = (Article("PMC1", "[n]", mingled(5)), Article("PMC2", "[n]", mingled(7)))


@cache
def weights() -> AuditWeights:
    """Fitted once."""
    return fitted_on(ARTICLES)


@pytest.mark.slow
def test_signs_are_weighed_by_what_they_tell() -> None:
    """Words that a statement shares with its entry count for it, entries that fit better against the printed one."""
    found = weights()
    assert found.support.words + found.support.context + found.support.terms > 0
    assert found.pair.support > 0 > found.pair.rivals
    assert found.pair.in_order == IN_ORDER
    assert found.shift == SHIFT.model_copy(update={"whole": found.shift.whole})


@pytest.mark.slow
def test_a_whole_gains_more_than_right_numbers_do() -> None:
    """What a table must gain as a whole is more than any few statements one after the other gain that are right."""
    with auditing_with(weights()):
        for article in ARTICLES:
            judging = Judging(article.cited)
            for first in range(COUNT - 4):
                run = judging.whole(range(first, first + 4), weights().shift)
                assert run is not None
                assert run.gain <= weights().shift.whole


def test_a_run_in_print_isnt_fitted_away() -> None:
    """An article known to be shifted as published doesn't count as one without a run, so it changes no bound."""
    known = Article("PMC5854649", "[n]", mingled(5))
    assert known.is_shifted
    assert not ARTICLES[0].is_shifted
    assert _whole([ARTICLES[1], known], weights()) == _whole([ARTICLES[1]], weights())


def test_fitted_weights_tell_faults() -> None:
    """By fitted weights a replaced number has lower log-odds than the article's others have at their median."""
    with auditing_with(weights()):
        for article, _, faulty in seeded(ARTICLES, ["replaced"]):
            pairs = Judging(article.cited, faulty.uses).pairs
            middle = float(np.median([each.log_odds for each in pairs]))
            wrong = [each.log_odds for each in pairs if (each.signs.statement, each.signs.entry) in faulty.wrong]
            assert wrong
            assert max(wrong) < middle


def test_the_bound_of_suspicion_flags_few() -> None:
    """The bound lies below nearly all pairs of the articles as printed."""
    with auditing_with(weights()):
        clean = [each.log_odds for article in ARTICLES for each in Judging(article.cited).pairs]
    assert np.mean(np.array(clean) < weights().verdict.suspect) <= 0.05


@pytest.mark.slow
def test_the_same_fit_twice() -> None:
    """Fitting again gives the same weights."""
    assert fitted_on(ARTICLES) == weights()


def test_one_article_is_too_few() -> None:
    """Weights aren't fitted on one article: a line says what to do."""
    with pytest.raises(UsageError, match="two articles or more"):
        fitted_on(ARTICLES[:1])


def test_faults_depend_on_name_and_turn() -> None:
    """Every article has each kind that it can bear as often as asked; the order of articles changes none of them."""
    kinds = list(SEEDS)
    one = [(article.name, kind, faulty) for article, kind, faulty in seeded(ARTICLES, kinds, rounds=2)]
    other = [(article.name, kind, faulty) for article, kind, faulty in seeded(ARTICLES[::-1], kinds, rounds=2)]
    assert sorted(one, key=str) == sorted(other, key=str)
    assert [(name, kind) for name, kind, _ in one if name == "PMC1"] == [
        ("PMC1", kind) for kind in kinds if kind != "shifted table" for _ in range(2)
    ]
    replaced = [faulty.wrong for _, kind, faulty in one if kind == "replaced"]
    assert len(set(replaced)) == len(replaced)


def run(statements: range, offset: int) -> tuple[str | None, Shift]:
    """A run of the running text."""
    return None, Shift(tuple(Member(each, offset, 1.0) for each in statements), 9.0)


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        ([run(range(2, 12), 4)], True),
        ([run(range(8, 20), 4)], True),
        ([run(range(2, 12), 3)], False),
        ([run(range(15, 20), 4)], False),
        ([run(range(2, 6), 3), run(range(6, 12), 4)], True),
        ([run(range(2, 8), 3), run(range(8, 12), 4)], False),
        ([], False),
    ],
    ids=["as seeded", "overlapping", "another offset", "elsewhere", "mostly", "less than half", "none"],
)
def test_when_a_shift_is_found(runs: list[tuple[str | None, Shift]], found: bool) -> None:
    """A shift counts as found if most statements of the runs that touch it have its offset."""
    assert is_found(Faulty((), frozenset(), 4, frozenset(range(2, 12))), runs) is found


def test_articles_as_printed_show_no_run() -> None:
    """By the fitted weights neither article shows a run where nothing is shifted."""
    with auditing_with(weights()):
        assert [Judging(each.cited).shifts for each in (*ARTICLES, Article("PMC3", "[n]", on_topics(COUNT)))] == [
            []
        ] * 3
