"""Choose the passages that answer, and make claims of their sentences."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from evqa.answering.ranking import Ranked, cites
from evqa.fitted import JudgingModel, RankingWeights, fitted
from evqa.language.words import squeeze
from evqa.model import Claim, Passage, Statement
from evqa.question.understanding import Understanding

# A list ends at the largest drop in score between these places, or earlier by its margin.
LIST_PLACES = (1, 6)
MOST = 20


def listed(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The passages of an answer that is a list: up to the largest drop in score, within the margin for lists."""
    first, last = LIST_PLACES
    if not ranked:
        return []
    scores = [each.score for each in ranked[: last + 1]]
    drops = [(scores[place - 1] - scores[place], -place) for place in range(first, len(scores))]
    # Where all are equally good, as with a judge that gives grades, none is cut off.
    cut = -max(drops)[1] if drops and max(drops)[0] > 0 else len(ranked)
    return _near(ranked[:cut], margins(ranked).list_margin)


def margins(ranked: Sequence[Ranked]) -> RankingWeights | JudgingModel:
    """Within which margins passages answer: those of a judge's relevances, where one has read them."""
    return fitted().ranking if ranked[0].relevance is None else fitted().judging


@dataclass(frozen=True)
class Cuts:
    """The steps that decide where an answer ends. An ablation may replace each.

    `few`: most passages of an answer that is no list. `listed`: cuts an answer that is a list. `cites`: whether a
    passage cites; where a source is asked for, only such passages answer, if there are any.
    """

    few: int = 3
    listed: Callable[[Sequence[Ranked]], list[Ranked]] = listed
    cites: Callable[[Passage], bool] = cites


CUTS = Cuts()


def choose(asked: Understanding, ranked: Sequence[Ranked], cuts: Cuts = CUTS) -> list[Ranked]:
    """The passages that make the answer, best first."""
    if not ranked:
        return []
    if asked.kind.by in ("number", "facts"):
        return _selected(asked, ranked)
    if asked.kind.by == "metadata":
        return list(ranked)
    if asked.kind.by == "printed" and asked.position:
        return list(ranked[:1])
    best = _longest([each for each in ranked if _is_alike(each.passage, ranked[0].passage)])
    chosen = cuts.listed(best) if asked.intent.several else _near(best, _margin(asked, best))[: cuts.few]
    citing = [each for each in chosen if cuts.cites(each.passage)]
    return citing if asked.intent.citation and citing else chosen


def _margin(asked: Understanding, best: Sequence[Ranked]) -> float:
    weights = margins(best)
    return weights.source_margin if asked.intent.citation else weights.margin


def _is_alike(passage: Passage, best: Passage) -> bool:
    """Whether both are entries of the bibliography, or neither is: an answer doesn't mix the two."""
    return (passage.kind == "reference") == (best.kind == "reference")


def _longest(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The first passages, as many as the longest answer may have, without what a second document repeats."""
    best = list(ranked[:MOST])
    is_of_one = len({each.passage.document.id for each in best}) == 1
    return best if is_of_one else list(islice(_once(ranked), MOST))


def _once(ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    """Passages without those that another document has word for word. A corpus may hold a work as PDF and as text."""
    said: dict[str, str] = {}
    for each in ranked:
        document = each.passage.document.id
        if said.setdefault(squeeze(each.passage.text), document) == document:
            yield each


def _near(ranked: Sequence[Ranked], margin: float) -> list[Ranked]:
    return [each for each in ranked[:MOST] if each.score >= ranked[0].score - margin]


def _selected(asked: Understanding, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The passages that facts or numbers select: all of them, or with a topic only those near the best."""
    same = [each for each in ranked if _is_alike(each.passage, ranked[0].passage)]
    if asked.kind.by == "facts" and asked.facts.count:
        # The last entry's number is the count.
        return same if asked.facts.narrows or asked.kind.has_topic else same[-1:]
    return _near(same, fitted().ranking.list_margin) if asked.kind.has_topic and len(same) > 1 else same[:MOST]


def claims_of(passage: Passage) -> list[Claim]:
    """The claims of a passage, one a sentence, each with the numbers printed in it and those carried to it."""
    return [_claim(passage, statement) for statement in passage.sentences or (_whole(passage),)]


def _whole(passage: Passage) -> Statement:
    return Statement(start=passage.start, end=passage.end, references=passage.references)


def _claim(passage: Passage, statement: Statement) -> Claim:
    text = passage.text[statement.start - passage.start : statement.end - passage.start]
    return Claim(
        text=text,
        passage=passage.id,
        start=statement.start,
        end=statement.end,
        references=statement.references,
        carried=statement.carried,
    )


def numbers_of(asked: Understanding, claims: Sequence[Claim]) -> list[int]:
    """The reference numbers of the claims, each once, in order of use; only those asked for, if numbers were."""
    used = [number for claim in claims for number in (*claim.references, *claim.carried)]
    if asked.numbers:
        used = [number for number in used if number in asked.numbers.numbers]
    return list(dict.fromkeys(used))
