"""Confidence from a judge's relevances."""

from dataclasses import replace

import pytest

from evqa.answering.judging import by_verdict
from evqa.answering.ranking import Ranked, Ranking
from evqa.corpus.corpus import Candidate
from evqa.corpus.judge import Verdict
from evqa.refusal.relevance import SURE, judged_confidence, log_odds, relevance_features
from tests.evqa.answering.test_judging import JUDGE, passage


def judged(*relevances: float, is_calibrated: bool = False) -> Ranking:
    ranked = tuple(Ranked(Candidate(passage(place), 0.0, 0.0, 0.5), 0.5) for place in range(len(relevances)))
    return by_verdict(Ranking(ranked), Verdict(relevances, JUDGE, is_calibrated=is_calibrated))


def test_confidence_rises_with_relevance_and_with_wording() -> None:
    """More of either gives more confidence, and several passages that may answer more than one."""
    assert judged_confidence(judged(0.1, 0.05), 0.5) < judged_confidence(judged(0.8, 0.05), 0.5)
    assert judged_confidence(judged(0.6, 0.05), 0.5) < judged_confidence(judged(0.6, 0.6), 0.5)
    assert judged_confidence(judged(0.6, 0.05), 0.1) < judged_confidence(judged(0.6, 0.05), 0.9)


def test_no_signal_refuses_alone() -> None:
    """Neither the judge nor the wording brings a certain answer of the other below half."""
    assert judged_confidence(judged(0.99), 0.05) > 0.5


def test_probabilities_are_taken_at_their_word() -> None:
    """A judge that needs no fitting gives the confidence itself."""
    assert judged_confidence(judged(0.2, 0.95, is_calibrated=True), 0.0) == 0.95


def test_nothing_judged_is_no_confidence() -> None:
    """Without passages or without a verdict there is none."""
    assert judged_confidence(Ranking(), 0.9) == 0.0
    assert judged_confidence(replace(judged(0.9), verdict=None), 0.9) == 0.0


@pytest.mark.parametrize("relevance", [0.0, 1.0])
def test_certainty_is_bounded(relevance: float) -> None:
    """No probability has endless odds."""
    assert abs(log_odds(relevance)) == SURE
    assert all(abs(value) <= SURE for value in relevance_features(judged(*[relevance] * 20).ranked, relevance))
