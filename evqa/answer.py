"""Answer a question from a corpus with verbatim claims, or say that it doesn't answer it."""

from collections.abc import Sequence
from dataclasses import dataclass

from evqa.choosing import choose, claims_of, numbers_of
from evqa.confidence import probability, threshold
from evqa.errors import UsageError
from evqa.features import features, is_understood
from evqa.framing import has_topic
from evqa.model import Answer, Claim, RankedPassage, Reference
from evqa.ranking import Ranked, Ranking, rank
from evqa.retriever import Retriever
from evqa.understanding import Understanding, understand
from evqa.words import words

LONGEST = 2_000


def ask(question: str, retriever: Retriever, k: int = 5) -> Answer:
    """Answer with claims, references and the k best passages, or as many as the claims stand in.

    Raises UsageError when the question is empty or longer than 2,000 characters.
    """
    found = _find(question, retriever)
    chosen = choose(found.asked, found.ranking.ranked) if found.confidence >= threshold() else []
    claims = [claim for each in chosen for claim in claims_of(each.passage)]
    references = _entries(found, claims, chosen, retriever)
    return Answer(
        question=question,
        status="answered" if claims else "insufficient_evidence",
        confidence=found.confidence,
        answer=" ".join(_quoted(claim) for claim in claims),
        note=_counted(found.asked, claims, retriever) if claims else None,
        claims=tuple(claims),
        references=references,
        passages=_passages(_chosen_first(chosen, found.ranking.ranked), max(k, len(chosen))),
        warnings=found.asked.problems,
        corpus=retriever.state,
    )


def search(question: str, retriever: Retriever, k: int = 10) -> tuple[RankedPassage, ...]:
    """The k best passages. Raises UsageError as `ask` does."""
    return _passages(_find(question, retriever).ranking.ranked, k)


@dataclass(frozen=True)
class _Found:
    """A question as understood, its passages, and whether they answer it."""

    asked: Understanding
    ranking: Ranking
    confidence: float


def _find(question: str, retriever: Retriever) -> _Found:
    _check(question)
    asked = understand(question, retriever)
    ranking = rank(asked, retriever) if words(question) else Ranking()
    return _Found(asked, ranking, _confidence(asked, ranking, retriever))


def _check(question: str) -> None:
    if not question.strip():
        raise UsageError("the question is empty: ask something, e.g. “What does reference 3 support?”")
    if len(question) > LONGEST:
        raise UsageError(f"the question has {len(question):,} characters: ask in at most {LONGEST:,}")


def _confidence(asked: Understanding, ranking: Ranking, retriever: Retriever) -> float:
    """Nothing found, a part named that isn't there, or no word understood: no confidence at all."""
    selected = asked.numbers or asked.facts.selects or asked.part
    if not ranking.ranked or asked.problems or not (selected or is_understood(ranking.terms, retriever)):
        return 0.0
    return probability(features(asked, ranking, retriever))


def _counted(asked: Understanding, claims: Sequence[Claim], retriever: Retriever) -> str | None:
    """How many entries there are, where that is asked."""
    if not (asked.facts.count and asked.facts.selects) or asked.part:
        return None
    every = len(retriever.references())
    if asked.facts.narrows or has_topic(asked.content):
        return f"{len(claims)} of {every} entries of the bibliography match"
    return f"the bibliography has {every} entries"


def _quoted(claim: Claim) -> str:
    """The sentence as printed, its numbers behind it, carried ones marked as such."""
    numbers = [str(number) for number in claim.references]
    numbers += [f"{number} carried" for number in claim.carried if number not in claim.references]
    return f"{claim.text} [{', '.join(numbers)}]" if numbers else claim.text


def _entries(
    found: _Found, claims: Sequence[Claim], chosen: Sequence[Ranked], retriever: Retriever
) -> tuple[Reference, ...]:
    """The entries that the answer rests on, in order of use, from the documents that were quoted."""
    documents = dict.fromkeys(each.passage.document.id for each in chosen)
    known = {(entry.document, entry.number): entry for entry in retriever.references() if entry.document in documents}
    wanted = numbers_of(found.asked, claims)
    return tuple(known[key] for document in documents for number in wanted if (key := (document, number)) in known)


def _chosen_first(chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> list[Ranked]:
    """What the answer quotes leads the passages."""
    ids = {each.passage.id for each in chosen}
    return [*chosen, *(each for each in ranked if each.passage.id not in ids)]


def _passages(ranked: Sequence[Ranked], k: int) -> tuple[RankedPassage, ...]:
    return tuple(_ranked(place, each) for place, each in enumerate(ranked[:k], 1))


def _ranked(place: int, each: Ranked) -> RankedPassage:
    scores = {"dense": each.candidate.dense, "lexical": each.candidate.lexical, "late": each.candidate.late}
    return RankedPassage(
        **dict(each.passage),
        rank=place,
        score=round(each.score, 4),
        scores={name: round(value, 4) for name, value in scores.items()},
    )
