"""Which of the ranked passages answer, and what each of them claims."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from evqa.answering.ranking import Ranked, cites
from evqa.fitted import fitted
from evqa.language.framing import has_topic
from evqa.language.words import squeeze
from evqa.model import Claim, Passage, Statement
from evqa.question.understanding import Understanding

# Passages within a margin of the best answer, too, up to so many.
FEW = 3
# Of a list, the largest drop in score between these places ends the answer, or its margin.
LIST_PLACES = (1, 6)
MOST = 20


def choose(asked: Understanding, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The passages that make the answer, best first."""
    if not ranked:
        return []
    if asked.numbers or (asked.facts.selects and not asked.part):
        return _selected(asked, ranked)
    if asked.position and not has_topic(asked.content):
        return list(ranked[:1])
    best = _longest([each for each in ranked if _is_alike(each.passage, ranked[0].passage)])
    chosen = _listed(best) if asked.wants.several else _near(best, _margin(asked))[:FEW]
    citing = [each for each in chosen if cites(each.passage)]
    return citing if asked.wants.citation and citing else chosen


def _margin(asked: Understanding) -> float:
    weights = fitted().ranking
    return weights.source_margin if asked.wants.citation else weights.margin


def _is_alike(passage: Passage, best: Passage) -> bool:
    """Entries go with entries, text with text."""
    return (passage.kind == "reference") == (best.kind == "reference")


def _longest(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The first that could make an answer; no answer is longer, and to compare all takes as long as to rank them."""
    best = list(ranked[:MOST])
    is_of_one = len({each.passage.document.id for each in best}) == 1
    return best if is_of_one else list(islice(_once(ranked), MOST))


def _once(ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    """Without what another document says word for word: one work may be held as a PDF and as text."""
    said: dict[str, str] = {}
    for each in ranked:
        document = each.passage.document.id
        if said.setdefault(squeeze(each.passage.text), document) == document:
            yield each


def _near(ranked: Sequence[Ranked], margin: float) -> list[Ranked]:
    return [each for each in ranked[:MOST] if each.score >= ranked[0].score - margin]


def _listed(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Cut at the largest drop, and never far below the best."""
    first, last = LIST_PLACES
    scores = [each.score for each in ranked[: last + 1]]
    drops = [(scores[place - 1] - scores[place], -place) for place in range(first, len(scores))]
    cut = -max(drops)[1] if drops else len(scores)
    return _near(ranked[:cut], fitted().ranking.list_margin)


def _selected(asked: Understanding, ranked: Sequence[Ranked]) -> list[Ranked]:
    """All that the facts or numbers select; with a topic only those near the best; entries or uses, not both."""
    same = [each for each in ranked if _is_alike(each.passage, ranked[0].passage)]
    if asked.facts.count and not asked.numbers:
        # How many there are is seen from the number of the last one.
        return same if asked.facts.narrows or has_topic(asked.content) else same[-1:]
    return _near(same, fitted().ranking.list_margin) if has_topic(asked.content) and len(same) > 1 else same[:MOST]


def claims_of(passage: Passage) -> list[Claim]:
    """What the passage says, sentence by sentence, with the numbers printed there and those carried."""
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
    """Reference numbers that the answer rests on, in order of use; of a question by number only those asked for."""
    used = [number for claim in claims for number in (*claim.references, *claim.carried)]
    if asked.numbers:
        used = [number for number in used if number in asked.numbers.numbers]
    return list(dict.fromkeys(used))
