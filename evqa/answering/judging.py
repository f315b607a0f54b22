"""Let a judge read the best passages of a ranking, and rank them by what it says."""

from dataclasses import replace

from evqa.answering.ranking import Ranked, Ranking
from evqa.answering.running import before
from evqa.corpus.corpus import Corpus
from evqa.corpus.judge import MOST_READ, Shown, Verdict
from evqa.question.understanding import Understanding

DECIMALS = 4


def judged(asked: Understanding, ranking: Ranking, corpus: Corpus) -> Ranking:
    """The ranking with its best passages in the order of their relevance; as it was where nobody judges.

    Where numbers, facts or places pick the passages, there is nothing to judge.
    """
    judge = corpus.judge
    if judge is None or not ranking.ranked or asked.kind.by != "content":
        return ranking
    read = [shown(each, corpus) for each in ranking.ranked[:MOST_READ]]
    return by_verdict(ranking, judge.verdict(asked.question, read))


def by_verdict(ranking: Ranking, verdict: Verdict) -> Ranking:
    """The ranking with what was read in order of relevance, before what was not; unchanged without relevances."""
    if not verdict.relevances:
        return replace(ranking, problem=verdict.problem)
    read, rest = ranking.ranked[: len(verdict.relevances)], ranking.ranked[len(verdict.relevances) :]
    relevances = [round(relevance, DECIMALS) for relevance in verdict.relevances]
    weighed = [
        each._replace(score=relevance, relevance=relevance) for each, relevance in zip(read, relevances, strict=True)
    ]
    first = sorted(weighed, key=lambda each: -each.score)
    # What wasn't read stays behind what was, in its order.
    least = first[-1].score
    behind = [each._replace(score=least * min(max(each.score, 0.0), 1.0)) for each in rest]
    return replace(ranking, ranked=(*first, *behind), verdict=verdict, before=ranking, problem=verdict.problem)


def shown(each: Ranked, corpus: Corpus) -> Shown:
    """The candidate as a judge reads it."""
    found = each.candidate
    return Shown(found.passage, before(found.passage, corpus), each.score, found.dense, found.lexical, found.late)
