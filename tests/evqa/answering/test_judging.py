"""A ranking in the order of a judge's verdict."""

from evqa.answering.judging import by_verdict
from evqa.answering.ranking import Ranked, Ranking
from evqa.corpus.corpus import Candidate
from evqa.corpus.judge import Verdict
from evqa.model import Home, JudgeName, Passage

JUDGE = JudgeName(name="test", version="1")
HOME = Home(id="d", title="Bread")


def passage(place: int) -> Passage:
    return Passage(
        id=f"p{place}", kind="prose", document=HOME, start=10 * place, end=10 * place + 9, text=f"text {place}"
    )


def ranking(*scores: float) -> Ranking:
    return Ranking(
        tuple(Ranked(Candidate(passage(place), 0.0, 0.0, score), score) for place, score in enumerate(scores))
    )


def test_what_was_read_comes_first() -> None:
    """In the order of relevance; what wasn't read follows in its own order, scored below; the old one is kept."""
    old = ranking(0.9, 0.8, 1.3, 0.6, -0.2)
    new = by_verdict(old, Verdict((0.1, 0.7), JUDGE))
    assert [each.passage.id for each in new.ranked] == ["p1", "p0", "p2", "p3", "p4"]
    scores = [each.score for each in new.ranked]
    assert scores == sorted(scores, reverse=True)
    assert str(scores[-1]) == "0.0"
    assert [each.relevance for each in new.ranked] == [0.7, 0.1, None, None, None]
    assert new.before == old


def test_a_judge_may_leave_it_to_the_ranking() -> None:
    """Without relevances nothing changes but the problem that is told."""
    old = ranking(0.9, 0.8)
    new = by_verdict(old, Verdict((), JUDGE, "nobody was there"))
    assert (new.ranked, new.verdict, new.problem) == (old.ranked, None, "nobody was there")
